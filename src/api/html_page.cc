#include "api/html_page.h"

#include "crypto/base_text.h"
#include "crypto/digest.h"

namespace provost {

ApiReply html_page(std::string page, std::string_view style) {
    ApiReply reply;
    reply.content_type = "text/html; charset=utf-8";
    reply.headers["Content-Security-Policy"] =
        "default-src 'none'; style-src 'sha256-" + to_base64(sha256(style)) +
        "'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
        "report-uri /csp-report; report-to csp";
    reply.body = std::move(page);
    return reply;
}

}  // namespace provost
