#include "app/cli/command.h"
#include "app/sandbox/probe.h"
#include "app/server_config.h"
#include "service/log.h"

#include <algorithm>
#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

namespace fs = std::filesystem;

struct CheckOptions {
    std::string config, keys;
};

// Of the server by its configuration; with a key folder alone, of the key holder.
Result<std::vector<Probe>> probe_as(const CheckOptions& options) {
    ProbeTargets targets{{"/etc/shadow"}, {}, {}, {}};
    if (options.config.empty()) {
        // Once it runs it opens no file at all; a sanitizer's runtime must be able to.
        if (!is_sanitized()) targets.no_read.push_back(fs::path(options.keys) / "root.key");
        return probe_sandbox(
            key_holder_plan(SandboxMode::on, options.keys, fs::path(options.keys) / "none" / "socket"),
            targets);
    }
    PROVOST_TRY(auto config, read_server_config(options.config));
    config.sandbox.mode = SandboxMode::on;
    if (!options.keys.empty()) targets.no_read.push_back(fs::path(options.keys) / "root.key");
    targets.read = {config.hardening_file, config.vendor_folder};
    for (const auto& identity : config.door.identities) targets.read.push_back(identity.certificate);
    targets.write = config.sandbox.write;
    targets.write.push_back(config.data_folder);
    std::error_code ignored;
    if (fs::exists(config.key_holder_socket, ignored)) targets.key_holder_socket = config.key_holder_socket;
    return probe_sandbox(server_plan(config, {}), targets);
}

void check(Shell& shell, const CheckOptions& options) {
    if (options.config.empty() && options.keys.empty())
        refuse_option("--config", "name the server's configuration, or with --keys a key folder");
    const auto probes = probe_as(options);
    if (!probes) {
        shell.fail(probes.error());
        return;
    }
    json::array items;
    for (const auto& one : *probes) {
        items.push_back(json::object{{"act", one.act},
                                     {"must", one.allowed ? "be possible" : "fail"},
                                     {"outcome", one.outcome},
                                     {"verdict", one.as_it_should() ? "good" : "BAD"}});
        if (!one.as_it_should()) shell.exit = failed;
    }
    print_items(shell, items,
                {{"ACT", "act"}, {"MUST", "must"}, {"OUTCOME", "outcome"}, {"VERDICT", "verdict"}});
}

}  // namespace

void add_sandbox(Command root, Shell& shell) {
    auto noun = root.add_group("sandbox", "the cage that server and key holder shut themselves into");
    auto verb = noun.add("check", "try in it what an intruder would, and what the program must be able to");
    const auto options = std::make_shared<CheckOptions>();
    verb.option("--config", options->config, "the server's configuration");
    verb.option("--keys", options->keys,
                "a key folder: with --config one that the server must not reach, alone that of a key holder");
    verb.action([&shell, options] { check(shell, *options); });
}

}  // namespace provost::cli
