#include "service/alert_wire.h"

#include "crypto/base_text.h"
#include "crypto/hmac.h"
#include "domain/text.h"

#include <array>
#include <ctime>

namespace provost {

namespace {

constexpr std::string_view key_mark = "whsec_";
constexpr std::size_t longest_line = 2000;  // receivers take 2048 bytes at least (RFC 5424 section 6.1)
constexpr int authpriv = 10;

int severity_of(AlertWeight weight) {
    switch (weight) {
        case AlertWeight::critical:
            return 2;
        case AlertWeight::warning:
            return 4;
        case AlertWeight::info:
            break;
    }
    return 6;
}

std::string priority(const AlertMessage& message) {
    return "<" + std::to_string(authpriv * 8 + severity_of(message.weight)) + ">";
}

std::string name_of(std::string_view text, std::size_t most) {  // PRINTUSASCII, not empty
    std::string out;
    for (const char c : text.substr(0, most)) out += c > ' ' && c < '\x7f' ? c : '-';
    return out.empty() ? "-" : out;
}

// A head stands alone, so that whoever reads the log finds it; of an alert the object says most.
std::string content(const AlertMessage& message) {
    return printable(message.name == "alert" ? message.json : message.text, longest_line);
}

std::string mail_date(Timestamp now) {
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto rfc3339 = to_rfc3339(now);
    return std::string(days[static_cast<std::size_t>(parts.tm_wday)]) + ", " + rfc3339.substr(8, 2) + " " +
           months[static_cast<std::size_t>(parts.tm_mon)] + " " + rfc3339.substr(0, 4) + " " +
           rfc3339.substr(11, 8) + " +0000";
}

// No line of a mail is longer than 998 bytes, and none of ours holds a control character.
std::string mail_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        out += (line.starts_with('.') ? " " : "") + printable(line, 900) + "\r\n";
    }
    return out;
}

}  // namespace

std::vector<std::string> webhook_headers(const std::string& id, const std::string& body, const Secret& key,
                                         Timestamp now) {
    const auto seconds = std::to_string(to_millis(now) / 1000);
    const auto mac = hmac_sha256(key, id + "." + seconds + "." + body);
    return {"Content-Type: application/json", "webhook-id: " + id, "webhook-timestamp: " + seconds,
            "webhook-signature: v1," + to_base64(mac)};
}

std::optional<Secret> parse_webhook_key(std::string_view text) {
    text = trim(text);
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    if (!text.starts_with(key_mark)) return std::nullopt;
    auto bytes = from_base64(text.substr(key_mark.size()));
    if (!bytes || bytes->size() < 24 || bytes->size() > 64) return std::nullopt;
    return Secret::take(std::move(*bytes));
}

std::string mail_of(const AlertMessage& message, const std::string& from, const std::vector<std::string>& to,
                    std::string_view host, Timestamp now) {
    std::string weight(to_text(message.weight));
    for (char& c : weight) c = static_cast<char>(c - 'a' + 'A');
    std::string mail = "From: Provost <" + from + ">\r\nTo: ";
    for (std::size_t i = 0; i < to.size(); ++i) mail += (i == 0 ? "" : ",\r\n ") + to[i];
    mail += "\r\nSubject: [Provost] " + weight + ": " + printable(message.subject, 200) +
            "\r\nDate: " + mail_date(now) + "\r\nMessage-ID: <" + name_of(message.id, 64) + "@" +
            name_of(host, 128) + ">\r\n";
    mail +=
        "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
        "charset=us-ascii\r\n"
        "Content-Transfer-Encoding: 7bit\r\n\r\n";
    return mail + mail_lines(message.text);
}

std::string syslog_line(const AlertMessage& message, std::string_view host, std::string_view process) {
    return priority(message) + "1 " + to_rfc3339(message.at) + " " + name_of(host, 255) + " provost " +
           name_of(process, 128) + " " + name_of(message.name, 32) + " - " + content(message);
}

std::string local_syslog_line(const AlertMessage& message, std::string_view process) {
    return priority(message) + "provost[" + std::string(process) + "]: " + content(message);
}

std::string counted(std::string_view line) {
    return std::to_string(line.size()) + " " + std::string(line);
}

}  // namespace provost
