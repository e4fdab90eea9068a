#include "api/json.h"

#include "api/permission.h"
#include "domain/rating.h"
#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

void put_time(json::object& object, std::string_view name, const std::optional<Timestamp>& time) {
    if (time) object[name] = to_rfc3339(*time);
}

std::string slug_of(TenantId id, const PolicySnapshot& policies) {
    const auto* const view = policies.tenant(id);
    return view == nullptr ? std::string() : view->tenant.slug;
}

// Error codes by what the caller can do about them.
int status_of(const std::string& code) {
    static constexpr std::pair<std::string_view, int> exact[] = {
        {"P-2010", 404}, {"P-3011", 409}, {"P-3013", 404}, {"P-2027", 404}, {"P-8310", 404}, {"P-8005", 404},
        {"P-8006", 405}, {"P-2015", 412}, {"P-5002", 409}, {"P-6001", 409}, {"P-6002", 409}, {"P-6003", 409},
        {"P-6004", 404}, {"P-6005", 404}, {"P-6006", 409}, {"P-6010", 503}, {"P-6011", 503}, {"P-6015", 422},
        {"P-6016", 422}, {"P-6041", 503}, {"P-8007", 409}, {"P-8013", 503}, {"P-8010", 413}, {"P-8101", 404},
        {"P-8401", 403}, {"P-8402", 403}, {"P-8403", 403}, {"P-8406", 409}, {"P-8407", 409}, {"P-8408", 412},
        {"P-8409", 409}, {"P-8411", 404}, {"P-8412", 403}, {"P-8413", 403}, {"P-8414", 403}, {"P-6008", 409},
        {"P-8601", 401}, {"P-8602", 401}, {"P-8603", 429}, {"P-8604", 403}, {"P-8606", 403}, {"P-8609", 401},
        {"P-8610", 404}, {"P-8611", 404}, {"P-8613", 409}, {"P-8614", 403}, {"P-8616", 409}, {"P-8617", 404},
        {"P-8618", 503}, {"P-8620", 403}, {"P-2513", 409}, {"P-2514", 409}, {"P-2515", 409}, {"P-2055", 404}};
    for (const auto& [name, status] : exact)
        if (code == name) return status;
    const char area = code.size() > 2 ? code[2] : '0';
    return area == '5' || area == '6' || area == '1' ? 500 : 422;
}

constexpr std::ptrdiff_t most_words = 256;  // as the contract says of notes and reasons

Error bad_body(std::string why) {
    return {"P-8002", "the request's body was refused", "body", std::move(why)};
}

// What a caller sent may stand in an error: bytes that are no text can't stand in JSON.
std::string clean(const std::string& text) {
    return is_valid_utf8(text) ? text : printable(text, 1024);
}

Error clean(const Error& error) {
    return {error.code, clean(error.what), clean(error.where), clean(error.why), clean(error.fix)};
}

// How it would be rated if it came now, as it is set to.
void put_access(json::object& object, const Device& device) {
    Evidence proof;
    proof.proof = device.access;
    const auto rating = rate(proof, device.secret_mode);
    object["access"] = to_text(device.access);
    object["rating"] = rating.stars;
    object["rating_reason"] = rating.reason;
    if (!device.token) return;
    put_time(object, "token_until", device.token->until);
    put_time(object, "token_spent", device.token->spent);
    if (!device.token->networks.empty()) object["token_networks"] = to_text(device.token->networks);
}

}  // namespace

json::object to_json(const Settings& settings, const RawOverrides& raw) {
    json::object object;
    for (const auto& one : settings) object[to_text(one.key)] = one.value;
    for (const auto& one : raw) object[to_text(one)] = one.value;
    return object;
}

json::object to_json(const Tenant& tenant, const PolicySnapshot& policies) {
    json::object object{{"slug", tenant.slug}, {"name", tenant.name}, {"version", tenant.version}};
    if (tenant.parent) object["parent"] = slug_of(*tenant.parent, policies);
    if (const auto* const view = policies.tenant(tenant.id)) {
        const auto& policy = view->policy;
        object["policy"] =
            json::object{{"minimum_rating", policy.minimum_rating},
                         {"window", to_text(policy.window)},
                         {"grace", to_text(policy.grace)},
                         {"repeat_window", to_text(policy.repeat_window)},
                         {"repeat_limit", policy.repeat_limit},
                         {"rotate_every", policy.rotate_every.count() == 0 ? std::string("never")
                                                                           : to_text(policy.rotate_every)},
                         {"fallback", fallback_to_text(policy.access)},
                         {"fallback_networks", to_text(policy.fallback_networks)}};
    }
    object["settings"] = to_json(tenant.settings, tenant.raw);
    return object;
}

