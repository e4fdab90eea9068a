#include "vendor/url_part.h"

#include <utility>

namespace provost {

namespace {

constexpr std::string_view scheme = "https://";
constexpr std::string_view https_port = "443";

// "example.net:8443" to its halves; the colons of an IPv6 address stand inside brackets.
std::pair<std::string_view, std::string_view> split_authority(std::string_view authority) {
    const auto colon = authority.rfind(':');
    if (colon == authority.npos || authority.ends_with(']')) return {authority, https_port};
    return {authority.substr(0, colon), authority.substr(colon + 1)};
}

void drop_slashes(std::string_view& text) {
    while (text.ends_with('/')) text.remove_suffix(1);
}

}  // namespace

std::optional<UrlPart> find_url_part(std::string_view name) {
    if (name == "address") return UrlPart::address;
    if (name == "host") return UrlPart::host;
    if (name == "port") return UrlPart::port;
    if (name == "path") return UrlPart::path;
    return std::nullopt;
}

std::string_view url_part(std::string_view url, UrlPart part) {
    if (part == UrlPart::whole) return url;
    if (!url.starts_with(scheme)) return {};
    url.remove_prefix(scheme.size());
    drop_slashes(url);
    if (part == UrlPart::address) return url;
    const auto slash = url.find('/');
    const auto [host, port] = split_authority(url.substr(0, slash));
    if (part == UrlPart::host) return host;
    if (part == UrlPart::port) return port;
    auto path = slash == url.npos ? std::string_view() : url.substr(slash);
    while (path.starts_with('/')) path.remove_prefix(1);
    return path;
}

}  // namespace provost
