// The answers' bytes. Every answer has the same header lines in the same order, and every refusal of a door
// the same bytes.
#pragma once

#include "base/secret.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace provost {

struct ResponseHead {
    int status = 200;
    std::string_view content_type;
    std::optional<std::size_t> content_length = 0;  // none: to the end of the connection
    bool keep_alive = false;
};

// For doors without TLS. `more` follows the fixed lines; a value with a control character in it is left out.
void append_head(OutputBuffer& out, const ResponseHead& head,
                 const std::map<std::string, std::string>& more = {});
// For the phones' door: with HSTS, and the challenges of a 401, a line each (RFC 9110 section 11.6.1).
void append_head(OutputBuffer& out, const ResponseHead& head, std::span<const std::string> challenges);

// The one refusal, whatever its cause; the connection ends after it. To HEAD it goes without its body.
std::string_view refusal(bool to_head);

inline constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

std::string_view reason_phrase(int status);

// Whether it may stand in a header line: no control character in it.
bool is_one_line(std::string_view text);

}  // namespace provost
