#include "app/cli/diagnose.h"

#include "app/cli/command.h"
#include "base/secret.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct DiagnoseOptions {
    std::string mac, reason;
    int minutes = 30;
    bool close = false, reboot = false;
};

std::string path_of(const DiagnoseOptions& options) {
    return "/v1/devices/" + options.mac + "/diagnostics";
}

// When the phone hears of it; to stderr, so that a pipe gets the rest alone.
void tell_call_home(const json::object& window) {
    const auto* const found = window.if_contains("call_home");
    if (found == nullptr) return;
    const auto& home = found->as_object();
    if (const auto words = member_text(home, "words"); !words.empty()) std::cerr << words << "\n";
    if (home.at("told").as_bool()) return;
    if (const auto expected = member_text(home, "expected"); !expected.empty())
        std::cerr << "By its schedule it calls home at " << expected << ".\n";
}

void print_state(const Shell& shell, const json::object& window) {
    if (shell.output != "table") {
        std::cout << json::serialize(window) << "\n";
        return;
    }
    std::cout << member_text(window, "words") << "\n";
    if (member_text(window, "state") == "none") return;
    std::cout << "  window:  " << member_text(window, "window") << ", " << member_text(window, "state")
              << ", " << window_countdown(window) << "\n  person:  " << member_text(window, "person")
              << "\n  reason:  " << member_text(window, "reason")
              << "\n  until:   " << member_text(window, "until") << "\n";
    tell_call_home(window);
}

void open(Shell& shell, const DiagnoseOptions& options) {
    const json::object body{
        {"reason", options.reason}, {"minutes", options.minutes}, {"reboot", options.reboot}};
    auto answer = shell.call("POST", path_of(options), {}, json::serialize(body));
    if (!answer) return;
    auto& told = answer->as_object();
    if (shell.output != "table") {
        std::cout << json::serialize(told) << "\n";
        return;
    }
    const auto user = member_text(told, "user");
    const auto url = member_text(told, "url");
    std::cout << "user:      " << (user.empty() ? "the administrator's; see the vendor's manual" : user)
              << "\npassword:  " << member_text(told, "password");
    if (!url.empty()) std::cout << "\naddress:   " << url;
    std::cout << "\nuntil:     " << member_text(told, "until") << " (" << window_countdown(told) << ")\n";
    std::cerr << "The password is told this once. The phone opens its interface when it calls home.\n";
    tell_call_home(told);
    auto& password = told["password"].as_string();
    wipe(password.data(), password.size());
}

void act(Shell& shell, const DiagnoseOptions& options, bool opens) {
    if (opens) return open(shell, options);
    const std::map<std::string, std::string> query{{"reboot", options.reboot ? "true" : "false"}};
    const auto answer =
        options.close ? shell.call("DELETE", path_of(options), query) : shell.call("GET", path_of(options));
    if (answer) print_state(shell, answer->as_object());
}

}  // namespace

std::string window_countdown(const boost::json::object& window) {
    const auto seconds = window.at("seconds_left").to_number<std::int64_t>();
    if (seconds <= 0) {
        const auto ended = member_text(window, "ended");
        return "over since " + (ended.empty() ? member_text(window, "until") : ended);
    }
    return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s left";
}

void add_device_diagnose(Command noun, Shell& shell) {
    const auto options = std::make_shared<DiagnoseOptions>();
    auto command = noun.add(
        "diagnose",
        "open a phone's web interface for a while, with a password told once; or tell how it stands");
    command.option("mac", options->mac, "the phone's MAC address, any spelling").required();
    auto reason = command.option("--reason", options->reason, "why; this opens a diagnostic window");
    command.option("--minutes", options->minutes, "how long it lasts; 30 without it")
        .range(1, 1440)
        .needs(reason);
    command.flag("--close", options->close, "end it now").excludes(reason);
    command.flag("--reboot", options->reboot,
                 "tell the phone to restart: some open their interface only then");
    command.action([&shell, options, reason] { act(shell, *options, reason.given()); });
}

}  // namespace provost::cli
