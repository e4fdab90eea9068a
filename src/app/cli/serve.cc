#include "app/cli/command.h"
#include "app/process_hardening.h"
#include "app/server.h"
#include "app/write_file.h"
#include "service/log.h"

#include <csignal>
#include <fstream>
#include <iostream>

#include <sys/stat.h>
#include <unistd.h>

namespace provost::cli {

namespace {

struct ServeOptions {
    std::string config, port_file, first_login_file;
};

// Waits for what an operator or the system says: reload, or end.
void wait_for_end(Server& server, const sigset_t& signals) {
    for (int signal = 0;;) {
        sigwait(&signals, &signal);
        if (signal != SIGHUP) return;
        const auto reloaded = server.reload();
        if (reloaded)
            log_event(LogLevel::info, "server.reloaded", "reloaded");
        else
            log_event(LogLevel::error, "server.reload-refused",
                      "reload refused, the old configuration stays: " + reloaded.error().what,
                      fields_of(reloaded.error()));
    }
}

// The port file's first line is the main door's port; each further door has a line "name port".
void announce(const Server& server, const std::string& port_file) {
    std::string ports;
    for (const auto& door : server.doors()) {
        const auto port = std::to_string(door.port);
        log_event(LogLevel::info, "door.opened",
                  "phones' door '" + door.name + "' on https://" + door.address + ":" + port,
                  {{"door", door.name}, {"address", door.address}, {"port", port}, {"tls", door.tls}});
        ports += (ports.empty() ? "" : door.name + " ") + port + "\n";
    }
    for (const auto& [name, number] : server.plain_ports()) {
        const auto port = std::to_string(number);
        log_event(LogLevel::info, "listener.opened", name + " on port " + port,
                  {{"listener", name}, {"port", port}});
        ports += name + " " + port + "\n";
    }
    if (!port_file.empty()) std::ofstream(port_file) << ports;
}

// A service's standard output is its log, which others read.
bool output_is_the_log() {
    struct stat output {
    }, log{};
    const bool known = ::fstat(STDOUT_FILENO, &output) == 0 && ::fstat(STDERR_FILENO, &log) == 0;
    const bool same = known && output.st_dev == log.st_dev && output.st_ino == log.st_ino;
    return same && ::isatty(STDOUT_FILENO) == 0;
}

// Where nobody can sign in yet; good for half an hour and one use. 'provost admin reset-login' gives another.
Status offer_first_login(Server& server, const std::filesystem::path& file) {
    if (!file.empty()) std::filesystem::remove(file);  // of an earlier start
    if (file.empty() && output_is_the_log()) return {};
    PROVOST_TRY(const auto address, server.first_login());
    if (!address) return {};
    const auto text = "Sign in for the first time, within 30 minutes: " + *address + "\n";
    if (!file.empty()) return replace_file(file, text, Readers::owner);
    std::cout << text << std::flush;
    return {};
}

void serve(Shell& shell, const ServeOptions& options) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread begins
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a file at its limit is an error of that write, not the end
    const auto config = read_server_config(options.config);
    if (!config) return shell.fail(config.error());
    set_log(config->log, config->log_level);
    harden_process();
    auto sandbox = Sandbox::enter(server_plan(*config, {options.port_file, options.first_login_file}));
    if (!sandbox) return shell.fail(sandbox.error());
    tell_sandbox(*sandbox);
    auto server = Server::start(*config, *sandbox);
    if (!server) return shell.fail(server.error());
    announce(**server, options.port_file);
    if (const auto offered = offer_first_login(**server, options.first_login_file); !offered)
        log_event(LogLevel::error, "login.first-failed", offered.error().what, fields_of(offered.error()));
    if (const auto closed = sandbox->close(); !closed) return shell.fail(closed.error());
    wait_for_end(**server, signals);
    log_event(LogLevel::info, "server.ending", "ending");
}

}  // namespace

void add_serve(Command root, Shell& shell) {
    auto command = root.add("serve", "run the server");
    const auto options = std::make_shared<ServeOptions>();
    command.option("--config", options->config, "its configuration file").required();
    command.option("--port-file", options->port_file, "write the doors' ports here once they are open");
    command.option(
        "--first-login-file", options->first_login_file,
        "write the one-time login here, for its owner alone, not to standard output; no file where "
        "none is needed");
    command.action([&shell, options] { serve(shell, *options); });
}

}  // namespace provost::cli
