#include "app/cli/device_care.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct DeviceCareOptions {
    std::string mac, text, span, reason;
    bool remove = false;
};
using DeviceCareOptionsPtr = std::shared_ptr<DeviceCareOptions>;

void print_care(const Shell& shell, const json::object& care) {
    if (shell.output != "table") {
        std::cout << json::serialize(care) << "\n";
        return;
    }
    const auto note = member_text(care, "note");
    std::cout << (note.empty()
                      ? "no note"
                      : note + "\n  by " + member_text(care, "note_by") + ", " + member_text(care, "note_at"))
              << "\n";
    if (!care.at("muted").as_bool()) return;
    const auto until = care.at("mute_until").is_null() ? std::string("its next change of state")
                                                       : member_text(care, "mute_until");
    std::cout << "muted until " << until << ", by " << member_text(care, "mute_by");
    if (const auto why = member_text(care, "mute_reason"); !why.empty()) std::cout << ": " << why;
    std::cout << "\n";
}

void change(Shell& shell, const DeviceCareOptions& options, const json::object& draft) {
    const auto answer =
        shell.call("PATCH", "/v1/devices/" + options.mac + "/care", {}, json::serialize(draft));
    if (answer) print_care(shell, answer->as_object());
}

// Without a text it is shown.
void note(Shell& shell, const DeviceCareOptions& options) {
    if (options.remove) return change(shell, options, {{"note", nullptr}});
    if (!options.text.empty()) return change(shell, options, {{"note", options.text}});
    const auto answer = shell.call("GET", "/v1/devices/" + options.mac + "/care");
    if (answer) print_care(shell, answer->as_object());
}

Command verb(Command noun, const DeviceCareOptionsPtr& options, std::string_view name,
             std::string_view help) {
    auto command = noun.add(name, help);
    command.option("mac", options->mac, "the phone's MAC address, any spelling").required();
    return command;
}

}  // namespace

void add_device_care(Command noun, Shell& shell) {
    const auto options = std::make_shared<DeviceCareOptions>();
    auto noting =
        verb(noun, options, "note", "the note on it; with a text it is written, for all who see the phone");
    noting.option("text", options->text, "what to note: no passwords, it stays in the audit trail");
    noting.flag("--remove", options->remove, "take the note away");
    noting.action([&shell, options] { note(shell, *options); });
    auto muting = verb(noun, options, "mute", "leave its warnings out of the overview and of alerts");
    muting.option("--for", options->span,
                  "how long, such as 3d, or until when; default: its next change of state");
    muting.option("--reason", options->reason, "why, for the audit trail");
    muting.action([&shell, options] {
        change(shell, *options,
               {{"mute", options->span.empty() ? "state" : options->span}, {"reason", options->reason}});
    });
    verb(noun, options, "unmute", "show its warnings again").action([&shell, options] {
        change(shell, *options, {{"mute", "off"}});
    });
}

}  // namespace provost::cli
