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

std::string_view name_of(LogLevel level) {
    return level_names[static_cast<std::size_t>(level)];
}

// Control characters alone are escaped, so that names in other scripts stay readable.
std::string one_line(std::string_view text) {
    return is_clean_text(text) ? std::string(text) : printable(text, text.size());
}

std::string json_line(std::string_view time, LogLevel level, std::string_view event, std::string_view message,
                      const LogFields& fields) {
    std::string line = R"({"time":)" + json_text(time);
    line.append(R"(,"level":)").append(json_text(name_of(level)));
    line.append(R"(,"event":)").append(json_text(event));
    line.append(R"(,"message":)").append(json_text(message));
    for (const auto& [name, value] : fields)
        line.append(",").append(json_text(name)).append(":").append(json_text(value));
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
