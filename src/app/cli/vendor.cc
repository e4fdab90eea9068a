#include "api/vendor_json.h"
#include "app/cli/command.h"
#include "app/cli/vendor_card.h"
#include "app/house_parts.h"
#include "app/read_file.h"
#include "vendor/vendor_file.h"

#include <filesystem>
#include <iostream>
#include <map>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct VendorOptions {
    std::string vendor, file, profile, anchor, fingerprint, kind, reason, id;
    std::vector<std::string> files;
};

void import(Shell& shell, const VendorOptions& options, const std::string& path) {
    const auto text = read_file(options.file);
    if (!text) {
        shell.fail(text.error());
        return;
    }
    std::map<std::string, std::string> query{{"vendor", options.vendor}};
    if (!options.anchor.empty()) query["anchor"] = options.anchor;
    if (!options.fingerprint.empty()) query["fingerprint"] = options.fingerprint;
    const auto answer = shell.call("POST", path, std::move(query), *text);
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

// Nothing if the file has mistakes, all of which are told.
std::optional<VendorSpec> load(Shell& shell, const std::string& file) {
    const auto text = read_file(file);
    if (!text) {
        shell.fail(text.error());
        return std::nullopt;
    }
    auto outcome = read_vendor_file(*text, file);
    for (const auto& error : outcome.errors) shell.print_error(error);
    if (!outcome.spec) shell.exit = failed;
    return std::move(outcome.spec);
}

void check(Shell& shell, const std::vector<std::string>& files) {
    for (const auto& file : files)
        if (const auto vendor = load(shell, file))
            std::cout << file << ": good, " << vendor->parameters.size() << " parameter rules\n";
}

void print_card(const Shell& shell, const json::object& card) {
    if (shell.output == "table") return print_vendor_card(std::cout, card);
    print_object(shell, card);
}

// The profile lies beside the vendors: vendors/acme.yaml and policy/hardening.yaml.
void show_file(Shell& shell, const VendorOptions& options) {
    namespace fs = std::filesystem;
    const auto vendor = load(shell, options.file);
    if (!vendor) return;
    const auto beside = fs::absolute(options.file).lexically_normal().parent_path().parent_path();
    const auto profile = load_hardening(options.profile.empty() ? beside / "policy" / "hardening.yaml"
                                                                : fs::path(options.profile));
    if (!profile) {
        shell.fail(profile.error());
        return;
    }
    print_card(shell, vendor_card(*vendor, *profile));
}

void show(Shell& shell, const VendorOptions& options) {
    if (!options.file.empty()) return show_file(shell, options);
    if (options.vendor.empty()) refuse_option("vendor", "name a vendor, or give --file");
    if (const auto answer = shell.call("GET", "/v1/vendors/" + options.vendor))
        print_card(shell, answer->as_object());
}

void add_trust(Command noun, Shell& shell, const std::shared_ptr<VendorOptions>& options) {
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
    const auto options = std::make_shared<VendorOptions>();
    noun.add("list", "list vendors").action([&shell] {
        if (const auto answer = shell.call("GET", "/v1/vendors"))
            print_items(shell, answer->at("items").as_array(),
                        {{"VENDOR", "id"},
                         {"NAME", "name"},
                         {"STATUS", "status"},
                         {"GRADE", "grade"},
                         {"PAPER", "paper"},
                         {"HARDENED", "hardened"},
                         {"MODELS", "models"},
                         {"SECRETS", "secret_mode"}});
    });
    auto showing = noun.add("show", "show a vendor's scorecard and what is known of its phones");
    auto vendor = showing.option("vendor", options->vendor, "vendor");
    auto file = showing.option("--file", options->file, "of this vendor file, without a server");
    file.excludes(vendor);
    showing.option("--profile", options->profile, "... and this hardening profile").needs(file);
    showing.action([&shell, options] { show(shell, *options); });
    auto checking = noun.add("check", "check vendor files, without a server");
    checking.option("file", options->files, "vendor files").required();
    checking.action([&shell, options] { check(shell, options->files); });
    add_trust(noun, shell, options);
}

}  // namespace provost::cli
