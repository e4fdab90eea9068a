#include "app/cli/command.h"

#include <memory>

#include <boost/json.hpp>

namespace provost::cli {

void add_webhook(Command root, Shell& shell) {
    auto noun = root.add_group("webhook", "programs that are told of events");
    noun.add("list", "those of the configuration, and how far each is").action([&shell] {
        if (const auto answer = shell.call("GET", "/v1/webhooks"))
            print_items(shell, answer->at("items").as_array(),
                        {{"NAME", "name"},
                         {"TARGET", "target"},
                         {"TENANT", "tenant"},
                         {"POSITION", "position"},
                         {"BEHIND", "behind"},
                         {"SENT", "sent"},
                         {"FAILED", "failed"},
                         {"ANSWERED", "answered"},
                         {"WAITING SINCE", "waiting_since"},
                         {"TROUBLE", "trouble"}});
    });
    const auto name = std::make_shared<std::string>();
    auto test = noun.add("test", "send one of them a test, at once");
    test.option("name", *name, "its name in the configuration").required();
    test.action([&shell, name] {
        if (const auto answer = shell.call("POST", "/v1/webhooks/" + *name + "/test"))
            print_object(shell, answer->as_object());
    });
}

}  // namespace provost::cli
