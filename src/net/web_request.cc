#include "net/web_request.h"

#include "base/ascii.h"
#include "net/control_wire.h"
#include "net/web_response.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::string_view api_root = "/v1";
constexpr std::string_view imports = "/v1/imports";
constexpr std::string_view sign_in = "/v1/session/", own_password = "/v1/me/password";  // both hash

// Given twice, two readers may each believe another one.
constexpr std::array<std::string_view, 11> single_fields{
    "authorization", "content-type", "cookie", "idempotency-key", "if-match",      "if-none-match",
    "last-event-id", "origin",       "range",  "sec-fetch-site",  "x-provost-csrf"};

constexpr std::array<std::string_view, 6> methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};

bool lies_below(std::string_view path, std::string_view root) {
    return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

bool has_repeated_field(const RequestHead& head) {
    return std::any_of(single_fields.begin(), single_fields.end(), [&](std::string_view name) {
        return std::count_if(head.fields.begin(), head.fields.end(),
                             [&](const auto& field) { return field.first == name; }) > 1;
    });
}

bool is_port(std::string_view text) {
    return text.size() >= 2 && text.size() <= 6 && text.front() == ':' &&
           std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

WebTarget read_web_target(const RequestHead& head) {
    WebTarget target;
    auto parsed = parse_target(head.target);
    if (!parsed || has_repeated_field(head)) return target;
    target.path = std::move(parsed->path);
    target.query = std::move(parsed->query);
    if (target.path == report_path)
        target.kind = WebTarget::Kind::report;
    else
        target.kind = lies_below(target.path, api_root) ? WebTarget::Kind::api : WebTarget::Kind::file;
    return target;
}

bool is_own_host(std::string_view host, const std::vector<std::string>& names) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        if (host.size() < name.size()) return false;
        const auto rest = host.substr(name.size());
        return same_but_for_case(host.substr(0, name.size()), name) && (rest.empty() || is_port(rest));
    });
}

bool is_localhost(std::string_view host) {
    return is_own_host(host, {"localhost"});
}

bool is_known_method(std::string_view method) {
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}

std::size_t body_limit(const WebTarget& target) {
    if (target.kind == WebTarget::Kind::report) return report_bytes;
    if (target.kind != WebTarget::Kind::api) return 0;
    if (target.path.starts_with(sign_in)) return strangers_body_bytes;
    return lies_below(target.path, imports) ? import_bytes : small_body_bytes;
}

WorkerPool::Pace pace_of(std::string_view method, const WebTarget& target) {
    const bool reads = method == "GET" || method == "HEAD";
    const bool of_import = lies_below(target.path, imports);
    const bool all_rows = of_import && target.path.find("/undo") != target.path.npos;
    const bool slow = target.path.ends_with("/resync") || target.path == own_password || all_rows ||
                      (!reads && (of_import || target.path.starts_with(sign_in)));
    return slow ? WorkerPool::Pace::slow : WorkerPool::Pace::quick;
}

ApiRequest to_api_request(RequestHead& head, WebTarget target, std::string body) {
    ApiRequest request;
    request.method = head.method == "HEAD" ? "GET" : head.method;
    request.path = std::move(target.path);
    request.query = std::move(target.query);
    request.query.erase("wait");  // it would hold a worker; browsers have the stream of events
    for (auto& [name, value] : head.fields) {
        request.headers.emplace(std::move(name), value);
        wipe(value.data(), value.size());
    }
    head.fields.clear();
    request.body = std::move(body);
    return request;
}

void wipe_secrets(ApiRequest& request) {
    wipe(request.body.data(), request.body.size());
    for (const auto* const name : {"authorization", "cookie", "x-provost-csrf"})
        if (const auto found = request.headers.find(name); found != request.headers.end())
            wipe(found->second.data(), found->second.size());
}

}  // namespace provost
