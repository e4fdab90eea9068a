#include "app/cli/command.h"
#include "app/process_hardening.h"
#include "app/server.h"

#include <csignal>
#include <fstream>
#include <iostream>

#include <spdlog/spdlog.h>

namespace provost::cli {

namespace {

struct Options {
    std::string config, port_file;
};

// Waits for what an operator or the system says: reload, or end.
void wait_for_end(Server& server, const sigset_t& signals) {
    for (int signal = 0;;) {
        sigwait(&signals, &signal);
        if (signal != SIGHUP) return;
        const auto reloaded = server.reload();
        if (reloaded)
            spdlog::info("reloaded");
        else
            spdlog::error("reload refused, the old configuration stays: " + reloaded.error().text());
    }
}

// The port file's first line is the main door's port; each further door has a line "name port".
void announce(const Server& server, const std::string& port_file) {
    std::string ports;
    for (const auto& door : server.doors()) {
        const auto port = std::to_string(door.port);
        spdlog::info("phones' door '" + door.name + "' on https://" + door.address + ":" + port +
                     (door.tls == "old" ? ", old TLS" : ""));
        ports += (ports.empty() ? "" : door.name + " ") + port + "\n";
    }
    if (!port_file.empty()) std::ofstream(port_file) << ports;
}

void serve(Shell& shell, const Options& options) {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before any thread begins
    std::signal(SIGPIPE, SIG_IGN);
    harden_process();
    const auto config = read_server_config(options.config);
    if (!config) {
        shell.print_error(config.error());
        shell.exit = failed;
        return;
    }
    spdlog::set_level(spdlog::level::from_str(config->log_level));
    auto server = Server::start(*config);
    if (!server) {
        shell.print_error(server.error());
        shell.exit = failed;
        return;
    }
    announce(**server, options.port_file);
    wait_for_end(**server, signals);
    spdlog::info("ending");
}

}  // namespace

void add_serve(Command root, Shell& shell) {
    auto command = root.add("serve", "run the server");
    const auto options = std::make_shared<Options>();
    command.option("--config", options->config, "its configuration file").required();
    command.option("--port-file", options->port_file, "write the doors' ports here once they are open");
    command.action([&shell, options] { serve(shell, *options); });
}

}  // namespace provost::cli
