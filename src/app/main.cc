// The program: `provost serve` runs the server, every other command talks to it.
#include "app/cli/command.h"
#include "app/cli/simulate.h"
#include "domain/text.h"

#include <cstdlib>
#include <exception>
#include <iostream>

namespace {

using namespace provost;

// The nearest command to a word that is none, looked up along the words before it.
std::string suggestion(const CLI::App& app, int argc, char** argv) {
    const auto* place = &app;
    for (int i = 1; i < argc; ++i) {
        std::vector<std::string> names;
        const CLI::App* next = nullptr;
        for (const auto* const sub : place->get_subcommands([](const CLI::App*) { return true; })) {
            names.push_back(sub->get_name());
            if (sub->get_name() == argv[i]) next = sub;
        }
        if (next == nullptr) {
            const std::vector<std::string_view> views(names.begin(), names.end());
            const auto near = nearest(argv[i], views);
            return near ? "Did you mean '" + std::string(*near) + "'?" : "";
        }
        place = next;
    }
    return {};
}

int run(int argc, char** argv) {
    CLI::App app("Provost: secure zero-touch provisioning for SIP phones", "provost");
    app.set_version_flag("--version", std::string("provost ") + PROVOST_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    cli::Shell shell;
    if (const char* const socket = std::getenv("PROVOST_SOCKET")) shell.socket = socket;
    app.add_option("--socket", shell.socket, "the server's control socket (PROVOST_SOCKET)");
    app.add_option("-o,--output", shell.output, "table, json, ndjson or csv")
        ->check(CLI::IsMember({"table", "json", "ndjson", "csv"}));
    cli::add_serve(app, shell);
    cli::add_tenant(app, shell);
    cli::add_device(app, shell);
    cli::add_import(app, shell);
    cli::add_vendor(app, shell);
    cli::add_event(app, shell);
    cli::add_outbox(app, shell);
    cli::add_server(app, shell);
    cli::add_backup(app, shell);
    add_simulate(app, shell.exit);
    cli::add_completion(app, shell);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        if (code == 0) return cli::ok;
        if (const auto near = suggestion(app, argc, argv); !near.empty()) std::cerr << near << "\n";
        return cli::wrong_use;
    }
    return shell.exit;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& accident) {
        std::cerr << "provost: " << accident.what() << "\n";
        return provost::cli::failed;
    }
}
