// The log on stderr: one line each, with a name from the catalogue (docs/reference/events.md) and fields.
#pragma once

#include "base/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

enum class LogForm : std::uint8_t { text, json };
enum class LogLevel : std::uint8_t { trace, debug, info, warning, error, critical, off };

using LogFields = std::vector<std::pair<std::string_view, std::string>>;

// One line without its end. Every line has time, level, event and message, in this order; fields follow. What
// strangers sent can't end a line or a text: it is escaped here.
std::string log_line(LogForm form, std::string_view time, LogLevel level, std::string_view event,
                     std::string_view message, const LogFields& fields);

// Code, where, why and fix of an error, those that are told.
LogFields fields_of(const Error& error);

// Before other threads run. "warning"; an unknown level is taken as "info".
void set_log(LogForm form, std::string_view level);
// Whole lines, from any thread. Never fails: what stderr does not take is lost.
void log_event(LogLevel level, std::string_view event, std::string_view message,
               const LogFields& fields = {});

}  // namespace provost
