#include "app/cli/command.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct BanOptions {
    std::string network, length, reason, which;
    bool all = false, nft = false;
};

constexpr const char* no_such_ban = "P-6005";

// A ban by its number, or by its network as it is listed.
std::optional<std::string> number_of(Shell& shell, const std::string& which) {
    if (which.find_first_not_of("0123456789") == which.npos) return which;
    const auto answer = shell.call("GET", "/v1/bans", {{"all", "true"}});
    if (!answer) return std::nullopt;
    for (const auto& item : answer->at("items").as_array()) {
        const auto network = member_text(item.as_object(), "network");
        if (network == which || network == which + "/32" || network == which + "/128")
            return member_text(item.as_object(), "id");
    }
    shell.fail({no_such_ban, "there is no such ban", which, "", "'provost ban list' shows them."});
    return std::nullopt;
}

void print_nft(Shell& shell) {
    if (const auto answer = shell.call_raw("GET", "/v1/bans", {{"format", "nft"}}, {}))
        std::cout << answer->body;
}

void add_adding(Command noun, Shell& shell, const std::shared_ptr<BanOptions>& options) {
    auto add = noun.add("add", "keep a network out, before TLS");
    add.option("network", options->network, "such as 192.0.2.7, 198.51.100.0/24 or 2001:db8::/48").required();
    add.option("--for", options->length, "how long, such as 1h or 7d; without it: until it is removed");
    add.option("--reason", options->reason, "why").required();
    add.action([&shell, options] {
        json::object body{{"network", options->network}, {"reason", options->reason}};
        if (!options->length.empty()) body["for"] = options->length;
        if (const auto answer = shell.call("POST", "/v1/bans", {}, json::serialize(body)))
            print_object(shell, answer->as_object());
    });
}

}  // namespace

void add_ban(Command root, Shell& shell) {
    auto noun = root.add_group("ban", "networks that are kept out");
    const auto options = std::make_shared<BanOptions>();
    auto list = noun.add("list", "list banned networks, newest first");
    auto all = list.flag("--all", options->all, "also those that have ended");
    list.flag("--nft", options->nft, "as a script for nft -f").excludes(all);
    list.action([&shell, options] {
        std::map<std::string, std::string> query;
        if (options->all) query["all"] = "true";
        if (options->nft) return print_nft(shell);
        if (const auto answer = shell.call("GET", "/v1/bans", query))
            print_items(shell, answer->at("items").as_array(),
                        {{"ID", "id"},
                         {"NETWORK", "network"},
                         {"RULE", "rule"},
                         {"LEVEL", "level"},
                         {"MADE", "made"},
                         {"UNTIL", "until"},
                         {"HOLDS", "holds"},
                         {"BY", "actor"},
                         {"EVIDENCE", "evidence"}});
    });
    add_adding(noun, shell, options);
    auto remove = noun.add("remove", "let a network in again");
    remove.option("ban", options->which, "its number or network").required();
    remove.action([&shell, options] {
        const auto number = number_of(shell, options->which);
        if (!number) return;
        if (const auto answer = shell.call("DELETE", "/v1/bans/" + *number))
            print_object(shell, answer->as_object());
    });
}

}  // namespace provost::cli
