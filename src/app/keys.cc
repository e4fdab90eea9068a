#include "app/keys.h"

#include "service/log.h"
#include "storage/sqlite/sqlite_store.h"
#include "vault/audit_key_file.h"
#include "vault/file_key_holder.h"

namespace provost {

namespace {

constexpr auto patience = std::chrono::seconds(10);  // both may be starting at once

void warn_of_start_key(const std::filesystem::path& folder) {
    if (has_audit_start(folder))
        log_event(LogLevel::warning, "audit.start-key-here",
                  "audit.start lies in the key folder still: take it off this host, or whoever takes the "
                  "host over can rewrite the audit trail");
}

}  // namespace

Result<HeldKeys> reach_keys(const ServerConfig& config) {
    if (!config.key_holder_socket.empty()) {
        PROVOST_TRY(auto held, connect_key_holder(config.key_holder_socket, patience));
        log_event(LogLevel::info, "keyholder.reached", "a process of its own holds the keys",
                  {{"socket", config.key_holder_socket.string()}});
        return held;
    }
    HeldKeys held;
    PROVOST_TRY(held.keys, open_key_files(config.key_folder));
    if (!has_audit_keys(config.key_folder) && !has_audit(config.data_folder / "provost.db"))
        PROVOST_CHECK(make_audit_keys(config.key_folder, "made at the first start"));
    PROVOST_TRY(held.audit, open_audit_keys(config.key_folder));
    log_event(LogLevel::info, "keyholder.in-process",
              "the keys are in this process: whoever takes it over has them",
              {{"fix", "run a key holder of its own: docs/how-to/run-on-a-server.md"}});
    warn_of_start_key(config.key_folder);
    return held;
}

}  // namespace provost
