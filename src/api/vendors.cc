#include "api/json.h"
#include "api/vendor_json.h"
#include "domain/text.h"

namespace provost::api {

Result<ApiReply> list_vendors(ApiContext& context, const ApiCall&) {
    json::array items;
    for (const auto& vendor : context.house.vendors->catalogue().vendors())
        items.push_back(vendor_row(vendor, context.house.hardening));
    return page(std::move(items), "");
}

Result<ApiReply> show_vendor(ApiContext& context, const ApiCall& call) {
    const auto* const vendor = context.house.vendors->find(call.path[0]);
    if (vendor == nullptr)
        return fail({"P-8005", "there is no vendor '" + call.path[0].substr(0, 32) + "'", "vendor"});
    return reply(200, vendor_card(*vendor, context.house.hardening));
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
    const auto id = whole_number(call.path[0]);
    if (!id)
        return fail({"P-6005", "there is no such row", "id", "", "'provost vendor trust list' shows them."});
    PROVOST_CHECK(context.trust.remove(*id, call.request.actor));
    return reply(200, json::object{{"removed", *id}});
}

}  // namespace provost::api
