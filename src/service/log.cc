#include "service/log.h"

#include "base/clock.h"
#include "domain/text.h"

#include <algorithm>
#include <array>
#include <atomic>

#include <unistd.h>

namespace provost {

namespace {

constexpr std::array<std::string_view, 7> level_names{"trace", "debug",    "info", "warning",
                                                      "error", "critical", "off"};

// Set once, before the threads begin.
std::atomic<LogForm> form_in_use = LogForm::text;
std::atomic<LogLevel> least_level = LogLevel::info;

// RFC 8259 section 7. Bytes that are no UTF-8 can't stand in JSON: such a text is escaped as a whole.
void append_json(std::string& out, std::string_view given) {
    const std::string shown = is_valid_utf8(given) ? std::string(given) : printable(given, given.size());
    constexpr std::string_view digits = "0123456789abcdef";
    out += '"';
    for (const char c : shown) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (byte < 0x20 || byte == 0x7f)
            ((out += "\\u00") += digits[byte >> 4U]) += digits[byte & 0xFU];
        else
            out += c;
    }
    out += '"';
}

std::string_view name_of(LogLevel level) {
    return level_names[static_cast<std::size_t>(level)];
}

// Control characters alone are escaped, so that names in other scripts stay readable.
std::string one_line(std::string_view text) {
    return is_clean_text(text) ? std::string(text) : printable(text, text.size());
}

std::string json_line(std::string_view time, LogLevel level, std::string_view event, std::string_view message,
                      const LogFields& fields) {
    std::string line = R"({"time":)";
    append_json(line, time);
    append_json(line += R"(,"level":)", name_of(level));
    append_json(line += R"(,"event":)", event);
    append_json(line += R"(,"message":)", message);
    for (const auto& [name, value] : fields) {
        append_json(line += ',', name);
        append_json(line += ':', value);
    }
    return line += '}';
}

}  // namespace

std::string log_line(LogForm form, std::string_view time, LogLevel level, std::string_view event,
                     std::string_view message, const LogFields& fields) {
    if (form == LogForm::json) return json_line(time, level, event, message, fields);
    std::string line;
    line.append(time).append(" ").append(name_of(level)).append(" ").append(event).append(": ");
    line += one_line(message);
    for (const auto& [name, value] : fields)
        line.append(", ").append(name).append(" ").append(one_line(value));
    return line;
}

LogFields fields_of(const Error& error) {
    LogFields fields;
    for (const auto& [name, text] :
         {std::pair("code", &error.code), {"where", &error.where}, {"why", &error.why}, {"fix", &error.fix}})
        if (!text->empty()) fields.emplace_back(name, *text);
    return fields;
}

void set_log(LogForm form, std::string_view level) {
    const auto* const found = std::find(level_names.begin(), level_names.end(), level);
    form_in_use = form;
    least_level =
        found == level_names.end() ? LogLevel::info : static_cast<LogLevel>(found - level_names.begin());
}

void log_event(LogLevel level, std::string_view event, std::string_view message, const LogFields& fields) {
    if (level < least_level.load()) return;
    auto line = log_line(form_in_use, to_rfc3339(SystemClock().now()), level, event, message, fields);
    line += '\n';
    (void)!::write(STDERR_FILENO, line.data(), line.size());  // one call: lines of two threads don't mix
}

}  // namespace provost
