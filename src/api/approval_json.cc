#include "api/approval_json.h"

#include "api/path_shape.h"
#include "base/bytes.h"
#include "crypto/digest.h"
#include "crypto/trust_store.h"
#include "domain/text.h"
#include "service/trust_judgement.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t begin_shown = 4096, most_certificates = 100;

const Route* route_of(const PendingCall& call) {
    const auto found = std::ranges::find_if(routes(), [&](const Route& route) {
        return route.method == call.method && match_path(route.path, call.path);
    });
    return found == routes().end() ? nullptr : &*found;
}

json::object query_json(const PendingCall& call) {
    json::object query;
    for (const auto& [name, value] : call.query) query[name] = value;
    return query;
}

json::object certificate_json(const LoadedCertificate& one, std::string_view vendor, std::string_view anchor,
                              std::string_view outcome) {
    return {{"subject", one.subject},
            {"issuer", one.facts.issuer},
            {"fingerprint", to_hex(one.facts.fingerprint)},
            {"from", to_rfc3339(one.facts.not_before)},
            {"until", to_rfc3339(one.facts.not_after)},
            {"vendor", vendor},
            {"anchor", anchor},
            {"outcome", outcome}};
}

// What an import of CAs would do now; nothing where its file holds none, which approving it will say.
json::array to_be_trusted(const PendingCall& call, const ApiContext& context) {
    const auto given = [&](const char* name) {
        const auto found = call.query.find(name);
        return found == call.query.end() ? std::string() : found->second;
    };
    json::array certificates;
    const auto judged =
        judge_anchors(context.house, call.body, {given("vendor"), given("anchor"), given("fingerprint")});
    if (!judged) return certificates;
    for (const auto& one : *judged) {
        if (certificates.size() == most_certificates) break;
        const bool known = one.place.vendor != nullptr;
        certificates.push_back(certificate_json(one.certificate, known ? one.place.vendor->id : "",
                                                known ? one.place.anchor->id : "", one.outcome()));
    }
    return certificates;
}

std::optional<TrustRecord> row_to_go(const PendingCall& call, const ApiContext& context) {
    const auto parts = match_path("/v1/trust/{id}", call.path);
    const auto records = context.house.store.trust();
    if (!parts || !records) return std::nullopt;
    const auto id = whole_number(parts->front());
    const auto found = std::ranges::find_if(*records, [&](const auto& one) { return id == one.id; });
    return found == records->end() ? std::nullopt : std::optional(*found);
}

json::array no_more_trusted(const TrustRecord& row) {
    json::array certificates;
    const auto read = read_certificates(row.pem);
    if (row.kind != "anchor" || !read) return certificates;
    for (const auto& one : *read)
        certificates.push_back(certificate_json(one, row.vendor, row.anchor, "removed"));
    return certificates;
}

// What is no text is told by its bytes. The end of a text that is cut is that of a character.
std::string shown_of(const std::string& body, BodyShown shown) {
    const auto most = shown == BodyShown::whole ? body.size() : begin_shown;
    if (body.size() <= most || !is_valid_utf8(body))
        return is_valid_utf8(body) ? body : printable(body, most);
    auto end = most;
    while (end > 0 && (static_cast<unsigned char>(body[end]) & 0xC0U) == 0x80U) --end;
    return body.substr(0, end) + "...";
}

// Who asked may have said why: in the query, or in the body where it has a place for that.
std::string reason_of(const PendingCall& call) {
    if (const auto found = call.query.find("reason"); found != call.query.end()) return found->second;
    boost::system::error_code bad;
    const auto body = json::parse(call.body, bad);
    if (bad || !body.is_object()) return {};
    const auto* const reason = body.get_object().if_contains("reason");
    return reason != nullptr && reason->is_string() ? std::string(reason->get_string()) : std::string();
}

}  // namespace

json::object to_json(const PendingCall& call, const ApiContext& context, BodyShown shown) {
    const auto* const route = route_of(call);
    auto object = to_json(call, *context.house.policies.current());
    object["says"] = route == nullptr ? std::string_view() : route->summary;
    object["reason"] = printable(reason_of(call), 256);
    object["body"] = shown_of(call.body, shown);
    object["body_bytes"] = call.body.size();
    object["body_sha256"] = call.body.empty() ? std::string() : to_hex(sha256(call.body));
    object["query"] = query_json(call);
    json::array certificates;
    if (route != nullptr && route->action == Action::trust_change) {
        if (call.method == "POST") certificates = to_be_trusted(call, context);
        if (const auto row = row_to_go(call, context)) {
            certificates = no_more_trusted(*row);
            object["row"] = to_json(*row);
        }
    }
    object["certificates"] = std::move(certificates);
    return object;
}

}  // namespace provost
