// The parts of an https URL, for phones that want it in pieces.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace provost {

// Of https://example.net:8443/p/q/ :
enum class UrlPart : std::uint8_t {
    whole,    // as it is
    address,  // example.net:8443/p/q   without scheme, and without slash at the end
    host,     // example.net            of an IPv6 address, with its brackets
    port,     // 8443                   443 where the URL has none
    path      // p/q                    without slash at either end; may be empty
};

std::optional<UrlPart> find_url_part(std::string_view name);  // "host"; not "whole"

// `url` as is_https_url() knows it; any other text, and an empty one, has empty parts.
std::string_view url_part(std::string_view url, UrlPart part);

}  // namespace provost
