#include "app/cli/command.h"
#include "service/event_catalogue.h"

#include <boost/json.hpp>

namespace provost::cli {

void add_event_kinds(Command noun, Shell& shell) {
    noun.add("kinds", "every name that an event or a line of the log may have; needs no server")
        .action([&shell] {
            json::array items;
            for (const auto& one : event_catalogue())
                items.push_back({{"name", one.name},
                                 {"where", one.where},
                                 {"from", one.from},
                                 {"meaning", one.meaning},
                                 {"next_step", one.next},
                                 {"alert", one.alert}});
            print_items(shell, items,
                        {{"NAME", "name"},
                         {"WHERE", "where"},
                         {"ALERT", "alert"},
                         {"MEANING", "meaning"},
                         {"WHAT TO DO", "next_step"}});
        });
}

}  // namespace provost::cli
