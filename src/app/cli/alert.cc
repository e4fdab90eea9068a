#include "app/cli/command.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

void add_alert(Command root, Shell& shell) {
    auto noun = root.add_group("alert", "who is told at once");
    noun.add("test", "send a test to every target for alerts").action([&shell] {
        if (const auto answer = shell.call("POST", "/v1/alerts/test"))
            print_object(shell, answer->as_object());
    });
    noun.add("targets", "whom the server writes to, and whether it reaches them").action([&shell] {
        if (const auto answer = shell.call("GET", "/v1/alerts"))
            print_items(shell, answer->at("items").as_array(),
                        {{"TARGET", "target"},
                         {"SENT", "sent"},
                         {"FAILED", "failed"},
                         {"DROPPED", "dropped"},
                         {"WAITING", "waiting"},
                         {"TROUBLE", "trouble"}});
    });
}

}  // namespace provost::cli
