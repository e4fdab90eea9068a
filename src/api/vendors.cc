#include "api/json.h"

#include <charconv>

namespace provost::api {

namespace {

json::object summary_json(const VendorSpec& vendor) {
    return {{"id", vendor.id},
            {"name", vendor.name},
            {"status", vendor.status},
            {"models", vendor.models.size()},
            {"secret_mode", to_text(vendor.secrets.preferred)},
            {"summary", vendor.summary}};
}

json::object anchor_json(const TrustAnchor& anchor) {
    return {{"id", anchor.id},
            {"subject", anchor.subject},
            {"profile", anchor.profile},
            {"sha256", anchor.sha256 ? to_hex(*anchor.sha256) : "unknown: confirm by fingerprint"},
            {"published_at", anchor.published_at}};
}

json::object file_json(const FileRule& file) {
    static constexpr std::string_view kinds[] = {"unknown", "device", "common", "absent", "upload"};
    return {{"id", file.id},
            {"kind", kinds[static_cast<std::size_t>(file.kind)]},
            {"path", file.path.text},
            {"secrets", file.carries_secrets},
            {"stage", file.secret_stage}};
}

std::string_view word(Known known) {
    static constexpr std::string_view words[] = {"yes", "no", "unknown"};
    return words[static_cast<std::size_t>(known)];
}

json::object access_json(const AccessSpec& access) {
    static constexpr std::string_view models[] = {"all", "some", "none", "unknown"};
    return {{"certificate", models[static_cast<std::size_t>(access.certificate)]},
            {"basic", word(access.basic)},
            {"digest", word(access.digest)},
            {"url_credentials", word(access.url_credentials)},
            {"token_url", word(access.token_url)},
            {"token_header", access.token_header},
            {"note", access.provenance.note}};
}

json::object scorecard_json(const std::vector<ScorecardEntry>& scorecard) {
    static constexpr std::string_view words[] = {"yes", "partly", "no", "unknown"};
    json::object answers;
    for (const auto& entry : scorecard)
        answers[entry.requirement] = words[static_cast<std::size_t>(entry.answer)];
    return answers;
}

json::object setup_json(const SetupSpec& setup) {
    return {{"url", setup.url},
            {"dhcp_options", json::value_from(setup.dhcp_options)},
            {"redirection", setup.redirection},
            {"manual", setup.manual},
            {"factory_reset", setup.factory_reset}};
}

// "line.transport=tls (D40|D50)"
std::string unsupported_name(const Unsupported& part) {
    std::string name(setting(part.setting).name);
    for (const auto& value : part.values) name += (&value == part.values.data() ? "=" : ",") + value;
    return part.models ? name + " (" + part.models->text + ")" : name;
}

}  // namespace

Result<ApiReply> list_vendors(ApiContext& context, const ApiCall&) {
    json::array items;
    for (const auto& vendor : context.house.vendors->catalogue().vendors())
        items.push_back(summary_json(vendor));
    return page(std::move(items), "");
}

Result<ApiReply> show_vendor(ApiContext& context, const ApiCall& call) {
    const auto* const vendor = context.house.vendors->find(call.path[0]);
    if (vendor == nullptr)
        return fail({"P-8005", "there is no vendor '" + call.path[0].substr(0, 32) + "'", "vendor"});
    auto body = summary_json(*vendor);
    json::array anchors, files, models, quirks;
    for (const auto& anchor : vendor->anchors) anchors.push_back(anchor_json(anchor));
    for (const auto& file : vendor->files) files.push_back(file_json(file));
    for (const auto& model : vendor->models)
        models.push_back(json::object{{"id", model.id}, {"lines", model.lines}, {"keys", model.keys}});
    for (const auto& quirk : vendor->quirks) quirks.push_back(json::value(quirk));
    json::object unsupported;
    for (const auto& part : vendor->unsupported) unsupported[unsupported_name(part)] = part.why;
    body["secret_reason"] = vendor->secrets.reason;
    body["anchors"] = std::move(anchors);
    body["files"] = std::move(files);
    body["model_list"] = std::move(models);
    body["unsupported"] = std::move(unsupported);
    body["quirks"] = std::move(quirks);
    body["resync_event"] = vendor->resync_event;
    body["access"] = access_json(vendor->access);
    body["scorecard"] = scorecard_json(vendor->scorecard);
    body["setup"] = setup_json(vendor->setup);
    return reply(200, body);
}

Result<ApiReply> list_trust(ApiContext& context, const ApiCall&) {
    PROVOST_TRY(const auto records, context.house.store.trust());
    json::array items;
    for (const auto& record : records) items.push_back(to_json(record));
    return page(std::move(items), "");
}

Result<ApiReply> import_trust(ApiContext& context, const ApiCall& call) {
    const Trust::Confirmation confirmed{call.query("vendor"), call.query("anchor"),
                                        call.query("fingerprint")};
    PROVOST_TRY(const auto decisions, context.trust.import(call.request.body, confirmed, call.request.actor));
    json::array items;
    for (const auto& one : decisions)
        items.push_back(json::object{{"subject", one.subject},
                                     {"fingerprint", one.fingerprint},
                                     {"vendor", one.vendor},
                                     {"anchor", one.anchor},
                                     {"outcome", one.outcome}});
    return page(std::move(items), "");
}

Result<ApiReply> import_crl(ApiContext& context, const ApiCall& call) {
    PROVOST_CHECK(context.trust.import_crl(call.request.body, call.query("vendor"), call.request.actor));
    return reply(200, json::object{{"outcome", "imported"}});
}

Result<ApiReply> refuse_trust(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"kind", "fingerprint", "reason"}));
    PROVOST_TRY(const auto kind, body.text("kind"));
    PROVOST_TRY(const auto fingerprint, body.text("fingerprint"));
    PROVOST_TRY(const auto reason, body.text("reason"));
    PROVOST_CHECK(context.trust.refuse(kind, fingerprint, reason, call.request.actor));
    return reply(200, json::object{{"outcome", "refused from now on"}});
}

Result<ApiReply> remove_trust(ApiContext& context, const ApiCall& call) {
    std::int64_t id = 0;
    std::from_chars(call.path[0].data(), call.path[0].data() + call.path[0].size(), id);
    PROVOST_CHECK(context.trust.remove(id, call.request.actor));
    return reply(200, json::object{{"removed", id}});
}

}  // namespace provost::api
