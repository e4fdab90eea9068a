#include "app/cli/device_compare.h"

#include <iostream>
#include <string>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

std::string words_of(const json::object& side) {
    const auto layer = member_text(side, "layer");
    if (layer.empty()) return "not in its file";
    return member_text(side, "value") + " (" + layer + " " + member_text(side, "layer_name") + ")";
}

std::string visits_of(const json::object& compared) {
    const auto& visits = compared.at("visits").as_object();
    return member_text(visits, "refused") + " of " + member_text(visits, "looked_at") + " refused";
}

// What is known of the two beside their files, those that differ marked.
json::array facts_of(const json::object& body) {
    const auto& one = body.at("one").as_object();
    const auto& other = body.at("other").as_object();
    json::array rows;
    const auto add = [&](std::string_view name, const std::string& here, const std::string& there) {
        rows.push_back(json::object{
            {"fact", name}, {"one", here}, {"other", there}, {"differs", here == there ? "" : "differs"}});
    };
    const auto of_device = [&](std::string_view name, std::string_view member) {
        add(name, member_text(one.at("device").as_object(), member),
            member_text(other.at("device").as_object(), member));
    };
    add("verdict", member_text(one, "kind"), member_text(other, "kind"));
    of_device("firmware", "firmware");
    of_device("state", "state");
    of_device("site", "site");
    of_device("last seen", "last_seen");
    of_device("from", "last_source");
    add("visits", visits_of(one), visits_of(other));
    add("rating", member_text(one, "rating"), member_text(other, "rating"));
    of_device("proves itself by", "access");
    of_device("key", "pinned_key");
    add("TLS", member_text(one.at("visits").as_object(), "tls"),
        member_text(other.at("visits").as_object(), "tls"));
    return rows;
}

void print_comparison(const Shell& shell, const json::object& body) {
    const auto mac_of = [&](const char* side) {
        return member_text(body.at(side).at("device").as_object(), "mac");
    };
    const auto here = mac_of("one"), there = mac_of("other");  // the columns' titles
    std::cout << "Against " << there << (body.at("chosen").as_bool() ? ", served last of its model\n" : "\n");
    print_items(shell, facts_of(body), {{"FACT", "fact"}, {here, "one"}, {there, "other"}, {"", "differs"}});
    const auto& differences = body.at("differences").as_array();
    std::cout << "\n"
              << differences.size() << " parameters differ, " << member_text(body, "same") << " are alike\n";
    json::array rows;
    for (const auto& item : differences) {
        const auto& value = item.as_object();
        rows.push_back(json::object{{"parameter", member_text(value, "parameter")},
                                    {"one", words_of(value.at("one").as_object())},
                                    {"other", words_of(value.at("other").as_object())},
                                    {"own", value.at("own").as_bool() ? "each its own" : ""}});
    }
    if (!rows.empty())
        print_items(shell, rows, {{"PARAMETER", "parameter"}, {here, "one"}, {there, "other"}, {"", "own"}});
}

}  // namespace

void add_device_compare(Command noun, Shell& shell) {
    const auto mac = std::make_shared<std::string>();
    const auto other = std::make_shared<std::string>();
    auto compare = noun.add("compare", "what is different from a phone of its model that works");
    compare.option("mac", *mac, "the phone's MAC address, any spelling").required();
    compare.option("other", *other, "the phone that works; default: of its model, the one served last");
    compare.action([&shell, mac, other] {
        std::map<std::string, std::string> query;
        if (!other->empty()) query["with"] = *other;
        const auto answer = shell.call("GET", "/v1/devices/" + *mac + "/compare", query);
        if (!answer) return;
        if (shell.output == "table")
            print_comparison(shell, answer->as_object());
        else
            std::cout << json::serialize(*answer) << "\n";
    });
}

}  // namespace provost::cli
