// Whatever a stranger sends, it stays where it belongs: in a review as text and as a page, and in an alert by
// every way.
#include "service/review_page.h"

#include "fuzz.h"
#include "service/alert_wire.h"

#include <algorithm>
#include <array>
#include <string>

using namespace provost;
using provost::fuzz::require;

namespace {

using Parts = std::array<std::string, 5>;

Event event_of(const Parts& parts) {
    Event event;
    event.id = 1;
    event.kind = "tripwire";
    event.source = "192.0.2.1";
    event.path = parts[0];
    event.user_agent = parts[1];
    event.detail = parts[2];
    event.method = parts[3];
    event.vendor = parts[4];
    return event;
}

Review review_of(const Event& event) {
    ReviewTally tally(
        {[](TenantId) { return std::string("acme"); }, [](MacAddress) { return std::string(); }});
    tally.take(event);
    auto untrusted = event;
    untrusted.kind = "visit";
    untrusted.rule = "certificate-untrusted";
    untrusted.detail = "issuer " + event.detail;
    tally.take(untrusted);
    return tally.finish({}, {});
}

bool is_clean(std::string_view text, std::string_view allowed) {
    return std::all_of(text.begin(), text.end(), [&](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7f) || allowed.find(c) != allowed.npos;
    });
}

std::string tags_of(const std::string& page) {
    std::string tags;
    for (std::size_t at = page.find('<'); at != page.npos; at = page.find('<', at + 1))
        tags += page.substr(at, page.find('>', at) - at + 1);
    return tags;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto plain_tags = tags_of(review_html(review_of(event_of({"a", "b", "c", "d", "e"})), "1"));
    Parts parts{"a", "b", "c", "d", "e"};
    auto rest = fuzz::text_of(data, std::min<std::size_t>(size, 4096));
    for (auto& part : parts) {
        part += rest.substr(0, rest.find('\n'));
        rest.remove_prefix(
            std::min(rest.size(), rest.find('\n') == rest.npos ? rest.size() : rest.find('\n') + 1));
    }
    const auto event = event_of(parts);
    const auto review = review_of(event);
    require(is_clean(review_text(review), "\n"), "the text has no control characters");
    const auto page = review_html(review, "1");
    require(is_clean(page, "\n"), "the page has no control characters");
    require(tags_of(page) == plain_tags, "the page has our tags only");
    const auto signal = signal_of(event);
    require(signal.has_value(), "it alerts");
    Alert alert;
    alert.examples = {signal->example};
    const auto message = message_of(alert, "msg_1", "host");
    require(is_clean(message.json, "") && is_clean(message.subject, ""), "a message's lines are lines");
    require(from_stored(to_stored({message})) == std::vector<AlertMessage>{message}, "a message reads back");
    require(is_clean(syslog_line(message, "host", "1"), ""), "a line of syslog is one");
    const auto mail = mail_of(message, "a@example.com", {"b@example.com"}, "host", Timestamp());
    require(is_clean(mail, "\r\n"), "a mail has no control characters");
    require(mail.find("\n.") == mail.npos, "a mail does not end early");
    return 0;
}
