#include "app/cli/command.h"
#include "app/server_config.h"
#include "vendor/vendor_file.h"

#include <iostream>

namespace provost::cli {

namespace {

struct Options {
    std::string vendor, file, anchor, fingerprint, kind, reason, id;
};

void import(Shell& shell, const Options& options, const std::string& path) {
    const auto text = read_file(options.file);
    if (!text) {
        shell.print_error(text.error());
        shell.exit = failed;
        return;
    }
    const auto answer = shell.call(
        "POST", path,
        {{"vendor", options.vendor}, {"anchor", options.anchor}, {"fingerprint", options.fingerprint}},
        *text);
    if (!answer) return;
    if (!answer->as_object().contains("items")) return print_object(shell, answer->as_object());
    const auto& items = answer->at("items").as_array();
    print_items(shell, items,
                {{"OUTCOME", "outcome"},
                 {"VENDOR", "vendor"},
                 {"ANCHOR", "anchor"},
                 {"SHA-256", "fingerprint"},
                 {"SUBJECT", "subject"}});
    for (const auto& item : items)
        if (member_text(item.as_object(), "outcome") == "not pinned") {
            std::cerr << "No vendor file pins a certificate above. If you have its fingerprint from the "
                         "vendor, repeat with\n"
                         "  --vendor ID --anchor ID --fingerprint SHA256\n";
            shell.exit = refused;
            return;
        }
}

void check(Shell& shell, const Options& options) {
    const auto text = read_file(options.file);
    if (!text) {
        shell.print_error(text.error());
        shell.exit = failed;
        return;
    }
    const auto outcome = read_vendor_file(*text, options.file);
    for (const auto& error : outcome.errors) shell.print_error(error);
    if (outcome.spec)
        std::cout << options.file << ": good, " << outcome.spec->parameters.size() << " parameter rules\n";
    else
        shell.exit = failed;
}

void add_trust(CLI::App& noun, Shell& shell, const std::shared_ptr<Options>& options) {
    auto* const trust = noun.add_subcommand("trust", "which CAs vouch for phones");
    trust->require_subcommand(1);
    trust->add_subcommand("list", "list trusted CAs, revocation lists and refusals")->callback([&shell] {
        if (const auto answer = shell.call("GET", "/v1/trust"))
            print_items(shell, answer->at("items").as_array(),
                        {{"ID", "id"},
                         {"KIND", "kind"},
                         {"VENDOR", "vendor"},
                         {"ANCHOR", "anchor"},
                         {"SHA-256", "fingerprint"},
                         {"SINCE", "at"},
                         {"BY", "actor"},
                         {"REASON", "reason"}});
    });
    auto* const importing =
        trust->add_subcommand("import", "import vendor CAs that a vendor file pins, or that you confirm");
    importing->add_option("file", options->file, "PEM or DER")->required();
    importing->add_option("--vendor", options->vendor, "for one that no file pins");
    importing->add_option("--anchor", options->anchor, "... its anchor in the vendor file");
    importing->add_option("--fingerprint", options->fingerprint, "... and its SHA-256, from the vendor");
    importing->callback([&shell, options] { import(shell, *options, "/v1/trust"); });
    auto* const list = trust->add_subcommand("import-crl", "import a vendor's revocation list");
    list->add_option("file", options->file, "PEM")->required();
    list->add_option("--vendor", options->vendor, "vendor")->required();
    list->callback([&shell, options] { import(shell, *options, "/v1/trust/crl"); });
    auto* const refuse =
        trust->add_subcommand("refuse", "refuse one certificate or key from the next handshake on");
    refuse->add_option("kind", options->kind, "certificate or key")->required();
    refuse->add_option("fingerprint", options->fingerprint, "SHA-256, hexadecimal")->required();
    refuse->add_option("--reason", options->reason, "why, for the record")->required();
    refuse->callback([&shell, options] {
        const json::object body{
            {"kind", options->kind}, {"fingerprint", options->fingerprint}, {"reason", options->reason}};
        if (const auto answer = shell.call("POST", "/v1/trust/refuse", {}, json::serialize(body)))
            print_object(shell, answer->as_object());
    });
    auto* const remove = trust->add_subcommand("remove", "remove a row of the trust list");
    remove->add_option("id", options->id, "as 'trust list' shows it")->required();
    remove->callback([&shell, options] {
        if (const auto answer = shell.call("DELETE", "/v1/trust/" + options->id))
            print_object(shell, answer->as_object());
    });
}

}  // namespace

void add_vendor(CLI::App& app, Shell& shell) {
    auto* const noun = app.add_subcommand("vendor", "makers of phones");
    noun->require_subcommand(1);
    const auto options = std::make_shared<Options>();
    noun->add_subcommand("list", "list vendors")->callback([&shell] {
        if (const auto answer = shell.call("GET", "/v1/vendors"))
            print_items(shell, answer->at("items").as_array(),
                        {{"VENDOR", "id"},
                         {"NAME", "name"},
                         {"STATUS", "status"},
                         {"MODELS", "models"},
                         {"SECRETS", "secret_mode"}});
    });
    auto* const show = noun->add_subcommand("show", "show what is known of a vendor");
    show->add_option("vendor", options->vendor, "vendor")->required();
    show->callback([&shell, options] {
        if (const auto answer = shell.call("GET", "/v1/vendors/" + options->vendor))
            print_object(shell, answer->as_object());
    });
    auto* const checking = noun->add_subcommand("check", "check a vendor file, without a server");
    checking->add_option("file", options->file, "vendor file")->required();
    checking->callback([&shell, options] { check(shell, *options); });
    add_trust(*noun, shell, options);
}

}  // namespace provost::cli
