#include "app/cli/profile.h"

#include "app/cli/progress.h"
#include "app/read_file.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <vector>

namespace provost::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* devices_at_once = "2000";
constexpr std::size_t ways_shown = 8;
constexpr std::size_t examples_shown = 3;

struct ProfileOptions {
    std::string tenant, site, vendor, model, hardening, vendors;
    std::vector<std::string> settings;
};

std::size_t number(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value == nullptr ? 0 : value->to_number<std::size_t>();
}

// Lines of several pages that say the same become one.
class Sum {
 public:
    void add(const json::object& page) {
        for (const auto* const name : {"looked_at", "changed", "released"})
            counts_[name] += number(page, name);
        for (const auto& one : page.at("changes").as_array()) add_change(one.as_object());
        for (const auto& one : page.at("refusals").as_array())
            merge(refusals_, key_of(one.as_object(), {"vendor", "model", "code", "why", "already"}),
                  one.as_object());
    }

    [[nodiscard]] json::object whole() const {
        json::object all;
        for (const auto& [name, count] : counts_) all[name] = count;
        all["changes"] = sorted(changes_);
        all["refusals"] = sorted(refusals_);
        return all;
    }

 private:
    using Lines = std::map<std::string, json::object>;

    static std::string key_of(const json::object& line, std::initializer_list<std::string_view> members) {
        std::string key;
        for (const auto member : members) key += member_text(line, member) + '\n';
        return key;
    }

    void add_change(json::object line) {
        const auto where = key_of(line, {"vendor", "model", "parameter", "kind"});
        auto key = where + key_of(line, {"before", "after"});
        if (!changes_.contains(key) && ++ways_[where] > ways_shown) {
            line["before"] = line["after"] = "(various)";
            key = where + key_of(line, {"before", "after"});
        }
        merge(changes_, key, line);
    }

    static void merge(Lines& lines, const std::string& key, const json::object& line) {
        const auto [at, fresh] = lines.emplace(key, line);
        if (fresh) return;
        auto& sum = at->second;
        sum["devices"] = number(sum, "devices") + number(line, "devices");
        auto& examples = sum["examples"].as_array();
        for (const auto& one : line.at("examples").as_array())
            if (examples.size() < examples_shown) examples.push_back(one);
    }

    static json::array sorted(const Lines& lines) {
        std::vector<const json::object*> order;
        for (const auto& [key, line] : lines) order.push_back(&line);
        std::ranges::stable_sort(order, [](const json::object* a, const json::object* b) {
            return number(*a, "devices") > number(*b, "devices");
        });
        json::array out;
        for (const auto* const line : order) out.push_back(*line);
        return out;
    }

    std::map<std::string, std::size_t> counts_;
    std::map<std::string, std::size_t> ways_;
    Lines changes_, refusals_;
};

// Lists as one text, for a table.
json::array with_examples(const json::array& lines) {
    json::array out;
    for (auto line : lines) {
        std::string text;
        for (const auto& one : line.at("examples").as_array())
            text += (text.empty() ? "" : " ") + text_of(one);
        line.as_object()["examples"] = text;
        out.push_back(std::move(line));
    }
    return out;
}

void print(const Shell& shell, const json::object& sum) {
    if (shell.output == "json") {
        std::cout << json::serialize(sum) << "\n";
        return;
    }
    const auto changes = with_examples(sum.at("changes").as_array());
    const auto refusals = with_examples(sum.at("refusals").as_array());
    if (shell.output != "table" || !changes.empty())
        print_items(shell, changes,
                    {{"DEVICES", "devices"},
                     {"VENDOR", "vendor"},
                     {"MODEL", "model"},
                     {"PARAMETER", "parameter"},
                     {"", "kind"},
                     {"FROM", "before"},
                     {"TO", "after"},
                     {"SUCH AS", "examples"}});
    if (shell.output == "table" && !refusals.empty()) {
        std::cout << "\nWould be refused\n";
        print_items(shell, refusals,
                    {{"DEVICES", "devices"},
                     {"VENDOR", "vendor"},
                     {"MODEL", "model"},
                     {"CODE", "code"},
                     {"ALREADY", "already"},
                     {"SUCH AS", "examples"},
                     {"WHY", "why"}});
    }
    std::cerr << number(sum, "looked_at") << " devices looked at, " << number(sum, "changed")
              << " would change; nothing was applied\n";
    if (const auto released = number(sum, "released"); released != 0)
        std::cerr << released << " are refused now and would be served\n";
}

