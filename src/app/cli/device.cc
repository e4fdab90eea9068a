#include "app/cli/command.h"
#include "app/cli/device_care.h"
#include "app/cli/device_compare.h"
#include "app/cli/diagnose.h"
#include "app/cli/token.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct DeviceOptions {
    std::string mac, tenant, vendor, model, site, secret_mode, access, state, reason;
    TokenOptions token;
    std::vector<std::string> settings;
    bool forget_key = false, without_secrets = false, armed = false;
    bool not_rotated = false, now = false, suspected = false, muted = false;
};
using DeviceOptionsPtr = std::shared_ptr<DeviceOptions>;

const std::vector<Column> device_columns = {
    {"MAC", "mac"},     {"TENANT", "tenant"},       {"VENDOR", "vendor"},       {"MODEL", "model"},
    {"STATE", "state"}, {"SECRETS", "secret_mode"}, {"LAST SEEN", "last_seen"}, {"FROM", "last_source"}};

json::object draft(const DeviceOptions& options) {
    json::object body;
    const auto put = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) body[name] = value;
    };
    put("tenant", options.tenant);
    put("vendor", options.vendor);
    put("model", options.model);
    put("site", options.site);
    put("secret_mode", options.secret_mode);
    put("access", options.access);
    if (!options.settings.empty()) body["settings"] = assignments(options.settings);
    return body;
}

void add_draft_options(Command command, const DeviceOptionsPtr& options) {
    command.option("--vendor", options->vendor, "vendor; default: from the MAC's prefix");
    command.option("--model", options->model, "model");
    command.option("--site", options->site, "site within the tenant");
    command.option("--secrets", options->secret_mode, "purge, rotate or retain");
    command.option("--access", options->access,
                   "how it proves itself: certificate (default), digest, basic or token");
    command.option("--set", options->settings,
                   "a setting, NAME=VALUE such as line.1.user=u4711; an empty value removes it");
}

void list(Shell& shell, const DeviceOptions& options) {
    std::map<std::string, std::string> query;
    if (!options.tenant.empty()) query["tenant"] = options.tenant;
    if (!options.state.empty()) query["state"] = options.state;
    if (!options.vendor.empty()) query["vendor"] = options.vendor;
    if (!options.mac.empty()) query["mac"] = options.mac;
    if (options.not_rotated) query["not_rotated"] = "true";
    if (options.muted) query["muted"] = "true";
    const auto all = shell.call_all("/v1/devices", std::move(query));
    if (!all) return;
    print_items(shell, *all, device_columns);
    if (shell.output == "table") std::cerr << all->size() << (all->size() == 1 ? " device\n" : " devices\n");
}

void show(Shell& shell, const std::string& method, const std::string& path, const std::string& body = {}) {
    if (const auto answer = shell.call(method, path, {}, body)) print_object(shell, answer->as_object());
}

void preview(Shell& shell, const DeviceOptions& options) {
    std::map<std::string, std::string> query;
    if (options.without_secrets) query["without_secrets"] = "true";
    const auto answer = shell.call("GET", "/v1/devices/" + options.mac + "/preview", query);
    if (!answer) return;
    if (shell.output != "table") {
        std::cout << json::serialize(*answer) << "\n";
        return;
    }
    std::cout << member_text(answer->as_object(), "text") << std::flush;
    for (const auto& finding : answer->at("findings").as_array())
        std::cerr << "would not be served: " << text_of(finding) << "\n";
}

void lint(Shell& shell, const DeviceOptions& options) {
    const auto answer = shell.call("GET", "/v1/devices/" + options.mac + "/lint");
    if (!answer) return;
    const auto& items = answer->at("items").as_array();
    print_items(shell, items,
                {{"STATE", "state"},
                 {"RULE", "rule"},
                 {"ROW", "requirement"},
                 {"SEVERITY", "severity"},
                 {"SAYS", "says"},
                 {"DETAIL", "detail"}});
    for (const auto& item : items)
        if (member_text(item.as_object(), "state") == "broken") shell.exit = failed;
}

void print_hardening(const Shell& shell, const json::object& explained) {
    if (const auto& exceptions = explained.at("exceptions").as_array(); !exceptions.empty()) {
        std::cout << "\nExceptions\n";
        print_items(
            shell, exceptions,
            {{"ID", "id"}, {"RULE", "rule"}, {"OWNER", "owner"}, {"UNTIL", "until"}, {"REASON", "reason"}});
    }
    if (const auto& overruled = explained.at("overruled").as_array(); !overruled.empty()) {
        std::cout << "\nOverruled by the hardening profile\n";
        print_items(shell, overruled,
                    {{"SETTING", "setting"},
                     {"VALUE", "value"},
                     {"LAYER", "layer"},
                     {"FROM", "layer_name"},
                     {"RULE", "rule"}});
    }
}

