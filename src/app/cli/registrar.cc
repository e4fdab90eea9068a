#include "app/cli/command.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct RegistrarOptions {
    std::string name, account, user, realm;
    bool repair = false;
};
using RegistrarOptionsPtr = std::shared_ptr<RegistrarOptions>;

void list(Shell& shell) {
    const auto answer = shell.call("GET", "/v1/registrars");
    if (answer)
        print_items(shell, answer->at("items").as_array(),
                    {{"NAME", "name"},
                     {"KIND", "kind"},
                     {"STATE", "state"},
                     {"WAITING", "waiting"},
                     {"REFUSED", "refused"},
                     {"OLDEST", "oldest"},
                     {"TROUBLE", "trouble"}});
}

void status(Shell& shell, const RegistrarOptions& options) {
    auto answer = shell.call("GET", "/v1/registrars/" + options.name);
    if (!answer) return;
    if (shell.output != "table") {
        std::cout << json::serialize(*answer) << "\n";
        return;
    }
    const auto refused = answer->at("refused_accounts").as_array();
    answer->as_object().erase("refused_accounts");
    print_object(shell, answer->as_object());
    if (refused.empty()) return;
    std::cout << "\nRefused\n";
    print_items(shell, refused,
                {{"USER", "user"},
                 {"REALM", "realm"},
                 {"DEVICE", "device"},
                 {"TRIES", "tries"},
                 {"NEXT", "next"},
                 {"TROUBLE", "trouble"}});
}

void replay(Shell& shell, const RegistrarOptions& options) {
    json::object body;
    if (!options.account.empty()) body["account"] = options.account;
    const auto answer =
        shell.call("POST", "/v1/registrars/" + options.name + "/replay", {}, json::serialize(body));
    if (answer) print_object(shell, answer->as_object());
}

// Exit 3 where something differs that was not repaired and is not a stranger's.
void check(Shell& shell, const RegistrarOptions& options) {
    auto answer = shell.call("POST", "/v1/registrars/" + options.name + "/check", {},
                             json::serialize(json::object{{"repair", options.repair}}));
    if (!answer) return;
    const auto drifts = answer->at("drifts").as_array();
    for (const auto& one : drifts)
        if (member_text(one.as_object(), "what") != "foreign" && !one.at("repaired").as_bool())
            shell.exit = partly;
    if (shell.output != "table") {
        std::cout << json::serialize(*answer) << "\n";
        return;
    }
    answer->as_object().erase("drifts");
    print_object(shell, answer->as_object());
    if (drifts.empty()) return;
    std::cout << "\n";
    print_items(shell, drifts,
                {{"WHAT", "what"},
                 {"USER", "user"},
                 {"REALM", "realm"},
                 {"DEVICE", "device"},
                 {"NEXT STEP", "next_step"}});
}

Command verb(Command noun, const RegistrarOptionsPtr& options, std::string_view name, std::string_view help) {
    auto command = noun.add(name, help);
    command.option("name", options->name, "its name in the configuration").required();
    return command;
}

}  // namespace

void add_registrar(Command root, Shell& shell) {
    auto noun = root.add_group("registrar", "SIP servers that learn the phones' digests");
    const auto options = std::make_shared<RegistrarOptions>();
    noun.add("list", "those of the configuration, and whether they answer").action([&shell] { list(shell); });
    verb(noun, options, "status", "one of them, with what it refused").action([&shell, options] {
        status(shell, *options);
    });
    auto replaying = verb(noun, options, "replay", "tell it now what waits for it, also what it refused");
    replaying.option("--account", options->account, "of this user only");
    replaying.action([&shell, options] { replay(shell, *options); });
    auto checking = verb(noun, options, "check", "compare its accounts with what it was told");
    checking.flag("--repair", options->repair, "withdraw again what should be gone");
    checking.action([&shell, options] { check(shell, *options); });
    auto telling =
        noun.add("registered", "say that a phone registered: its grace ends, its password is destroyed");
    telling.option("user", options->user, "the account's user").required();
    telling.option("realm", options->realm, "its realm").required();
    telling.action([&shell, options] {
        const json::object body{{"user", options->user}, {"realm", options->realm}};
        if (const auto answer = shell.call("POST", "/v1/registrations", {}, json::serialize(body)))
            print_object(shell, answer->as_object());
    });
}

}  // namespace provost::cli
