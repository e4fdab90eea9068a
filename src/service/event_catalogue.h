// Every name that an event of the store or a line of the log may have, with what it means and what to do. A
// test compares it with the source and with docs/reference/events.md.
#pragma once

#include <span>
#include <string_view>

namespace provost {

struct EventName {
    std::string_view name;
    std::string_view where;       // "event": kept in the store; "log": a line on stderr
    std::string_view from;        // who causes it: "phone", "person", "clock"; of a line its level
    std::string_view meaning;     // when it is written
    std::string_view next;        // what to do
    std::string_view alert = {};  // "info", "warning", "critical"; empty: it alerts nobody
};

std::span<const EventName> event_catalogue();

}  // namespace provost