// What other layers say, in one column, and how sure the vendor file is beside its sources.
json::array for_table(const json::array& parameters) {
    json::array rows;
    for (auto row : parameters) {
        auto& line = row.as_object();
        std::string otherwise;
        for (const auto& one : line["otherwise"].as_array()) {
            const auto& said = one.as_object();
            otherwise += (otherwise.empty() ? "" : "; ") + member_text(said, "layer") + " " +
                         member_text(said, "layer_name") + ": " + member_text(said, "value");
        }
        line["otherwise"] = otherwise;
        if (const auto confidence = member_text(line, "confidence"); !confidence.empty())
            line["sources"] = member_text(line, "sources") + " (" + confidence + ")";
        rows.push_back(std::move(row));
    }
    return rows;
}

void print_contacts(const Shell& shell, const json::object& body) {
    std::cout << "\nLast contacts\n";
    print_items(shell, body.at("contacts").as_array(),
                {{"TIME", "at"},
                 {"FROM", "source"},
                 {"REQUEST", "path"},
                 {"STATUS", "status"},
                 {"RULE", "rule"},
                 {"VERDICT", "verdict"}});
}

void print_window(const json::object& explained) {
    const auto& window = explained.at("diagnostics").as_object();
    if (member_text(window, "state") == "none") return;
    std::cout << "  window:  " << member_text(window, "state") << ", " << window_countdown(window)
              << ", opened by " << member_text(window, "person") << ": " << member_text(window, "reason")
              << "\n";
}

void explain(Shell& shell, const DeviceOptions& options) {
    const auto answer = shell.call("GET", "/v1/devices/" + options.mac + "/explain");
    if (!answer) return;
    if (shell.output != "table") {
        std::cout << json::serialize(*answer) << "\n";
        return;
    }
    const auto& body = answer->as_object();
    const auto& device = body.at("device").as_object();
    std::cout << member_text(body, "verdict") << "\n  next:    " << member_text(body, "next_step") << "\n";
    if (const auto tell = member_text(body, "customer"); !tell.empty())
        std::cout << "  tell:    " << tell << "\n";
    if (!body.at("known").as_bool()) return print_contacts(shell, body);
    std::cout << "  device:  " << member_text(device, "mac") << " " << member_text(device, "vendor") << " "
              << member_text(device, "model") << ", tenant " << member_text(body, "tenant") << ", "
              << member_text(device, "state") << "\n  rating:  " << member_text(body, "rating") << " of 5, "
              << member_text(body, "rating_reason") << "\n";
    print_window(body);
    print_contacts(shell, body);
    print_hardening(shell, body);
    std::cout << "\nParameters\n";
    print_items(shell, for_table(body.at("parameters").as_array()),
                {{"PARAMETER", "parameter"},
                 {"VALUE", "value"},
                 {"LAYER", "layer"},
                 {"FROM", "layer_name"},
                 {"SETTING", "setting"},
                 {"OTHERWISE", "otherwise"},
                 {"SOURCE", "sources"},
                 {"WHY", "why"}});
    if (body.at("unsent").as_array().empty()) return;
    std::cout << "\nSet, but not sent\n";
    print_items(shell, body.at("unsent").as_array(),
                {{"SETTING", "setting"},
                 {"VALUE", "value"},
                 {"LAYER", "layer"},
                 {"FROM", "layer_name"},
                 {"WHY", "why"}});
}

void add(Shell& shell, const DeviceOptions& options) {
    auto body = draft(options);
    body["mac"] = options.mac;
    auto answer = shell.call("POST", "/v1/devices", {}, json::serialize(body));
    if (!answer) return;
    if (const auto* const warnings = answer->as_object().if_contains("warnings")) {
        for (const auto& text : warnings->as_array()) std::cerr << "warning: " << text_of(text) << "\n";
        if (shell.output == "table") answer->as_object().erase("warnings");  // said once
    }
    if (options.armed) return show(shell, "POST", "/v1/devices/" + options.mac + "/arm");
    print_object(shell, answer->as_object());
}

// The address goes to stdout, alone; what goes with it to stderr.
void token(Shell& shell, const DeviceOptions& options) {
    const auto told = make_token(shell, options.mac, options.token);
    if (!told) return;
    if (shell.output != "table") {
        std::cout << json::serialize(*told) << "\n";
        return;
    }
    std::cout << member_text(*told, "address") << "\n";
    std::cerr << "good for one delivery until " << member_text(*told, "until")
              << "; it is not shown again, and whoever sees it first has the phone's secrets\n";
}