bool read_text(Shell& shell, const fs::path& file, std::string& text) {
    auto read = read_file(file);
    if (read) {
        text = std::move(*read);
        return true;
    }
    shell.fail(read.error());
    return false;
}

bool read_folder(Shell& shell, const std::string& folder, json::object& vendors) {
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder, failure)) {
        if (entry.path().extension() != ".yaml") continue;
        std::string text;
        if (!read_text(shell, entry.path(), text)) return false;
        vendors[entry.path().filename().string()] = text;
    }
    if (!failure && !vendors.empty()) return true;
    shell.fail({"P-1103", "the folder holds no vendor file", folder});
    return false;
}

void run(Shell& shell, const ProfileOptions& options) {
    json::object change;
    const auto put = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) change[name] = value;
    };
    put("tenant", options.tenant);
    put("site", options.site);
    put("vendor", options.vendor);
    put("model", options.model);
    if (!options.settings.empty()) change["settings"] = assignments(options.settings);
    if (!options.hardening.empty()) {
        std::string text;
        if (!read_text(shell, options.hardening, text)) return;
        change["hardening"] = text;
    }
    if (!options.vendors.empty()) {
        json::object vendors;
        if (!read_folder(shell, options.vendors, vendors)) return;
        change["vendors"] = std::move(vendors);
    }
    show_profile_diff(shell, change);
}

}  // namespace

void show_profile_diff(Shell& shell, const json::object& change) {
    const auto body = json::serialize(change);
    const auto server = shell.call("GET", "/v1/server");
    if (!server) return;
    const auto total = number(server->as_object(), "devices");
    Progress progress("comparing");
    Sum sum;
    std::map<std::string, std::string> query{{"limit", devices_at_once}};
    for (std::size_t done = 0;;) {
        const auto page = shell.call("POST", "/v1/profile/diff", query, body);
        if (!page) return;
        sum.add(page->as_object());
        const auto next = member_text(page->as_object(), "next");
        done += next.empty() ? 0 : static_cast<std::size_t>(std::stoul(devices_at_once));
        if (next.empty()) break;
        if (total > done) progress.show(done, total);
        query["after"] = next;
    }
    progress.finish();
    const auto whole = sum.whole();
    print(shell, whole);
    // A script must see that phones would be turned away.
    for (const auto& one : whole.at("refusals").as_array())
        if (!one.at("already").as_bool()) shell.exit = partly;
}

void add_profile(Command root, Shell& shell) {
    auto noun = root.add_group("profile", "the settings of many phones");
    const auto options = std::make_shared<ProfileOptions>();
    auto diff = noun.add("diff", "what a change would do to the fleet; nothing is applied");
    auto tenant = diff.option("--tenant", options->tenant, "whose settings would change");
    auto site = diff.option("--site", options->site, "... at this site").needs(tenant);
    auto vendor = diff.option("--vendor", options->vendor, "with --model: its vendor").needs(tenant);
    diff.option("--model", options->model, "... of this model").needs(vendor).excludes(site);
    diff.option("--set", options->settings, "a setting, NAME=VALUE; an empty value removes it").needs(tenant);
    diff.option("--hardening", options->hardening, "with this hardening profile instead");
    diff.option("--vendors", options->vendors, "with the vendor files of this folder instead");
    diff.action([&shell, options] { run(shell, *options); });
}

}  // namespace provost::cli
