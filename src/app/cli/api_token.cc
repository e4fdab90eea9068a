#include "app/cli/command.h"

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct ApiTokenOptions {
    std::string name, role, tenant, lasts, id;
    bool write = false, sensitive = false;
};

}  // namespace

void add_api_token(Command root, Shell& shell) {
    auto noun = root.add_group("token", "tokens by which programs use the REST API");
    const auto options = std::make_shared<ApiTokenOptions>();
    auto create = noun.add("create", "make one; it is printed once");
    create.option("name", options->name, "what it is for").required();
    create.option("--role", options->role, "what it may do")
        .required()
        .one_of({"platform", "reseller", "tenant-admin", "support", "auditor"});
    create.option("--tenant", options->tenant, "where, with all tenants below; without it everywhere");
    create.option("--lasts", options->lasts, "how long, at most 90d; default 30d");
    auto write = create.flag("--write", options->write, "may change things too");
    create
        .flag("--sensitive", options->sensitive,
              "also what a person must prove itself for again: arm, reveal")
        .needs(write);
    create.action([&shell, options] {
        json::object body{{"name", options->name},
                          {"role", options->role},
                          {"write", options->write},
                          {"sensitive", options->sensitive}};
        if (!options->tenant.empty()) body["tenant"] = options->tenant;
        if (!options->lasts.empty()) body["lasts"] = options->lasts;
        if (const auto answer = shell.call("POST", "/v1/tokens", {}, json::serialize(body)))
            print_object(shell, answer->as_object());
    });
    auto list = noun.add("list", "list them");
    list.action([&shell] {
        if (const auto answer = shell.call("GET", "/v1/tokens"))
            print_items(shell, answer->at("items").as_array(),
                        {{"ID", "id"},
                         {"NAME", "name"},
                         {"ROLE", "role"},
                         {"TENANT", "tenant"},
                         {"WRITE", "write"},
                         {"SENSITIVE", "sensitive"},
                         {"UNTIL", "until"},
                         {"USED", "used"},
                         {"BY", "creator"}});
    });
    auto revoke = noun.add("revoke", "end one at once");
    revoke.option("id", options->id, "its number").required();
    revoke.action([&shell, options] {
        if (const auto answer = shell.call("DELETE", "/v1/tokens/" + options->id))
            print_object(shell, answer->as_object());
    });
}

}  // namespace provost::cli
