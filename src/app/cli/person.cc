#include "app/cli/command.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct PersonOptions {
    std::string login, name, role, tenant, session;
};

constexpr const char* no_such_person = "P-8611";

// A person by its login.
std::optional<std::string> path_of(Shell& shell, const std::string& login) {
    const auto answer = shell.call("GET", "/v1/people");
    if (!answer) return std::nullopt;
    for (const auto& item : answer->at("items").as_array())
        if (member_text(item.as_object(), "login") == login)
            return "/v1/people/" + member_text(item.as_object(), "id");
    shell.fail({no_such_person, "there is no such person", login, "", "'provost person list' shows them."});
    return std::nullopt;
}

void add_adding(Command noun, Shell& shell, const std::shared_ptr<PersonOptions>& options) {
    auto add = noun.add("add", "let a person sign in; prints its one-time login");
    add.option("login", options->login, "a name or mail address, in lower case").required();
    add.option("--role", options->role, "what it may do")
        .required()
        .one_of({"platform", "reseller", "tenant-admin", "support", "auditor"});
    add.option("--tenant", options->tenant, "where, with all tenants below; '*' is everywhere");
    add.option("--name", options->name, "as others call it");
    add.action([&shell, options] {
        json::object body{{"login", options->login}, {"role", options->role}};
        if (!options->name.empty()) body["name"] = options->name;
        if (!options->tenant.empty()) body["tenant"] = options->tenant;
        if (const auto answer = shell.call("POST", "/v1/people", {}, json::serialize(body)))
            print_object(shell, answer->as_object());
    });
}

void add_state(Command noun, Shell& shell, const std::shared_ptr<PersonOptions>& options) {
    const auto set = [&](const char* verb, const char* state, const char* help) {
        auto command = noun.add(verb, help);
        command.option("login", options->login, "whose").required();
        command.action([&shell, options, state] {
            const auto path = path_of(shell, options->login);
            if (!path) return;
            const json::object body{{"state", state}};
            if (const auto answer = shell.call("PATCH", *path, {}, json::serialize(body)))
                print_object(shell, answer->as_object());
        });
    };
    set("disable", "disabled", "let a person sign in no more, and end its sessions and tokens");
    set("enable", "active", "let it sign in again");
}

void add_sessions(Command noun, Shell& shell, const std::shared_ptr<PersonOptions>& options) {
    auto list = noun.add("sessions", "list where a person is signed in");
    list.option("login", options->login, "whose").required();
    list.action([&shell, options] {
        const auto path = path_of(shell, options->login);
        if (!path) return;
        if (const auto answer = shell.call("GET", *path + "/sessions"))
            print_items(shell, answer->at("items").as_array(),
                        {{"ID", "id"},
                         {"SINCE", "created"},
                         {"LAST USED", "used"},
                         {"FROM", "source"},
                         {"HOW", "how"},
                         {"BROWSER", "agent"}});
    });
    auto end = noun.add("end-session", "end one of them, or all");
    end.option("login", options->login, "whose").required();
    end.option("session", options->session,
               "its id, as 'person sessions' prints it; all where it is left out");
    end.action([&shell, options] {
        const auto path = path_of(shell, options->login);
        if (!path) return;
        const auto which = options->session.empty() ? "/sessions" : "/sessions/" + options->session;
        if (const auto answer = shell.call("DELETE", *path + which)) print_object(shell, answer->as_object());
    });
}

}  // namespace

void add_person(Command root, Shell& shell) {
    auto noun = root.add_group("person", "people who sign in to the web interface");
    const auto options = std::make_shared<PersonOptions>();
    auto list = noun.add("list", "list them by login");
    list.action([&shell] {
        if (const auto answer = shell.call("GET", "/v1/people"))
            print_items(shell, answer->at("items").as_array(),
                        {{"LOGIN", "login"},
                         {"NAME", "name"},
                         {"ROLE", "role"},
                         {"TENANT", "tenant"},
                         {"STATE", "state"},
                         {"FACTORS", "factors"},
                         {"CREATED", "created"}});
    });
    add_adding(noun, shell, options);
    add_state(noun, shell, options);
    add_sessions(noun, shell, options);
    auto reset = noun.add("reset", "take a person's factors away; prints a one-time login");
    reset.option("login", options->login, "whose").required();
    reset.action([&shell, options] {
        const auto path = path_of(shell, options->login);
        if (!path) return;
        if (const auto answer = shell.call("POST", *path + "/reset"))
            print_object(shell, answer->as_object());
    });
    auto remove = noun.add("remove", "remove a person");
    remove.option("login", options->login, "whom").required();
    remove.action([&shell, options] {
        const auto path = path_of(shell, options->login);
        if (!path) return;
        if (const auto answer = shell.call("DELETE", *path)) print_object(shell, answer->as_object());
    });
}

void add_admin(Command root, Shell& shell) {
    auto noun = root.add_group("admin", "the way back in, on the server's host");
    const auto options = std::make_shared<PersonOptions>();
    auto reset = noun.add("reset-login", "make a one-time login for a platform admin; its factors go");
    reset.option("login", options->login, "whose; 'admin' where it is left out");
    reset.action([&shell, options] {
        json::object body;
        if (!options->login.empty()) body["login"] = options->login;
        if (const auto answer = shell.call("POST", "/v1/admin-login", {}, json::serialize(body)))
            print_object(shell, answer->as_object());
    });
}

}  // namespace provost::cli
