#include "api/role_page.h"
#include "app/cli/command.h"
#include "domain/role_table.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

void add_role(Command root, Shell& shell) {
    auto noun = root.add("role", "who may do what");
    noun.add("table", "the table of roles as docs/reference/roles.md has it; needs no server")
        .action([&shell] {
            if (shell.output == "table") {
                std::cout << role_page();
                return;
            }
            json::array items;
            for (const auto& traits : actions())
                for (std::size_t i = 0; i < role_count; ++i)
                    if (traits.grants[i] != Grant::none)
                        items.push_back({{"action", traits.name},
                                         {"role", to_text(static_cast<Role>(i))},
                                         {"below_only", traits.grants[i] == Grant::below},
                                         {"step_up", traits.step_up}});
            print_items(shell, items,
                        {{"ACTION", "action"},
                         {"ROLE", "role"},
                         {"BELOW ONLY", "below_only"},
                         {"STEP UP", "step_up"}});
        });
}

}  // namespace provost::cli
