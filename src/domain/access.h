// The ways in which a device can prove which one it is (R-A7). A certificate of its own is the best; the
// others are for phones without one.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

enum class Access : std::uint8_t {
    certificate,  // HTTPS client certificate from the factory
    digest,       // HTTP Digest over TLS, generated user name and password (RFC 7616)
    basic,        // HTTP Basic over TLS, the same (RFC 7617)
    token,        // an address that is good for one delivery
};
std::string_view to_text(Access access);
std::optional<Access> parse_access(std::string_view text);

// A set of them: what a door takes, what a tenant allows.
struct AccessMethods {
    bool certificate = true;
    bool basic = false;
    bool digest = false;
    bool token = false;

    [[nodiscard]] bool allows(Access access) const;
    bool operator==(const AccessMethods&) const = default;
};

inline bool is_by_password(Access access) {
    return access == Access::digest || access == Access::basic;
}

// The methods besides the certificate: "digest,token"; "none" for none of them.
std::string fallback_to_text(const AccessMethods& methods);
Result<AccessMethods> parse_fallback(std::string_view text);  // P-2012

}  // namespace provost
