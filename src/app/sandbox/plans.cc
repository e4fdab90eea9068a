#include "app/sandbox/sandbox.h"
#include "app/server_config.h"

namespace provost {

namespace {

namespace fs = std::filesystem;
using Use = FileGrant::Use;

// What the libraries read of the system: configuration, users' names, time zones, modules, the process
// itself.
constexpr auto of_system = {"/usr",
                            "/etc/passwd",
                            "/etc/group",
                            "/etc/nsswitch.conf",
                            "/etc/localtime",
                            "/etc/ssl",
                            "/etc/ca-certificates",
                            "/etc/ld.so.cache",
                            "/etc/hosts",
                            "/etc/resolv.conf",
                            "/etc/host.conf",
                            "/etc/gai.conf",
                            "/etc/services",
                            "/dev/null",
                            "/dev/urandom",
                            "/proc/self",
                            "/sys/devices/system/cpu",
                            "/run/systemd/userdb"};

void grant_folder_of(const fs::path& file, Use use, std::vector<FileGrant>& files) {
    if (!file.empty()) files.push_back({fs::absolute(file).parent_path(), use});
}

// A certificate is renewed by a new file of the same name, so what counts is its folder.
void grant_identities(const std::vector<ServerIdentity>& identities, std::vector<FileGrant>& files) {
    for (const auto& identity : identities) {
        grant_folder_of(identity.certificate, Use::read, files);
        grant_folder_of(identity.key, Use::read, files);
    }
}

// Alerts, heads of the audit trail, webhooks, the release feed: whom it calls, and with which keys.
void grant_outbound(const ServerConfig& config, LandlockRules& reach) {
    std::vector<fs::path> read{config.updates.key, config.updates.authorities};
    for (const auto* const targets : {&config.outbound.alerts, &config.outbound.heads})
        for (const auto& target : *targets) {
            reach.connects = true;
            read.insert(read.end(), {target.key, target.authorities, target.certificate, target.client_key,
                                     target.password});
        }
    for (const auto& webhook : config.webhooks) {
        reach.connects = true;
        read.insert(read.end(), {webhook.target.key, webhook.target.authorities});
    }
    if (config.resync.given) {
        reach.connects = true;
        read.insert(read.end(), {config.resync.authorities, config.resync.certificate, config.resync.key});
    }
    if (config.updates.is_remote())
        reach.connects = true;
    else
        read.emplace_back(config.updates.feed);
    for (const auto& file : read) grant_folder_of(file, Use::read, reach.files);
}

// Registrars: whom it calls, with which keys; a database that is a file is written beside itself.
void grant_registrars(const ServerConfig& config, LandlockRules& reach) {
    static constexpr std::string_view file_scheme = "sqlite:";
    for (const auto& one : config.registrars) {
        for (const auto& file : {one.authorities, one.key, one.password_file})
            grant_folder_of(file, Use::read, reach.files);
        if (one.door) {
            grant_identities(one.door->identities, reach.files);
            continue;
        }
        if (one.database.starts_with(file_scheme))
            grant_folder_of(one.database.substr(file_scheme.size()), Use::write, reach.files);
        else
            reach.connects = true;
    }
}

}  // namespace

SandboxPlan server_plan(const ServerConfig& config, const std::vector<fs::path>& left_files) {
    SandboxPlan plan;
    plan.mode = config.sandbox.mode;
    auto& files = plan.reach.files;
    for (const char* const path : of_system) files.push_back({path, Use::read});
    files.push_back({config.vendor_folder, Use::read});
    files.push_back({config.hardening_file, Use::read});
    files.push_back({config.data_folder, Use::write});
    if (!config.key_folder.empty()) files.push_back({config.key_folder, Use::write});
    grant_identities(config.door.identities, files);
    for (const auto& door : config.doors) grant_identities(door.identities, files);
    if (config.admin) {
        grant_identities(config.admin->door.identities, files);
        if (const auto& web = config.admin->door.web; !web.empty()) files.push_back({web, Use::read});
        grant_folder_of(config.admin->security_file, Use::read, files);
    }
    grant_folder_of(config.control_socket, Use::socket, files);
    grant_outbound(config, plan.reach);
    grant_registrars(config, plan.reach);
    for (const auto& path : {config.audit_head_file, config.nft_file})
        grant_folder_of(path, Use::write, files);
    for (const auto& path : left_files) grant_folder_of(path, Use::write, files);
    if (!config.reports.folder.empty()) files.push_back({config.reports.folder, Use::write});
    for (const auto& folder : config.sandbox.write) files.push_back({folder, Use::write});
    return plan;
}

// Of the system it needs nothing once it runs.
SandboxPlan key_holder_plan(SandboxMode mode, const fs::path& keys, const fs::path& socket) {
    SandboxPlan plan;
    plan.mode = mode;
    plan.role = SandboxRole::key_holder;
    plan.reach.files.push_back({keys, Use::write});
    plan.reach.files.push_back({"/etc/ssl", Use::read});
    plan.reach.files.push_back({"/usr/lib", Use::read});
    grant_folder_of(socket, Use::socket, plan.reach.files);
    return plan;
}

}  // namespace provost
