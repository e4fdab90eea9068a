#include "app/cli/command.h"
#include "app/process_hardening.h"
#include "app/sandbox/sandbox.h"
#include "service/log.h"
#include "vault/audit_key_file.h"
#include "vault/audit_start_file.h"
#include "vault/file_key_holder.h"
#include "vault/holder_door.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <thread>

#include <pwd.h>
#include <sys/stat.h>

namespace provost::cli {

namespace {

namespace fs = std::filesystem;

struct RunOptions {
    std::string keys, socket, log = "text", log_level = "info", sandbox = "auto";
    std::vector<std::string> peers;
    int opens = 300, burst = 3000, tenant_opens = 0, tenant_burst = 0, logins = 2000, alarm = 6000;
};

Budget budget(int per_second, int burst) {
    return {static_cast<double>(per_second), static_cast<double>(burst)};
}

OpenLimits limits_of(const RunOptions& options) {
    OpenLimits limits;
    limits.all = budget(options.opens, options.burst);
    limits.tenant = budget(options.tenant_opens == 0 ? options.opens : options.tenant_opens,
                           options.tenant_burst == 0 ? options.burst : options.tenant_burst);
    limits.logins = budget(options.logins, 5 * options.logins);
    limits.alarm_per_minute = static_cast<std::uint64_t>(options.alarm);
    return limits;
}

SandboxMode mode_of(const std::string& word) {
    if (word == "on") return SandboxMode::on;
    return word == "off" ? SandboxMode::off : SandboxMode::automatic;
}

Result<std::vector<uid_t>> users(const std::vector<std::string>& names) {
    std::vector<uid_t> found;
    for (const auto& name : names) {
        const auto* const entry = ::getpwnam(name.c_str());
        if (entry == nullptr)
            return fail(
                {"P-5036", "there is no such user", name, "", "Make it first (sysusers.d/provost.conf)"});
        found.push_back(entry->pw_uid);
    }
    return found;
}

// Ends at SIGTERM or SIGINT.
Status serve(const RunOptions& options) {
    PROVOST_TRY(auto peers, users(options.peers));
    PROVOST_TRY(const auto keys, open_key_files(options.keys));
    PROVOST_TRY(const auto audit, open_audit_keys(options.keys));
    auto sandbox = Sandbox::enter(key_holder_plan(mode_of(options.sandbox), options.keys, options.socket));
    if (!sandbox) return fail(std::move(sandbox).error());
    tell_sandbox(*sandbox);
    HolderDesk desk(*keys, *audit, limits_of(options));
    PROVOST_TRY(const auto door, HolderDoor::open({options.socket, std::move(peers)}, desk));
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const std::jthread ending([&] {
        int signal = 0;
        sigwait(&signals, &signal);
        door->stop();
    });
    PROVOST_CHECK(sandbox->close());
    log_event(LogLevel::info, "keyholder.answering", "the key holder answers", {{"socket", options.socket}});
    door->run();
    log_event(LogLevel::info, "keyholder.ending", "ending");
    return {};
}

void add_run(Command noun, Shell& shell) {
    auto verb = noun.add("run", "hold the keys and answer the server over a local socket");
    const auto options = std::make_shared<RunOptions>();
    verb.option("--keys", options->keys, "the key folder").required();
    verb.option("--socket", options->socket, "the socket to answer at").required();
    verb.option("--peer", options->peers, "a user whose processes may ask, besides the own one");
    verb.option("--opens-per-second", options->opens, "devices whose secrets are opened").range(1, 100'000);
    verb.option("--burst", options->burst, "and how many at once").range(1, 1'000'000);
    verb.option("--tenant-opens-per-second", options->tenant_opens, "the same of one tenant; 0: as all")
        .range(0, 100'000);
    verb.option("--tenant-burst", options->tenant_burst, "and how many at once; 0: as all")
        .range(0, 1'000'000);
    verb.option("--logins-per-second", options->logins, "verifiers of devices' passwords").range(1, 100'000);
    verb.option("--alarm-per-minute", options->alarm, "devices in a minute that raise an alarm")
        .range(1, 10'000'000);
    verb.option("--sandbox", options->sandbox, "auto, on or off").one_of({"auto", "on", "off"});
    verb.option("--log", options->log, "text or json").one_of({"text", "json"});
    verb.option("--log-level", options->log_level, "as in the server's configuration")
        .one_of({"trace", "debug", "info", "warning", "error", "critical", "off"});
    verb.action([&shell, options] {
        std::signal(SIGPIPE, SIG_IGN);
        set_log(options->log == "json" ? LogForm::json : LogForm::text, options->log_level);
        harden_process();
        if (const auto served = serve(*options); !served) {
            shell.fail(served.error());
        }
    });
}

Status make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error) fs::permissions(folder, fs::perms::owner_all, error);
    if (!error) return {};
    return fail({"P-1105", "the folder can't be made", folder.string(), error.message()});
}

void add_init(Command noun, Shell& shell) {
    auto verb = noun.add("init", "make the key folder, as the key holder's user");
    const auto folder = std::make_shared<std::string>();
    verb.option("folder", *folder, "folder to fill").required();
    verb.action([&shell, folder] {
        auto made = make_folder(*folder);
        if (made) made = make_key_files(*folder, SystemClock().now());
        if (made) made = make_audit_keys(*folder, "made by 'keyholder init'");
        if (made) {
            std::cout << "Take " << *folder << "/audit.start off this host and keep it: it verifies the "
                      << "audit trail.\n";
            return;
        }
        shell.fail(made.error());
    });
}

void add_rekey(Command noun, Shell& shell) {
    auto verb =
        noun.add("rekey", "go on under new keys of the audit trail, while key holder and server are stopped");
    const auto folder = std::make_shared<std::string>(), reason = std::make_shared<std::string>();
    verb.option("--keys", *folder, "the key folder").required();
    verb.option("--reason", *reason, "why, for the trail").required();
    verb.action([&shell, folder, reason] {
        if (const auto done = renew_audit_keys(*folder, *reason); !done) {
            shell.fail(done.error());
            return;
        }
        std::cout << "New keys are made. Take the new audit.start off this host, start the key holder, then "
                     "the server.\n";
    });
}

}  // namespace

void add_keyholder(Command root, Shell& shell) {
    auto noun = root.add_group("keyholder", "the keys in a process and user of their own");
    add_init(noun, shell);
    add_run(noun, shell);
    add_rekey(noun, shell);
}

}  // namespace provost::cli
