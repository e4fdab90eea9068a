// The server's own configuration file (docs/reference/configuration.md): YAML, checked by one schema.
#pragma once

#include "app/admin_config.h"
#include "app/approval_config.h"
#include "app/outbound_config.h"
#include "app/registrar_config.h"
#include "app/report_files.h"
#include "app/resync_config.h"
#include "app/sandbox/sandbox.h"
#include "app/update_check.h"
#include "app/webhook_config.h"
#include "base/result.h"
#include "net/phone_door.h"
#include "net/plain_door.h"
#include "service/guard_post.h"
#include "service/log.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace provost {

struct SandboxSettings {
    SandboxMode mode = SandboxMode::automatic;
    std::vector<std::filesystem::path> write;  // further folders: where backups go
};

struct ServerConfig {
    std::filesystem::path data_folder;  // database; mode 0700
    // One of the two: who has the keys. The folder has root.key, epochs.keys and those of the audit trail;
    // mode 0700, never in a backup.
    std::filesystem::path key_folder, key_holder_socket;
    std::filesystem::path vendor_folder;   // vendors/*.yaml
    std::filesystem::path hardening_file;  // policy/hardening.yaml
    std::filesystem::path control_socket;
    std::string log_level = "info";
    std::filesystem::path audit_head_file;  // signed heads of the audit trail; empty: none
    LogForm log = LogForm::text;
    DoorSettings door;                // the main one
    std::vector<DoorSettings> doors;  // further ones
    GuardSettings guard;
    std::filesystem::path nft_file;  // bans for nftables; empty: none
    OutboundSettings outbound;       // alerts, and heads of the audit trail
    ApprovalRules approvals;         // what two persons decide
    ResyncSettings resync;           // how phones are told to call home
    UpdateSettings updates;
    ReportSettings reports;
    std::vector<RegistrarSettings> registrars;
    std::vector<WebhookBlock> webhooks;
    Duration review_every = std::chrono::hours(24 * 7);  // zero: nobody is reminded
    std::optional<PlainDoorSettings> metrics, tripwire;
    std::optional<AdminSettings> admin;
    SandboxSettings sandbox;
};

// Relative paths are taken from the file's own folder. P-1101 the file can't be read; P-21xx mistakes in it,
// all of them in one text.
Result<ServerConfig> read_server_config(const std::filesystem::path& file);

}  // namespace provost