json::object to_json(const Device& device, const PolicySnapshot& policies) {
    json::object object{{"mac", device.mac.lower()},
                        {"tenant", slug_of(device.tenant, policies)},
                        {"site", device.site},
                        {"vendor", device.vendor},
                        {"model", device.model},
                        {"firmware", device.firmware},
                        {"state", to_text(device.state)},
                        {"secret_mode", to_text(device.secret_mode)},
                        {"version", device.version},
                        {"last_source", device.last_source}};
    put_access(object, device);
    put_time(object, "armed_until", device.armed_until);
    put_time(object, "delivering_since", device.delivering_since);
    put_time(object, "grace_until", device.grace_until);
    put_time(object, "last_seen", device.last_seen);
    put_time(object, "credentials_since", device.credentials_since);
    if (const auto& rotation = device.rotation) {
        object["rotation_asked"] = to_rfc3339(rotation->asked);
        object["rotation_cause"] = to_text(rotation->cause);
        object["rotation_at_once"] = rotation->at_once;
    }
    if (device.pinned_key) object["pinned_key"] = to_hex(*device.pinned_key);
    if (device.held_key) object["held_key"] = to_hex(*device.held_key);
    object["settings"] = to_json(device.settings, device.raw);
    return object;
}

json::object to_json(const Ban& ban, Timestamp now) {
    json::object object{{"id", ban.id},
                        {"network", ban.network.text()},
                        {"rule", printable(ban.rule, 64)},
                        {"evidence", printable(ban.evidence, 512)},
                        {"level", ban.level},
                        {"made", to_rfc3339(ban.made)}};
    put_time(object, "until", ban.until);
    object["holds"] = ban.holds(now);
    object["actor"] = printable(ban.actor, 128);
    return object;
}

json::object to_json(const Event& event, const PolicySnapshot& policies) {
    json::object object{{"id", event.id}, {"at", to_rfc3339(event.at)}, {"kind", event.kind}};
    const auto text = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) object[name] = printable(value, 512);
    };
    if (event.device) object["device"] = event.device->lower();
    if (event.device) object["proved"] = event.proved;
    text("tenant", slug_of(event.tenant, policies));
    text("vendor", event.vendor);
    text("source", event.source);
    text("rule", event.rule);
    if (const auto rule = parse_rule(event.rule)) {
        object["verdict"] = explain(*rule);
        object["next_step"] = next_step(*rule);
        object["refused"] = is_refusal(*rule);
    } else if (const auto* const suspicion =
                   event.kind == "guard.finding" ? find_suspicion(event.rule) : nullptr) {
        object["verdict"] = suspicion->saw;
        object["next_step"] = suspicion->next;
    }
    text("detail", event.detail);
    text("method", event.method);
    text("path", event.path);
    text("user_agent", event.user_agent);
    text("tls", event.tls);
    text("proof", event.proof);
    if (event.status != 0) object["status"] = event.status;
    if (event.status != 0) object["bytes"] = event.bytes;
    if (event.micros != 0) object["micros"] = event.micros;
    text("actor", event.actor);
    return object;
}

json::object to_json(const DeliveryRecord& record) {
    static constexpr std::string_view transfers[] = {"begun", "complete", "broken"};
    json::object object{{"id", record.id},
                        {"at", to_rfc3339(record.at)},
                        {"device", record.device.lower()},
                        {"generation", record.generation},
                        {"rule", to_text(record.rule)},
                        {"proof", to_text(record.proof)},
                        {"key", to_hex(record.key)},
                        {"source", record.source},
                        {"transfer", transfers[static_cast<std::size_t>(record.transfer)]}};
    put_time(object, "ended", record.ended);
    return object;
}

json::object to_json(const OutboxEntry& entry) {
    json::object object{{"id", entry.id},
                        {"at", to_rfc3339(entry.at)},
                        {"device", entry.device.lower()},
                        {"generation", entry.generation},
                        {"line", entry.line},
                        {"user", entry.user},
                        {"realm", entry.realm},
                        {"withdraw", entry.withdraw},
                        {"ha1_md5", entry.ha1_md5},
                        {"ha1_sha256", entry.ha1_sha256}};
    object["state"] = entry.sent                        ? "sent"
                      : entry.state == OutboxState::due ? "waiting"
                                                        : to_text(entry.state);
    if (entry.fingerprint) object["fingerprint"] = to_hex(*entry.fingerprint);
    put_time(object, "sent", entry.sent);
    return object;
}

json::object to_json(const TrustRecord& record) {
    return {{"id", record.id},         {"kind", record.kind},         {"vendor", record.vendor},
            {"anchor", record.anchor}, {"profile", record.profile},   {"fingerprint", record.fingerprint},
            {"reason", record.reason}, {"at", to_rfc3339(record.at)}, {"actor", record.actor}};
}

json::object to_json(const HardeningException& one, const PolicySnapshot& policies, Timestamp now) {
    const auto* const tenant = policies.tenant(one.tenant);
    json::object object{{"id", one.id},
                        {"rule", one.rule},
                        {"tenant", tenant == nullptr ? std::string() : tenant->tenant.slug},
                        {"site", one.site},
                        {"vendor", one.vendor},
                        {"model", one.model},
                        {"device", one.device ? one.device->lower() : std::string()},
                        {"owner", one.owner},
                        {"reason", one.reason},
                        {"made", to_rfc3339(one.made)},
                        {"until", one.until ? json::value(to_rfc3339(*one.until)) : json::value(nullptr)},
                        {"actor", one.actor}};
    object["holds"] = one.holds(now);
    return object;
}

