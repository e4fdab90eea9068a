// The program: `provost serve` runs the server, every other command talks to it.
#include "app/cli/command.h"
#include "app/cli/simulate.h"

#include <cstdlib>
#include <exception>
#include <iostream>

namespace {

using namespace provost;

int run(int argc, char** argv) {
    cli::CommandTree tree("provost", PROVOST_VERSION,
                          "Provost: secure zero-touch provisioning for SIP phones");
    auto root = tree.root();
    cli::Shell shell;
    if (const char* const socket = std::getenv("PROVOST_SOCKET")) shell.socket = socket;
    root.option("--socket", shell.socket, "the server's control socket (PROVOST_SOCKET)");
    root.option("-o,--output", shell.output, "table, json, ndjson or csv")
        .one_of({"table", "json", "ndjson", "csv"});
    cli::add_serve(root, shell);
    cli::add_tenant(root, shell);
    cli::add_device(root, shell);
    cli::add_trunk(root, shell);
    cli::add_site(root, shell);
    cli::add_resync(root, shell);
    cli::add_import(root, shell);
    cli::add_vendor(root, shell);
    cli::add_profile(root, shell);
    cli::add_exception(root, shell);
    cli::add_ban(root, shell);
    cli::add_rating(root, shell);
    cli::add_search(root, shell);
    cli::add_report(root, shell);
    cli::add_event(root, shell);
    cli::add_review(root, shell);
    cli::add_alert(root, shell);
    cli::add_webhook(root, shell);
    cli::add_role(root, shell);
    cli::add_audit(root, shell);
    cli::add_outbox(root, shell);
    cli::add_registrar(root, shell);
    cli::add_person(root, shell);
    cli::add_api_token(root, shell);
    cli::add_admin(root, shell);
    cli::add_server(root, shell);
    cli::add_keyholder(root, shell);
    cli::add_sandbox(root, shell);
    cli::add_backup(root, shell);
    cli::add_simulate(root, shell.exit);
    cli::add_version(root, shell);
    cli::add_completion(root, shell);
    return tree.parse(argc, argv) ? shell.exit : cli::wrong_use;
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
