#include "app/cli/command.h"
#include "app/server_config.h"
#include "crypto/random.h"
#include "vault/audit_key_file.h"
#include "vault/file_key_holder.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include <boost/json.hpp>
#include <sys/stat.h>

namespace provost::cli {

namespace {

namespace fs = std::filesystem;

struct InitOptions {
    std::string folder, share, key_holder, certificate_rsa, key_rsa, certificate_ecdsa, key_ecdsa,
        address = "127.0.0.1";
    int port = 8443;
};

Status make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error) fs::permissions(folder, fs::perms::owner_all, error);
    if (!error) return {};
    return fail({"P-1105", "the folder can't be made", folder.string(), error.message()});
}

std::string identity_text(const std::string& certificate, const std::string& key) {
    if (certificate.empty()) return {};
    return "    - {certificate: \"" + fs::absolute(certificate).string() + "\", key: \"" +
           fs::absolute(key).string() + "\"}\n";
}

std::string keys_text(const InitOptions& options) {
    if (options.key_holder.empty()) return "key_folder: keys\n";
    return "key_holder: {socket: \"" + fs::absolute(options.key_holder).string() + "\"}\n";
}

Status write_config(const InitOptions& options, const fs::path& file) {
    std::error_code error;
    if (fs::exists(file, error))
        return fail({"P-1106", "there is a configuration already", file.string(), "",
                     "Remove it first if you mean to begin again."});
    const auto share = fs::absolute(options.share);
    std::ofstream out(file);
    out << "# Provost's configuration; docs/reference/configuration.md. Relative paths are taken from this "
           "folder.\n"
        << "data_folder: data\ncontrol_socket: control.sock\n"
        << keys_text(options) << "vendor_folder: \"" << (share / "vendors").string() << "\"\n"
        << "hardening_file: \"" << (share / "policy/hardening.yaml").string() << "\"\n"
        << "door:\n  address: \"" << options.address << "\"\n  port: " << options.port << "\n  identities:\n"
        << identity_text(options.certificate_ecdsa, options.key_ecdsa)
        << identity_text(options.certificate_rsa, options.key_rsa);
    out.flush();
    if (out) return {};
    return fail({"P-1105", "the configuration can't be written", file.string()});
}

Status init(const InitOptions& options) {
    if (!start_random()) return fail({"P-1104", "the system gives no random numbers", "random"});
    const fs::path folder(options.folder);
    PROVOST_CHECK(make_folder(folder));
    PROVOST_CHECK(make_folder(folder / "data"));
    PROVOST_CHECK(write_config(options, folder / "provost.yaml"));
    if (!options.key_holder.empty()) return {};
    PROVOST_CHECK(make_folder(folder / "keys"));
    PROVOST_CHECK(make_key_files(folder / "keys", SystemClock().now()));
    return make_audit_keys(folder / "keys", "made by 'server init'");
}

void add_init(Command noun, Shell& shell) {
    auto command = noun.add("init", "make the folders, keys and configuration of a new server");
    const auto options = std::make_shared<InitOptions>();
    command.option("folder", options->folder, "folder to fill").required();
    command.option("--share", options->share, "where vendors/ and policy/ lie").required();
    command.option("--key-holder", options->key_holder,
                   "socket of the key holder that has the keys; without it they lie in the folder");
    command.option("--address", options->address, "address of the phones' door");
    command.option("--port", options->port, "its port").range(0, 65535);
    auto rsa = command.option("--rsa-certificate", options->certificate_rsa, "server certificate chain, PEM");
    command.option("--rsa-key", options->key_rsa, "its key, mode 0600 or less").needs(rsa);
    auto ecdsa =
        command.option("--ecdsa-certificate", options->certificate_ecdsa, "server certificate chain, PEM");
    command.option("--ecdsa-key", options->key_ecdsa, "its key, mode 0600 or less").needs(ecdsa);
    command.action([&shell, options] {
        if (const auto made = init(*options); !made) {
            shell.fail(made.error());
            return;
        }
        if (options->key_holder.empty())
            std::cout << "Take " << options->folder
                      << "/keys/audit.start off this host and keep it: it verifies the audit trail.\n";
        std::cout << "Ready. Start it with: provost serve --config " << options->folder << "/provost.yaml\n";
    });
}

}  // namespace

void add_server(Command root, Shell& shell) {
    auto noun = root.add_group("server", "this server");
    add_init(noun, shell);
    const auto post = [&shell](const std::string& path) {
        return [&shell, path] {
            if (const auto answer = shell.call("POST", path)) print_object(shell, answer->as_object());
        };
    };
    noun.add("status", "counts, counters, epoch").action([&shell] {
        if (const auto answer = shell.call("GET", "/v1/server")) print_object(shell, answer->as_object());
    });
    noun.add("reload", "reload certificates, trust and policy; on any error the old ones stay")
        .action(post("/v1/server/reload"));
    noun.add("close-epoch", "destroy the old epoch key now: purged secrets are gone from old copies too")
        .action(post("/v1/server/epoch"));
    noun.add("release-brake", "let an expiry go on that a clock jump stopped")
        .action(post("/v1/server/brake/release"));
}

void add_backup(Command root, Shell& shell) {
    auto noun = root.add_group("backup", "copies of the database");
    auto create = noun.add("create", "write a consistent copy while the server runs; keys are never in it");
    const auto path = std::make_shared<std::string>();
    create.option("file", *path, "file to write").required();
    create.action([&shell, path] {
        const json::object body{{"path", fs::absolute(*path).string()}};
        if (const auto answer = shell.call("POST", "/v1/backups", {}, json::serialize(body)))
            print_object(shell, answer->as_object());
    });
}

void add_outbox(Command root, Shell& shell) {
    auto noun = root.add_group("outbox", "digests waiting for the registrar");
    auto list = noun.add("list", "list what is not sent yet");
    const auto all = std::make_shared<bool>(false);
    list.flag("--all", *all, "also what was sent");
    list.action([&shell, all] {
        const auto answer =
            shell.call("GET", "/v1/outbox", {{"limit", "1000"}, {"all", *all ? "true" : "false"}});
        if (answer)
            print_items(shell, answer->at("items").as_array(),
                        {{"ID", "id"},
                         {"TIME", "at"},
                         {"DEVICE", "device"},
                         {"LINE", "line"},
                         {"USER", "user"},
                         {"REALM", "realm"},
                         {"STATE", "state"},
                         {"WITHDRAW", "withdraw"},
                         {"HA1 MD5", "ha1_md5"}});
    });
}

}  // namespace provost::cli