json::object to_json(const PendingCall& call, const PolicySnapshot& policies) {
    return {{"id", call.id},
            {"asked", to_rfc3339(call.asked)},
            {"by", call.by},
            {"action", call.action},
            {"method", call.method},
            {"path", call.path},
            {"tenant", slug_of(call.tenant, policies)},
            {"devices", call.devices},
            {"body", printable(call.body, 4096)}};
}

json::object to_json(const Error& given) {
    const auto error = clean(given);
    return {{"code", error.code},
            {"what", error.what},
            {"where", error.where},
            {"why", error.why},
            {"fix", error.fix}};
}

json::value time_or_null(const std::optional<Timestamp>& time) {
    return time ? json::value(to_rfc3339(*time)) : json::value();
}

ApiReply reply(int status, const json::value& body) {
    ApiReply answer;
    answer.status = status;
    answer.body = json::serialize(body) + "\n";
    return answer;
}

ApiReply page(json::array items, const std::string& next) {
    json::object body;
    body["items"] = std::move(items);
    if (!next.empty()) body["next"] = next;
    return reply(200, body);
}

ApiReply problem(const Error& given) {
    const auto error = clean(given);
    const int status = status_of(error.code);
    json::object body = to_json(error);
    body["type"] = "https://provost.invalid/errors/" + error.code;
    body["title"] = error.what;
    body["status"] = status;
    body["detail"] = error.text();
    if (error.code == step_up_code) body["step_up_required"] = true;
    auto answer = reply(status, body);
    answer.content_type = "application/problem+json";
    return answer;
}

ApiReply method_refused(const std::string& method, const std::string& allowed) {
    auto answer = problem({"P-8006", "this resource has no " + method.substr(0, 16), "method",
                           "it takes " + allowed, "See GET /v1/openapi.json."});
    answer.headers["Allow"] = allowed;
    return answer;
}

Result<Body> Body::read(const ApiCall& call, std::initializer_list<std::string_view> known) {
    Body body;
    if (call.request.body.empty()) return body;
    boost::system::error_code error;
    json::parse_options options;
    options.max_depth = 8;
    auto value = json::parse(call.request.body, error, {}, options);
    if (error || !value.is_object())
        return fail({"P-8001", "the request's body is not a JSON object", "body", error.message()});
    body.object_ = std::move(value.get_object());
    for (const auto& member : body.object_)
        if (std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end())
            return fail(bad_body("unknown member '" + printable(std::string_view(member.key()), 32) + "'"));
    return body;
}

Result<std::string> Body::text(std::string_view name) const {
    const auto* const value = object_.if_contains(name);
    if (value == nullptr) return std::string();
    if (!value->is_string()) return fail(bad_body("'" + std::string(name) + "' is not a text"));
    return std::string(value->get_string());
}

Result<std::string> Body::words(std::string_view name) const {
    PROVOST_TRY(const auto given, text(name));
    std::string words(trim(given));
    const std::string which(name);
    if (!is_clean_text(words))
        return fail({"P-2002", "the " + which + " holds control characters or invalid UTF-8", which,
                     "it goes into the audit trail", "Remove them."});
    const auto begins = [](char byte) { return (byte & 0xc0) != 0x80; };  // a character, in UTF-8
    if (std::ranges::count_if(words, begins) <= most_words) return words;
    return fail({"P-2059", "the " + which + " is too long", which,
                 "it has more than " + std::to_string(most_words) + " characters", "Say it shorter."});
}

Result<std::optional<std::int64_t>> Body::number(std::string_view name) const {
    const auto* const value = object_.if_contains(name);
    if (value == nullptr) return std::optional<std::int64_t>();
    if (value->is_int64() && value->get_int64() >= 0) return std::optional(value->get_int64());
    return fail(bad_body("'" + std::string(name) + "' is not a whole number"));
}

bool Body::has(std::string_view name) const {
    return object_.contains(name);
}

bool Body::is_null(std::string_view name) const {
    const auto* const value = object_.if_contains(name);
    return value != nullptr && value->is_null();
}

Result<bool> Body::flag(std::string_view name) const {
    const auto* const value = object_.if_contains(name);
    if (value == nullptr) return false;
    if (!value->is_bool()) return fail(bad_body("'" + std::string(name) + "' is neither true nor false"));
    return value->get_bool();
}

Result<RawSettings> Body::settings(std::string_view name) const {
    RawSettings settings;
    const auto* const value = object_.if_contains(name);
    if (value == nullptr) return settings;
    if (!value->is_object()) return fail(bad_body("'" + std::string(name) + "' is not an object"));
    for (const auto& member : value->get_object()) {
        if (!member.value().is_string())
            return fail(bad_body("'" + std::string(member.key()) + "' is not a text"));
        settings[std::string(member.key())] = std::string(member.value().get_string());
    }
    return settings;
}

}  // namespace provost
