// Where signed heads of the audit trail go: a file that grows by a line each.
#pragma once

#include "base/result.h"
#include "service/audit_head.h"

#include <filesystem>
#include <vector>

namespace provost {

// Appends and syncs; made for its owner alone if it is not there, so that it may be rotated away. P-1110.
Status append_head(const std::filesystem::path& file, const AuditHead& head);
// Every head in a file of lines, whatever else is in it. P-1110 can't be read; P-1111 no head is in it.
Result<std::vector<AuditHead>> read_heads(const std::filesystem::path& file);

}  // namespace provost
