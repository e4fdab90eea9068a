#include "app/cli/command.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct ResyncOptions {
    std::string mac, tenant, site, vendor, model, rate, jitter, window, id;
    bool reboot = false, wait = false;
};
using ResyncOptionsPtr = std::shared_ptr<ResyncOptions>;

// One phone. Exit code 3: it was not reached, or does not come.
void tell(Shell& shell, const ResyncOptions& options) {
    const json::object body{{"reboot", options.reboot}, {"wait", options.wait}};
    const auto answer =
        shell.call("POST", "/v1/devices/" + options.mac + "/resync", {}, json::serialize(body));
    if (!answer) return;
    const auto& told = answer->as_object();
    if (options.wait && member_text(told, "outcome") != "told") shell.exit = partly;
    if (shell.output != "table") return print_object(shell, told);
    if (options.wait)
        std::cout << member_text(told, "mac") << ": " << member_text(told, "words")
                  << (member_text(told, "status") == "0" ? "" : " (" + member_text(told, "status") + ")")
                  << "\n";
    else
        std::cout << "it is being told; its answer comes into 'provost event list --device " << options.mac
                  << "'\n";
}

void stage(Shell& shell, const ResyncOptions& options) {
    json::object body{{"reboot", options.reboot}};
    for (const auto& [name, value] :
         {std::pair("site", &options.site), std::pair("vendor", &options.vendor),
          std::pair("model", &options.model), std::pair("rate", &options.rate),
          std::pair("jitter", &options.jitter), std::pair("window", &options.window)})
        if (!value->empty()) body[name] = *value;
    if (const auto answer =
            shell.call("POST", "/v1/tenants/" + options.tenant + "/resync", {}, json::serialize(body)))
        print_object(shell, answer->as_object());
}

}  // namespace

void add_device_resync(Command noun, Shell& shell) {
    const auto options = std::make_shared<ResyncOptions>();
    auto verb = noun.add("resync", "tell a phone to call home, by SIP NOTIFY");
    verb.option("mac", options->mac, "the phone's MAC address, any spelling").required();
    verb.flag("--reboot", options->reboot, "and to restart, where its vendor has a message for that");
    verb.flag("--wait", options->wait, "wait for its answer; exit code 3 if it does not come");
    verb.action([&shell, options] { tell(shell, *options); });
}

void add_tenant_resync(Command noun, Shell& shell) {
    const auto options = std::make_shared<ResyncOptions>();
    auto verb = noun.add("resync", "tell a tenant's phones to call home, in stages");
    verb.option("slug", options->tenant, "the tenant").required();
    verb.option("--site", options->site, "of this site only");
    verb.option("--vendor", options->vendor, "of this vendor only");
    verb.option("--model", options->model, "of this model only");
    verb.option("--rate", options->rate, "how many at most, such as 10/s, 30/m or 100/h");
    verb.option("--jitter", options->jitter, "each waits up to so long besides, at random, such as 30s");
    verb.option("--window", options->window,
                "only in these hours of the site's own time, such as 01:00-05:00");
    verb.flag("--reboot", options->reboot, "and to restart, where the vendor has a message for that");
    verb.action([&shell, options] { stage(shell, *options); });
}

void add_resync(Command root, Shell& shell) {
    const auto options = std::make_shared<ResyncOptions>();
    auto noun = root.add_group("resync", "phones being told to call home, in stages");
    noun.add("list", "the last ones, newest first").action([&shell] {
        if (const auto answer = shell.call("GET", "/v1/resyncs"))
            print_items(shell, answer->at("items").as_array(),
                        {{"ID", "id"},
                         {"STATE", "state"},
                         {"SCOPE", "scope"},
                         {"PHONES", "phones"},
                         {"TOLD", "told"},
                         {"TOOK IT", "took_it"},
                         {"DID NOT", "did_not"},
                         {"WINDOW", "window"},
                         {"MADE", "made"},
                         {"ENDED", "ended"},
                         {"BY", "actor"}});
    });
    const auto verb = [&](std::string_view name, std::string_view help, const char* method) {
        auto command = noun.add(name, help);
        command.option("id", options->id, "its number").required();
        command.action([&shell, options, method] {
            if (const auto answer = shell.call(method, "/v1/resyncs/" + options->id))
                print_object(shell, answer->as_object());
        });
    };
    verb("show", "how far one is", "GET");
    verb("cancel", "tell no more phones", "DELETE");
}

}  // namespace provost::cli
