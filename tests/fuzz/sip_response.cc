// What a SIP peer may send: a datagram, or the beginning of a stream. Whatever is taken is within bounds, and
// reads the same again when it is written anew; its challenges can be answered.
#include "fuzz.h"
#include "sip/challenge.h"
#include "sip/uri.h"

#include <string>

using namespace provost;
using provost::fuzz::require;

namespace {

void check_again(const SipResponse& response) {
    std::string text = "SIP/2.0 " + std::to_string(response.status) + " " + response.reason + "\r\n";
    for (const auto& header : response.headers) {
        require(header.value.find_first_of("\r\n") == std::string::npos, "no line ends within a value");
        text += header.name + ":" + header.value + "\r\n";
    }
    text += "\r\n" + response.body;
    if (text.find("\r\n\r\n") + 4 > longest_sip_head || text.size() > longest_sip_message) return;
    const auto again = parse_sip_response(text);
    require(again && again->status == response.status && again->headers == response.headers,
            "it reads the same");
}

void check_challenges(const SipResponse& response) {
    SipLogin login;
    login.user = "u";
    login.password = Secret::copy_of("p");
    const auto challenges = challenges_of(response);
    const auto* const chosen = strongest(challenges, login);
    if (chosen == nullptr) return;
    const auto header = answer_to(*chosen, login, "NOTIFY", "sip:a@b", 1, "c");
    require(header.value.find_first_of("\r\n") == std::string::npos, "an answer is one line");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = provost::fuzz::text_of(data, size);
    if (const auto length = sip_message_size(text)) {
        require(*length <= size && *length <= longest_sip_message, "no more than there is");
        if (*length != 0) (void)parse_sip_response(text.substr(0, *length));
    }
    if (const auto uri = parse_sip_uri(text)) {
        const auto again = parse_sip_uri(uri->text());
        require(again.has_value() && *again == *uri, "an address reads the same");
    }
    const auto response = parse_sip_response(text);
    if (!response) return 0;
    require(response->status >= 100 && response->status <= 699, "a status there is");
    require(response->headers.size() <= most_sip_headers, "not too many headers");
    check_again(*response);
    check_challenges(*response);
    return 0;
}
