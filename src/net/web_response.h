// The heads of the admin door's answers: every one of them, whatever its status, says the same to a browser
// (SECURITY section 2a, rows 3.x): HTTPS only, nothing but our own code, no frames, no other site's reading.
#pragma once

#include "base/secret.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

struct WebHead {
    int status = 200;
    std::string_view content_type;
    std::optional<std::size_t> length;  // none: in chunks, or to the end of the connection
    bool chunked = false;
    bool keep_alive = false;
    std::string_view cache = "no-store";
    std::string_view encoding = {};  // Content-Encoding; empty: none
    bool varies = false;             // other peers may get it in another encoding
    std::string_view nonce = {};     // of the page's own styles; empty: it has none
    bool https_for_ever = true;      // a browser is to ask this host by HTTPS alone (RFC 6797)
};

// `more` follows. Of it are left out: what frames a message, our own lines, and a value with a control
// character. A content security policy in it takes the place of ours.
void append_web_head(OutputBuffer& out, const WebHead& head,
                     const std::map<std::string, std::string>& more = {});

std::string content_security_policy(std::string_view nonce);

// Where browsers send what the policy stopped.
inline constexpr std::string_view report_path = "/csp-report";

inline constexpr std::string_view cache_for_ever = "public, max-age=31536000, immutable";
inline constexpr std::string_view cache_for_an_hour = "public, max-age=3600";

}  // namespace provost
