#include "app/cli/command.h"
#include "app/library_versions.h"
#include "app/update_check.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct VersionOptions {
    bool all = false;
    std::string feed, key, authorities, memory;
};

void show(const Shell& shell, bool all) {
    if (!all && shell.output == "table") {
        std::cout << "provost " << PROVOST_VERSION << "\n";
        return;
    }
    json::array items{
        json::object{{"name", "provost"}, {"version", PROVOST_VERSION}, {"use", "this program"}}};
    if (all)
        for (const auto& one : libraries())
            items.push_back({{"name", one.name}, {"version", one.version}, {"use", one.use}});
    print_items(shell, items, {{"NAME", "name"}, {"VERSION", "version"}, {"USE", "use"}});
}

void print_verdict(Shell& shell, const UpdateVerdict& verdict) {
    if (shell.output == "table") {
        std::cout << "Feed " << verdict.feed.serial << " of " << to_rfc3339(verdict.feed.made) << ": this is "
                  << PROVOST_VERSION << ", the newest is " << verdict.feed.newest << ".\n";
        if (verdict.hits.empty()) std::cout << "No advisory is about what runs here.\n";
    }
    json::array items;
    for (const auto& one : verdict.hits)
        items.push_back({{"id", one.id},
                         {"package", one.package},
                         {"below", one.below},
                         {"severity", one.severity},
                         {"says", one.says},
                         {"next_step", one.next}});
    if (!items.empty() || shell.output != "table")
        print_items(shell, items,
                    {{"ID", "id"},
                     {"PACKAGE", "package"},
                     {"BELOW", "below"},
                     {"SEVERITY", "severity"},
                     {"WHAT", "says"},
                     {"WHAT TO DO", "next_step"}});
    if (!verdict.hits.empty()) shell.exit = partly;
}

// The memory is a file of the caller's: without one a feed that was held back is not noticed.
Result<UpdateVerdict> check(const VersionOptions& options) {
    UpdateSettings settings{options.feed, options.key, options.authorities, {}};
    FeedMemory memory;
    if (!options.memory.empty()) {
        PROVOST_TRY(memory, read_feed_memory(options.memory));
    }
    PROVOST_TRY(const auto ready, prepare_update_check(settings));
    PROVOST_TRY(auto verdict, check_updates(ready, memory, SystemClock().now()));
    if (!options.memory.empty()) PROVOST_CHECK(write_feed_memory(options.memory, verdict.memory));
    return verdict;
}

}  // namespace

void add_version(Command root, Shell& shell) {
    auto command = root.add("version", "this program's version; with a signed feed, what is known of it");
    const auto options = std::make_shared<VersionOptions>();
    auto all = command.flag("--all", options->all, "and those of the libraries it runs with");
    auto key = command.option("--key", options->key, "public key of who signs the feed, PEM");
    auto feed = command.option("--check", options->feed, "a release feed: a file or an https:// address");
    feed.needs(key).excludes(all);
    command.option("--ca", options->authorities, "CAs that may vouch for its server, PEM").needs(feed);
    command.option("--memory", options->memory, "a file that keeps which feed was taken last").needs(feed);
    command.action([&shell, options] {
        if (options->feed.empty()) return show(shell, options->all);
        const auto verdict = check(*options);
        if (verdict) return print_verdict(shell, *verdict);
        shell.fail(verdict.error());
    });
}

}  // namespace provost::cli
