// How a phone proves who it is: by its factory certificate, or by a fallback that a tenant allows (R-A7).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

enum class Access : std::uint8_t {
    certificate,  // mutual TLS with the factory's device certificate
    digest,       // HTTP Digest over TLS, user and password made for the device (RFC 7616)
    basic,        // HTTP Basic over TLS, the same (RFC 7617)
    token,        // an address that is good for one complete delivery
};
std::string_view to_text(Access access);
std::optional<Access> parse_access(std::string_view text);

struct AccessMethods {
    bool certificate = false, digest = false, basic = false, token = false;

    [[nodiscard]] bool has(Access access) const;
    void add(Access access);
    [[nodiscard]] bool only_certificates() const { return !digest && !basic && !token; }
    bool operator==(const AccessMethods&) const = default;
};
// "digest,token"; "none" for none of them.
std::string to_text(const AccessMethods& methods);
std::optional<AccessMethods> parse_access_methods(std::string_view text);

}  // namespace provost
