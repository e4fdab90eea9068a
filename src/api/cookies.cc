#include "api/cookies.h"

namespace provost {

namespace {

constexpr std::string_view attributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";
// A reply's header fields are a map: field names in two spellings make two lines of the same field.
constexpr const char* first_field = "Set-Cookie";
constexpr const char* second_field = "set-cookie";

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string cookie_of(const ApiRequest& request, std::string_view name) {
    const auto field = request.headers.find("cookie");
    if (field == request.headers.end()) return {};
    std::string found;
    std::string_view rest = field->second;
    while (!rest.empty()) {
        const auto end = rest.find(';');
        const auto pair = trimmed(rest.substr(0, end));
        rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
        const auto equals = pair.find('=');
        if (equals == pair.npos || pair.substr(0, equals) != name) continue;
        if (!found.empty()) return {};
        found = pair.substr(equals + 1);
    }
    return found;
}

void set_session_cookie(ApiReply& reply, const Secret& value) {
    auto& line = reply.headers[first_field];
    line = std::string(session_cookie) + "=";
    line += value.expose();
    line += attributes;
}

void clear_session_cookie(ApiReply& reply) {
    reply.headers[first_field] = std::string(session_cookie) + "=; Max-Age=0" + std::string(attributes);
}

void set_browser_cookie(ApiReply& reply, std::string_view value, Duration lasts) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(lasts).count();
    reply.headers[second_field] = std::string(browser_cookie) + "=" + std::string(value) +
                                  "; Max-Age=" + std::to_string(seconds) + std::string(attributes);
}

}  // namespace provost
