#include "app/cli/command.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct EventOptions {
    std::string device, kind, rule;
    bool refused_only = false, once = false;
    int last = 20;
};

std::map<std::string, std::string> filter_of(const EventOptions& options) {
    std::map<std::string, std::string> query;
    if (!options.device.empty()) query["device"] = options.device;
    if (!options.kind.empty()) query["kind"] = options.kind;
    if (!options.rule.empty()) query["rule"] = options.rule;
    if (options.refused_only) query["refused"] = "true";
    return query;
}

void print_event(const Shell& shell, const json::object& event) {
    if (shell.output != "table") {
        std::cout << json::serialize(event) << std::endl;
        return;
    }
    const auto rule = member_text(event, "rule");
    const auto what = rule.empty() ? member_text(event, "kind") : rule;
    const bool refusal = member_text(event, "refused") == "yes";
    std::cout << member_text(event, "at") << "  " << (color_wanted() && refusal ? "\033[31m" : "") << what
              << (color_wanted() && refusal ? "\033[0m" : "") << "  " << member_text(event, "device") << "  "
              << member_text(event, "source") << "  " << member_text(event, "path") << "  "
              << (rule.empty() ? member_text(event, "detail") : member_text(event, "verdict"));
    if (!rule.empty() && event.contains("detail")) std::cout << " (" << member_text(event, "detail") << ")";
    std::cout << std::endl;
}

// Shows the newest, then what comes, until interrupted.
void tail(Shell& shell, const EventOptions& options) {
    auto query = filter_of(options);
    query["last"] = "true";
    query["limit"] = std::to_string(options.last);
    std::string after = "0";
    for (;;) {
        const auto answer = shell.call("GET", "/v1/events", query);
        if (!answer) return;
        for (const auto& item : answer->at("items").as_array()) print_event(shell, item.as_object());
        if (const auto next = member_text(answer->as_object(), "next"); !next.empty()) after = next;
        if (options.once) return;
        query = filter_of(options);
        query["after"] = after;
        query["wait"] = "20";
    }
}

}  // namespace

void add_event(Command root, Shell& shell) {
    auto noun = root.add_group("event", "what happened");
    const auto options = std::make_shared<EventOptions>();
    for (const bool once : {false, true}) {
        auto verb = once ? noun.add("list", "the newest events")
                         : noun.add("tail", "the newest events, and then each as it happens");
        verb.option("--device", options->device, "of this MAC only");
        verb.option("--kind", options->kind, "of this kind only: visit, device.armed ...");
        verb.option("--rule", options->rule, "decided by this rule only");
        verb.flag("--refused", options->refused_only, "refusals only");
        verb.option("--last", options->last, "how many to begin with").range(1, 1000);
        verb.action([&shell, options, once] {
            options->once = once;
            tail(shell, *options);
        });
    }
    add_event_kinds(noun, shell);
}

}  // namespace provost::cli
