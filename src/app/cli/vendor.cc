#include "app/cli/command.h"
#include "app/server_config.h"
#include "vendor/vendor_file.h"

#include <iostream>

#include <boost/json.hpp>

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

void add_trust(Command noun, Shell& shell, const std::shared_ptr<Options>& options) {
    auto trust = noun.add_group("trust", "which CAs vouch for phones");
    trust.add("list", "list trusted CAs, revocation lists and refusals").action([&shell] {
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
    auto importing = trust.add("import", "import vendor CAs that a vendor file pins, or that you confirm");
    importing.option("file", options->file, "PEM or DER").required();
    importing.option("--vendor", options->vendor, "for one that no file pins");
    importing.option("--anchor", options->anchor, "... its anchor in the vendor file");
    importing.option("--fingerprint", options->fingerprint, "... and its SHA-256, from the vendor");
    importing.action([&shell, options] { import(shell, *options, "/v1/trust"); });
    auto list = trust.add("import-crl", "import a vendor's revocation list");
    list.option("file", options->file, "PEM").required();
    list.option("--vendor", options->vendor, "vendor").required();
    list.action([&shell, options] { import(shell, *options, "/v1/trust/crl"); });
    auto refuse = trust.add("refuse", "refuse one certificate or key from the next handshake on");
    refuse.option("kind", options->kind, "certificate or key").required();
    refuse.option("fingerprint", options->fingerprint, "SHA-256, hexadecimal").required();
    refuse.option("--reason", options->reason, "why, for the record").required();
    refuse.action([&shell, options] {
        const json::object body{
            {"kind", options->kind}, {"fingerprint", options->fingerprint}, {"reason", options->reason}};
        if (const auto answer = shell.call("POST", "/v1/trust/refuse", {}, json::serialize(body)))
            print_object(shell, answer->as_object());
    });
    auto remove = trust.add("remove", "remove a row of the trust list");
    remove.option("id", options->id, "as 'trust list' shows it").required();
    remove.action([&shell, options] {
        if (const auto answer = shell.call("DELETE", "/v1/trust/" + options->id))
            print_object(shell, answer->as_object());
    });
}

}  // namespace

void add_vendor(Command root, Shell& shell) {
    auto noun = root.add_group("vendor", "makers of phones");
    const auto options = std::make_shared<Options>();
    noun.add("list", "list vendors").action([&shell] {
        if (const auto answer = shell.call("GET", "/v1/vendors"))
            print_items(shell, answer->at("items").as_array(),
                        {{"VENDOR", "id"},
                         {"NAME", "name"},
                         {"STATUS", "status"},
                         {"MODELS", "models"},
                         {"SECRETS", "secret_mode"},
                         {"HARDENING", "hardening"}});
    });
    auto show = noun.add("show", "show what is known of a vendor");
    show.option("vendor", options->vendor, "vendor").required();
    show.action([&shell, options] {
        if (const auto answer = shell.call("GET", "/v1/vendors/" + options->vendor))
            print_object(shell, answer->as_object());
    });
    auto checking = noun.add("check", "check a vendor file, without a server");
    checking.option("file", options->file, "vendor file").required();
    checking.action([&shell, options] { check(shell, *options); });
    add_trust(noun, shell, options);
}

}  // namespace provost::cli