Command verb(Command noun, const DeviceOptionsPtr& options, std::string_view name, std::string_view help) {
    auto command = noun.add(name, help);
    command.option("mac", options->mac, "the phone's MAC address, any spelling").required();
    return command;
}

}  // namespace

void add_device(Command root, Shell& shell) {
    auto noun = root.add_group("device", "phones");
    const auto options = std::make_shared<DeviceOptions>();
    const auto path = [options] { return "/v1/devices/" + options->mac; };

    auto listing = noun.add("list", "list devices by MAC");
    listing.option("--tenant", options->tenant, "of this tenant only");
    listing.option("--state", options->state, "in this state only");
    listing.option("--vendor", options->vendor, "of this vendor only");
    listing.option("--mac", options->mac, "with these digits in the MAC");
    listing.flag("--not-rotated", options->not_rotated,
                 "those that were asked to change their credentials and have not");
    listing.flag("--muted", options->muted, "those whose warnings are muted");
    listing.action([&shell, options] { list(shell, *options); });

    auto adding = verb(noun, options, "add", "add a device");
    adding.option("--tenant", options->tenant, "tenant").required();
    add_draft_options(adding, options);
    adding.flag("--arm", options->armed, "arm it at once");
    adding.action([&shell, options] { add(shell, *options); });

    verb(noun, options, "show", "show a device").action([&shell, path] { show(shell, "GET", path()); });
    auto change = verb(noun, options, "set", "change a device");
    add_draft_options(change, options);
    change.action(
        [&shell, options, path] { show(shell, "PATCH", path(), json::serialize(draft(*options))); });
    verb(noun, options, "remove", "remove a device and its secrets").action([&shell, path] {
        show(shell, "DELETE", path());
    });

    auto arming = verb(noun, options, "arm", "make fresh secrets and open the window");
    arming.flag("--forget-key", options->forget_key, "also forget the pinned key: the phone was replaced");
    arming.option("--reason", options->reason, "why, for the audit trail");
    arming.action([&shell, options, path] {
        show(shell, "POST", path() + "/arm",
             json::serialize(json::object{{"forget_key", options->forget_key}, {"reason", options->reason}}));
    });
    auto rotating =
        verb(noun, options, "rotate", "new credentials; the old hold until the phone has the new");
    rotating.flag("--now", options->now, "the old ones are void at once");
    rotating.flag("--suspected", options->suspected, "the same, recorded as on suspicion");
    rotating.option("--reason", options->reason, "why, for the audit trail");
    rotating.action([&shell, options, path] {
        show(shell, "POST", path() + "/rotate",
             json::serialize(json::object{
                 {"at_once", options->now}, {"suspected", options->suspected}, {"reason", options->reason}}));
    });
    auto giving = verb(noun, options, "token", "an address that is good for one delivery; it is shown once");
    add_token_options(giving, options->token);
    giving.action([&shell, options] { token(shell, *options); });
    verb(noun, options, "revoke-token", "take that address back").action([&shell, path] {
        show(shell, "DELETE", path() + "/token");
    });
    verb(noun, options, "retire", "retire a device and destroy its secrets").action([&shell, path] {
        show(shell, "POST", path() + "/retire");
    });
    verb(noun, options, "approve-key", "approve the held key as the phone's own").action([&shell, path] {
        show(shell, "POST", path() + "/key/approve");
    });
    verb(noun, options, "reject-key", "forget the held key").action([&shell, path] {
        show(shell, "POST", path() + "/key/reject");
    });

    auto previewing = verb(noun, options, "preview", "the rendered configuration, secrets masked");
    previewing.flag("--without-secrets", options->without_secrets, "as a later call-home gets it");
    previewing.action([&shell, options] { preview(shell, *options); });
    verb(noun, options, "lint", "what the hardening profile makes of its file, rule by rule")
        .action([&shell, options] { lint(shell, *options); });
    verb(noun, options, "explain", "verdict, rating, and where each parameter comes from")
        .action([&shell, options] { explain(shell, *options); });
    add_device_diff(noun, shell);
    add_device_compare(noun, shell);
    add_device_care(noun, shell);
    add_device_diagnose(noun, shell);
    add_device_resync(noun, shell);
    verb(noun, options, "deliveries", "deliveries of secrets, newest first").action([&shell, path] {
        if (const auto answer = shell.call("GET", path() + "/deliveries"))
            print_items(shell, answer->at("items").as_array(),
                        {{"TIME", "at"},
                         {"FROM", "source"},
                         {"RULE", "rule"},
                         {"PROOF", "proof"},
                         {"TRANSFER", "transfer"},
                         {"ENDED", "ended"}});
    });
}

}  // namespace provost::cli
