// audit.start and audit.pub: what an operator keeps of the trail's keys, as lines "name value".
#pragma once

#include "service/audit_verifier.h"

#include <filesystem>

namespace provost {

// Durable on return. P-5020 if the file is there or can't be written.
Status write_audit_start(const std::filesystem::path& file, const AuditStart& start);
// P-5024; the names and values must fit each other (AuditStart::id commits to them).
Result<AuditStart> read_audit_start(const std::filesystem::path& file);

}  // namespace provost
