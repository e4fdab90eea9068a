#include "api/json.h"
#include "domain/text.h"
#include "service/tenants.h"

namespace provost::api {

namespace {

Result<std::optional<Timestamp>> time_of(const ApiCall& call, const std::string& name) {
    const auto text = call.query(name);
    if (text.empty()) return std::optional<Timestamp>();
    if (const auto time = from_rfc3339(text)) return std::optional(*time);
    return fail({"P-8004", "'" + name + "' is not a time", name, "",
                 "Write it in UTC, such as 2026-11-23T00:00:00Z"});
}

Result<AuditFilter> read_filter(const ApiContext& context, const ApiCall& call) {
    AuditFilter filter;
    filter.within = context.sight.tenants();
    filter.kind = call.query("kind");
    if (const auto text = call.query("device"); !text.empty()) {
        filter.device = MacAddress::parse(text);
        if (!filter.device)
            return fail({"P-8003", "'" + text.substr(0, 32) + "' is not a MAC address", "device"});
    }
    if (const auto slug = call.query("tenant"); !slug.empty()) {
        PROVOST_TRY(const auto* const tenant, context.sight.tenant(slug));
        filter.tenant = tenant->tenant.id;
    }
    PROVOST_TRY(filter.since, time_of(call, "since"));
    PROVOST_TRY(filter.until, time_of(call, "until"));
    return filter;
}

json::object to_json(const AuditRow& row, const PolicySnapshot& policies) {
    const auto& e = row.entry;
    const auto* const tenant = policies.tenant(e.tenant);
    json::object object{{"seq", e.seq}, {"at", to_rfc3339(e.at)}, {"kind", e.kind}};
    if (e.device) object["device"] = e.device->lower();
    if (tenant != nullptr) object["tenant"] = tenant->tenant.slug;
    if (e.generation != 0) object["generation"] = e.generation;
    if (!e.proof.empty()) object["proof"] = e.proof;
    if (e.fingerprint) object["fingerprint"] = to_hex(*e.fingerprint);
    if (!e.source.empty()) object["source"] = e.source;
    object["outcome"] = e.outcome;
    object["actor"] = e.actor;
    object["detail"] = e.detail;
    object["step"] = e.step;
    object["uptime"] = e.uptime;
    object["link"] = to_hex(row.link);
    return object;
}

}  // namespace

// Newest first; ?before=SEQ goes on from `next`. A page may be empty and yet have a next.
Result<ApiReply> list_audit(ApiContext& context, const ApiCall& call) {
    const auto policies = context.house.policies.current();
    PROVOST_TRY(const auto filter, read_filter(context, call));
    PROVOST_TRY(const auto limit, call.limit(1000));
    const auto text = call.query("before");
    const auto before = text.empty() ? 0 : whole_number(text).value_or(-1);
    if (!text.empty() && before < 1)
        return fail({"P-8004", "'before' is not the number of an entry", "before"});
    PROVOST_TRY(const auto found, context.house.store.audit(filter, before, limit));
    json::array items;
    for (const auto& row : found.rows) items.push_back(to_json(row, *policies));
    return page(std::move(items), found.looked_until == 0 ? "" : std::to_string(found.looked_until));
}

Result<ApiReply> show_audit_head(ApiContext& context, const ApiCall&) {
    PROVOST_TRY(const auto head, context.server.audit_head());
    return reply(200, json::object{{"seq", head.tail.seq},
                                   {"at", to_rfc3339(head.at)},
                                   {"key", to_hex(head.key_id)},
                                   {"link", to_hex(head.tail.link)},
                                   {"signature", to_hex(head.signature)},
                                   {"line", to_line(head)}});
}

}  // namespace provost::api
