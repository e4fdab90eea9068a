#include "api/csp_report.h"

#include "domain/text.h"
#include "service/log.h"

#include <boost/json.hpp>

namespace provost {

namespace {

namespace json = boost::json;
constexpr std::size_t longest = 128;

std::string text_of(const json::object& object, std::initializer_list<std::string_view> names) {
    for (const auto name : names)
        if (const auto* const value = object.if_contains(name); value != nullptr && value->is_string())
            return std::string(value->get_string());
    return {};
}

// "https://evil.example/a?b" -> "https://evil.example"; words such as "inline" stay.
std::string origin_of(std::string_view text) {
    const auto scheme = text.find("://");
    if (scheme == text.npos) return printable(text.substr(0, text.find_first_of(":?#/")), longest);
    return printable(text.substr(0, text.find_first_of("/?#", scheme + 3)), longest);
}

std::string path_of(std::string_view text) {
    const auto scheme = text.find("://");
    if (scheme == text.npos) return {};
    const auto path = text.find('/', scheme + 3);
    if (path == text.npos) return {};
    text.remove_prefix(path);
    return printable(text.substr(0, text.find_first_of("?#")), longest);
}

// The object that says it, in either form.
const json::object* find_report(const json::value& value) {
    if (value.is_array() && !value.get_array().empty() && value.get_array().front().is_object()) {
        const auto& first = value.get_array().front().get_object();
        const auto* const body = first.if_contains("body");
        return body != nullptr && body->is_object() ? &body->get_object() : nullptr;
    }
    if (!value.is_object()) return nullptr;
    const auto* const report = value.get_object().if_contains("csp-report");
    return report != nullptr && report->is_object() ? &report->get_object() : nullptr;
}

}  // namespace

std::optional<CspViolation> read_csp_report(std::string_view body) {
    boost::system::error_code error;
    json::parse_options options;
    options.max_depth = 8;
    const auto value = json::parse(body, error, {}, options);
    if (error) return std::nullopt;
    const auto* const report = find_report(value);
    if (report == nullptr) return std::nullopt;
    CspViolation violation;
    violation.directive = printable(
        text_of(*report, {"effective-directive", "effectiveDirective", "violated-directive"}), longest);
    violation.blocked = origin_of(text_of(*report, {"blocked-uri", "blockedURL"}));
    violation.page = path_of(text_of(*report, {"document-uri", "documentURL"}));
    if (violation.directive.empty()) return std::nullopt;
    return violation;
}

void CspReports::note(std::string_view body, Timestamp now) {
    const auto violation = read_csp_report(body);
    if (!violation || !told_.take(now)) return;
    log_event(
        LogLevel::warning, "web.csp-violation",
        "a browser reports that the content security policy stopped something",
        {{"directive", violation->directive}, {"blocked", violation->blocked}, {"page", violation->page}});
}

}  // namespace provost
