// Alerts as other programs take them: a signed webhook, a mail, a line of syslog. Pure.
#pragma once

#include "base/secret.h"
#include "service/alert.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

// The headers of standardwebhooks.com: id, time, and HMAC-SHA-256 over "id.time.body" in base64.
std::vector<std::string> webhook_headers(const std::string& id, const std::string& body, const Secret& key,
                                         Timestamp now);
// "whsec_" and 24 to 64 bytes as base64; nullopt for anything else.
std::optional<Secret> parse_webhook_key(std::string_view text);

// RFC 5322, lines end in CRLF.
std::string mail_of(const AlertMessage& message, const std::string& from, const std::vector<std::string>& to,
                    std::string_view host, Timestamp now);

// RFC 5424, facility authpriv, without structured data; one line without its end, 7-bit ASCII.
std::string syslog_line(const AlertMessage& message, std::string_view host, std::string_view process);
// As the C library writes it to /dev/log.
std::string local_syslog_line(const AlertMessage& message, std::string_view process);
// RFC 6587 section 3.4.1 and RFC 5425: the length before it.
std::string counted(std::string_view line);

}  // namespace provost
