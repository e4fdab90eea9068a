#include "api/vendor_json.h"

#include "vendor/scorecard.h"

#include <algorithm>

#include <boost/json.hpp>

namespace provost {

namespace {

namespace json = boost::json;

std::string_view word(Known known) {
    static constexpr std::string_view words[] = {"yes", "no", "unknown"};
    return words[static_cast<std::size_t>(known)];
}

std::string_view word(Coverage coverage) {
    static constexpr std::string_view words[] = {"enforced", "partly", "cannot", "open"};
    return words[static_cast<std::size_t>(coverage)];
}

std::string_view word(FileKind kind) {
    static constexpr std::string_view words[] = {"unknown", "device", "common", "absent", "upload"};
    return words[static_cast<std::size_t>(kind)];
}

void put_provenance(json::object& object, const Provenance& provenance) {
    object["sources"] = json::value_from(provenance.sources);
    object["confidence"] = to_text(provenance.confidence);
    object["note"] = provenance.note;
}

json::object anchor_json(const TrustAnchor& anchor) {
    json::object object{
        {"id", anchor.id},
        {"subject", anchor.subject},
        {"profile", anchor.profile},
        {"sha256", anchor.sha256 ? to_hex(*anchor.sha256) : "unknown: confirm by fingerprint"},
        {"published_at", anchor.published_at}};
    put_provenance(object, anchor.provenance);
    return object;
}

json::object file_json(const FileRule& file) {
    json::object object{{"id", file.id},
                        {"kind", word(file.kind)},
                        {"path", file.path.text},
                        {"secrets", file.carries_secrets},
                        {"stage", file.secret_stage}};
    put_provenance(object, file.provenance);
    return object;
}

json::object resync_json(const ResyncSpec& resync) {
    json::object object{{"event", resync.event},
                        {"reboot", resync.reboot_event},
                        {"challenges", word(resync.challenges)},
                        {"content_type", resync.content_type},
                        {"body", resync.body}};
    put_provenance(object, resync.provenance);
    return object;
}

json::object access_json(const AccessSpec& access) {
    static constexpr std::string_view models[] = {"all", "some", "none", "unknown"};
    json::object object{{"certificate", models[static_cast<std::size_t>(access.certificate)]},
                        {"basic", word(access.basic)},
                        {"digest", word(access.digest)},
                        {"url_credentials", word(access.url_credentials)},
                        {"token_url", word(access.token_url)},
                        {"token_header", access.token_header}};
    put_provenance(object, access.provenance);
    return object;
}

json::object requirement_json(const CardLine& line) {
    json::object object{{"number", line.requirement.number},
                        {"name", line.requirement.name},
                        {"requirement", line.requirement.words},
                        {"answer", to_text(line.answer)}};
    if (line.provenance != nullptr) put_provenance(object, *line.provenance);
    return object;
}

json::object scorecard_json(const Scorecard& card) {
    json::array requirements;
    for (const auto& line : card.requirements) requirements.push_back(requirement_json(line));
    json::object object{{"grade", to_text(card.grade)}, {"summary", card.summary}};
    object["requirements"] = std::move(requirements);
    object["warnings"] = json::value_from(card.warnings);
    object["sources"] = card.sources;
    object["blocks"] = json::object{{"high", card.high}, {"medium", card.medium}, {"low", card.low}};
    return object;
}

json::array parameters_of(const VendorSpec& vendor, SettingId setting) {
    json::array parameters;
    for (const auto* const rule : parameters_about(vendor, setting)) {
        json::object one{{"parameter", rule->name.source()},
                         {"models", rule->models ? rule->models->text : std::string()}};
        put_provenance(one, rule->provenance);
        parameters.push_back(std::move(one));
    }
    return parameters;
}

json::object hardening_json(const Scorecard& card, const VendorSpec& vendor,
                            const HardeningProfile& profile) {
    json::array rules, passwords;
    for (const auto& covered : card.hardening) {
        const auto& rule = *covered.rule;
        json::object one{{"rule", rule.id},
                         {"requirement", rule.requirement},
                         {"says", rule.says},
                         {"setting", setting(covered.setting).name},
                         {"coverage", word(covered.coverage)},
                         {"why", covered.why}};
        one["parameters"] = parameters_of(vendor, covered.setting);
        rules.push_back(std::move(one));
    }
    for (const auto& rule : profile.passwords) {
        json::object one{{"rule", rule.id}, {"requirement", rule.requirement}, {"says", rule.says}};
        one["parameters"] = parameters_of(vendor, rule.secret);
        passwords.push_back(std::move(one));
    }
    json::object object{{"rules", card.hardening.size()},
                        {"enforced", card.enforced},
                        {"partly", card.partly},
                        {"cannot", card.cannot},
                        {"open", card.open}};
    object["list"] = std::move(rules);
    object["passwords"] = std::move(passwords);
    return object;
}

json::object secrets_json(const SecretSpec& secrets) {
    json::array possible;
    for (const auto mode : secrets.possible) possible.push_back(json::value(to_text(mode)));
    json::object object{{"preferred", to_text(secrets.preferred)}, {"reason", secrets.reason}};
    object["possible"] = std::move(possible);
    put_provenance(object, secrets.provenance);
    return object;
}

json::object setup_json(const SetupSpec& setup) {
    json::object object{{"url", setup.url},
                        {"dhcp_options", json::value_from(setup.dhcp_options)},
                        {"redirection", setup.redirection},
                        {"manual", setup.manual},
                        {"factory_reset", setup.factory_reset}};
    put_provenance(object, setup.provenance);
    return object;
}

json::object tls_json(const TlsSpec& tls) {
    json::object object{{"minimum", tls.minimum}, {"sni", tls.sni}};
    put_provenance(object, tls.provenance);
    if (object["note"].get_string().empty()) object["note"] = tls.note;
    return object;
}

// "line.transport=tls (D40|D50)"
std::string unsupported_name(const Unsupported& part) {
    std::string name(setting(part.setting).name);
    for (const auto& value : part.values) name += (&value == part.values.data() ? "=" : ",") + value;
    return part.models ? name + " (" + part.models->text + ")" : name;
}

void put_hardware(json::object& body, const VendorSpec& vendor) {
    json::array models;
    for (const auto& model : vendor.models)
        models.push_back(json::object{{"id", model.id}, {"lines", model.lines}, {"keys", model.keys}});
    json::object notes{{"any_mac_prefix", vendor.any_mac_prefix}, {"local_macs", vendor.local_macs}};
    json::array prefixes;
    for (const auto prefix : vendor.mac_prefixes) {
        static constexpr char digits[] = "0123456789abcdef";
        std::string text;
        for (int shift = 20; shift >= 0; shift -= 4) {
            text += digits[(prefix >> shift) & 0xFU];
            if (shift % 8 == 0 && shift != 0) text += ':';
        }
        prefixes.push_back(json::value(text));
    }
    notes["list"] = std::move(prefixes);
    put_provenance(notes, vendor.mac_prefix_provenance);
    json::object table;
    put_provenance(table, vendor.model_provenance);
    body["model_list"] = std::move(models);
    body["model_table"] = std::move(table);
    body["mac_prefixes"] = std::move(notes);
}

}  // namespace

json::object vendor_row(const VendorSpec& vendor, const HardeningProfile& profile) {
    const auto card = make_scorecard(vendor, profile);
    return {{"id", vendor.id},
            {"name", vendor.name},
            {"status", vendor.status},
            {"models", vendor.models.size()},
            {"secret_mode", to_text(vendor.secrets.preferred)},
            {"grade", to_text(card.grade)},
            {"paper", card.summary},
            {"hardened", std::to_string(card.enforced) + "/" + std::to_string(card.hardening.size())},
            {"summary", vendor.summary}};
}

json::object vendor_card(const VendorSpec& vendor, const HardeningProfile& profile) {
    const auto card = make_scorecard(vendor, profile);
    auto body = vendor_row(vendor, profile);
    json::array anchors, files, fixed, quirks;
    for (const auto& anchor : vendor.anchors) anchors.push_back(anchor_json(anchor));
    for (const auto& file : vendor.files) files.push_back(file_json(file));
    for (const auto& one : vendor.fixed)
        fixed.push_back(json::object{{"parameter", one.name}, {"value", one.value}, {"reason", one.reason}});
    for (const auto& quirk : vendor.quirks) quirks.push_back(json::value(quirk));
    json::object unsupported, sources;
    for (const auto& part : vendor.unsupported) unsupported[unsupported_name(part)] = part.why;
    for (const auto& [id, text] : vendor.sources) sources[id] = text;
    body["scorecard"] = scorecard_json(card);
    body["hardening"] = hardening_json(card, vendor, profile);
    body["secrets"] = secrets_json(vendor.secrets);
    body["access"] = access_json(vendor.access);
    body["tls"] = tls_json(vendor.tls);
    body["setup"] = setup_json(vendor.setup);
    body["anchors"] = std::move(anchors);
    body["files"] = std::move(files);
    body["fixed"] = std::move(fixed);
    put_hardware(body, vendor);
    body["unsupported"] = std::move(unsupported);
    body["quirks"] = std::move(quirks);
    body["resync"] = resync_json(vendor.resync);
    body["sources"] = std::move(sources);
    return body;
}

}  // namespace provost
