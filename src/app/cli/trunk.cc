#include "app/cli/command.h"
#include "app/cli/token.h"
#include "base/secret.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct TrunkOptions {
    std::string mac, tenant, pbx, model, site, user, registrar, name, authentication;
    TokenOptions token;
    std::vector<std::string> settings;
    bool show = false;
};
using TrunkOptionsPtr = std::shared_ptr<TrunkOptions>;

const std::vector<Column> trunk_columns = {
    {"MAC", "mac"},    {"USER", "user"},   {"NAME", "name"},           {"TENANT", "tenant"},
    {"PBX", "vendor"}, {"STATE", "state"}, {"LAST SEEN", "last_seen"}, {"FROM", "last_source"}};

json::object draft(const TrunkOptions& options) {
    json::object body;
    const std::pair<const char*, const std::string*> members[] = {
        {"tenant", &options.tenant}, {"pbx", &options.pbx},   {"model", &options.model},
        {"site", &options.site},     {"user", &options.user}, {"authentication", &options.authentication}};
    for (const auto& [name, text] : members)
        if (!text->empty()) body[name] = *text;
    auto settings = assignments(options.settings);
    if (!options.registrar.empty()) settings["line.1.registrar_host"] = options.registrar;
    if (!options.name.empty()) settings["line.1.label"] = options.name;
    if (!settings.empty()) body["settings"] = std::move(settings);
    return body;
}

// As it came: the PBX's own format, for a file or a pipe.
void print_file(Shell& shell, const std::string& mac) {
    auto answer = shell.call_raw("POST", "/v1/trunks/" + mac + "/file", {}, "");
    if (!answer) return;
    std::cout << answer->body << std::flush;
    wipe(answer->body.data(), answer->body.size());
    std::cerr << "The password in it is told this once. Keep the file readable to the PBX only.\n";
}

void add(Shell& shell, const TrunkOptions& options) {
    const auto answer = shell.call("POST", "/v1/trunks", {}, json::serialize(draft(options)));
    if (!answer) return;
    const auto mac = member_text(answer->as_object(), "mac");
    if (options.show) {
        std::cerr << "trunk " << mac << " was added\n";
        return print_file(shell, mac);
    }
    print_object(shell, answer->as_object());
    if (shell.output != "table") return;
    std::cerr << "It is armed. Hand its file over, once:\n"
              << "  provost trunk token " << mac << "      an address from which the PBX fetches it\n"
              << "  provost trunk show " << mac << "       or here, to be copied\n";
}

// What a person pastes at the PBX. The file is written only where all of it came.
void token(Shell& shell, const TrunkOptions& options) {
    const auto told = make_token(shell, options.mac, options.token);
    if (!told) return;
    print_object(shell, *told);
    if (shell.output != "table") return;
    std::cerr << "At the PBX, once:\n  (umask 077; curl --fail --silent --show-error -o provost-trunk '"
              << member_text(*told, "address") << "')\n";
}

// What people know a trunk by stands among its settings; programs get those as they are.
void add_names(json::array& trunks) {
    for (auto& item : trunks) {
        auto& trunk = item.as_object();
        const auto settings = trunk["settings"].as_object();
        const auto label = member_text(settings, "line.1.label");
        trunk["user"] = member_text(settings, "line.1.user");
        trunk["name"] = label.empty() ? member_text(settings, "line.1.display_name") : label;
    }
}

void list(Shell& shell, const TrunkOptions& options) {
    std::map<std::string, std::string> query;
    if (!options.tenant.empty()) query["tenant"] = options.tenant;
    auto all = shell.call_all("/v1/trunks", std::move(query));
    if (!all) return;
    if (shell.output == "table" || shell.output == "csv") add_names(*all);
    print_items(shell, *all, trunk_columns);
}

void add_adding(Command noun, Shell& shell, const TrunkOptionsPtr& options) {
    auto adding = noun.add("add", "add a trunk and arm it");
    adding.option("--tenant", options->tenant, "whose").required();
    adding.option("--pbx", options->pbx, "kind of PBX, as 'provost vendor list' shows them").required();
    adding.option("--user", options->user, "its account at the registrar").required();
    adding.option("--registrar", options->registrar, "registrar; default: the tenant's");
    adding.option("--name", options->name, "name for people");
    adding.option("--model", options->model, "as 'provost vendor show' lists them");
    adding.option("--site", options->site, "site within the tenant");
    adding.option("--set", options->settings, "a setting, NAME=VALUE such as line.1.transport=tls");
    adding.option("--authentication", options->authentication,
                  "digest (default); a trunk known by its address alone is refused");
    adding.flag("--show", options->show, "show its file at once, with its password");
    adding.action([&shell, options] { add(shell, *options); });
}

}  // namespace

void add_trunk(Command root, Shell& shell) {
    auto noun = root.add_group("trunk", "SIP trunks to PBXs");
    const auto options = std::make_shared<TrunkOptions>();
    add_adding(noun, shell, options);

    auto listing = noun.add("list", "list trunks");
    listing.option("--tenant", options->tenant, "of this tenant only");
    listing.action([&shell, options] { list(shell, *options); });

    auto show = noun.add("show", "show a trunk's file with its password, once");
    show.option("mac", options->mac, "the trunk, by its MAC").required();
    show.action([&shell, options] { print_file(shell, options->mac); });

    auto giving = noun.add("token", "make an address from which the PBX fetches its file, once");
    giving.option("mac", options->mac, "the trunk, by its MAC").required();
    add_token_options(giving, options->token);
    giving.action([&shell, options] { token(shell, *options); });
}

}  // namespace provost::cli
