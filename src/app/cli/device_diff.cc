#include "app/cli/command.h"

#include <iostream>
#include <string>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

void print_group(const json::object& body, const char* member, char mark) {
    for (const auto& item : body.at(member).as_array()) {
        const auto& line = item.as_object();
        const auto before = member_text(line, "before");
        const auto after = member_text(line, "after");
        std::cout << mark << " " << member_text(line, "parameter") << " = ";
        if (mark == '~')
            std::cout << before << " -> " << after;
        else
            std::cout << (mark == '+' ? after : before);
        if (mark != '-') {
            std::cout << "   (" << member_text(line, "layer") << " " << member_text(line, "layer_name");
            if (const auto setting = member_text(line, "setting"); !setting.empty())
                std::cout << ", " << setting;
            std::cout << ")";
        }
        std::cout << "\n";
    }
}

void print_secrets(const json::object& body) {
    const auto& secrets = body.at("secrets").as_array();
    if (secrets.empty()) return;
    std::cout << (body.at("had_secrets").as_bool() ? "will be delivered again:" : "will be delivered:");
    for (const auto& one : secrets) std::cout << " " << text_of(one);
    std::cout << "\n";
}

void print_diff(const json::object& body) {
    if (!body.at("fetched").as_bool()) {
        std::cout << "The phone has never fetched its configuration; 'provost device preview "
                  << member_text(body, "mac") << "' shows what it would get.\n";
        return print_secrets(body);
    }
    std::cout << "Against what the phone has since " << member_text(body, "since") << "\n";
    const auto count = [&](const char* member) { return body.at(member).as_array().size(); };
    print_group(body, "changed", '~');
    print_group(body, "added", '+');
    print_group(body, "removed", '-');
    if (count("removed") != 0)
        std::cout << "A parameter that a file leaves out is: " << member_text(body, "absent_means") << "\n";
    print_secrets(body);
    if (count("changed") + count("added") + count("removed") == 0)
        std::cout << "Nothing would change; " << member_text(body, "same") << " parameters are the same.\n";
    else
        std::cout << count("changed") << " changed, " << count("added") << " added, " << count("removed")
                  << " removed, " << member_text(body, "same") << " the same\n";
}

}  // namespace

void add_device_diff(Command noun, Shell& shell) {
    const auto mac = std::make_shared<std::string>();
    auto diff = noun.add("diff", "what would change against what the phone last fetched");
    diff.option("mac", *mac, "the phone's MAC address, any spelling").required();
    diff.action([&shell, mac] {
        const auto answer = shell.call("GET", "/v1/devices/" + *mac + "/diff");
        if (!answer) return;
        if (shell.output == "table")
            print_diff(answer->as_object());
        else
            std::cout << json::serialize(*answer) << "\n";
    });
}

}  // namespace provost::cli
