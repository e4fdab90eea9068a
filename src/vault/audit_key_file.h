// The keys of the audit trail, in the key folder: audit.keys (mode 0600, sealed under the root key), which
// moves forward, and audit.sign (0400), which signs heads.
#pragma once

#include "service/audit_keys.h"
#include "service/audit_verifier.h"

#include <filesystem>
#include <memory>
#include <string>

namespace provost {

// Makes them, and beside them audit.start (0400), which verifies the trail and must be taken off the host,
// and audit.pub, which verifies heads alone. root.key is there already. P-5020 if any of them is there.
Status make_audit_keys(const std::filesystem::path& folder, const std::string& reason);
// Moves the old ones aside, to names that end in ".N", and makes new ones: the trail goes on under them.
// P-5012 while a server has them open.
Status renew_audit_keys(const std::filesystem::path& folder, const std::string& reason);
bool has_audit_keys(const std::filesystem::path& folder);
bool has_audit_start(const std::filesystem::path& folder);

// P-5022 absent or of another size, P-5006 open to others, P-5023 damaged or of another root key, P-5012
// another process has them.
Result<std::shared_ptr<AuditKeys>> open_audit_keys(const std::filesystem::path& folder);

}  // namespace provost
