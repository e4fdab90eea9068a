#include "app/cli/command.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct SearchOptions {
    std::string text, tenant;
};

void search(Shell& shell, const SearchOptions& options) {
    std::map<std::string, std::string> query{{"q", options.text}};
    if (!options.tenant.empty()) query["tenant"] = options.tenant;
    const auto answer = shell.call("GET", "/v1/search", query);
    if (!answer) return;
    const auto& body = answer->as_object();
    if (shell.output == "json") return print_object(shell, body);
    const auto& items = body.at("items").as_array();
    print_items(shell, items,
                {{"MAC", "mac"},
                 {"TENANT", "tenant"},
                 {"SITE", "site"},
                 {"VENDOR", "vendor"},
                 {"MODEL", "model"},
                 {"STATE", "state"},
                 {"LABEL", "label"},
                 {"FOUND BY", "found"}});
    if (shell.output != "table") return;
    for (const auto& one : body.at("tenants").as_array())
        std::cerr << "tenant " << member_text(one.as_object(), "slug") << ": "
                  << member_text(one.as_object(), "name") << "\n";
    if (items.empty() && body.at("tenants").as_array().empty())
        std::cerr
            << "nothing found. Parts of a MAC have three digits or more; numbers, names and addresses are "
               "found by how they begin\n";
    if (body.at("more").as_bool()) std::cerr << "there may be more: the best 20 are shown\n";
}

}  // namespace

void add_search(Command root, Shell& shell) {
    const auto options = std::make_shared<SearchOptions>();
    auto command = root.add("search", "find devices by MAC, number, name or address");
    command
        .option("text", options->text,
                "a MAC or part of it in any spelling, its last digits, a number, a name, an address")
        .required();
    command.option("--tenant", options->tenant, "of this tenant and all below it");
    command.action([&shell, options] { search(shell, *options); });
}

}  // namespace provost::cli
