// The audit trail as a file of JSON lines: what an auditor keeps, and verifies without the database.
#pragma once

#include "base/result.h"
#include "service/audit_keys.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace provost {

// One entry with its link and MAC, on one line without its end; and back. P-1114: it is none.
std::string to_export_line(const AuditRow& row);
Result<AuditRow> from_export_line(std::string_view line);

// All of a database's trail, into a file that is not there yet; for its owner alone. Gives how many entries.
// P-1115 can't be written, or is there already; P-60xx.
Result<std::int64_t> export_audit(const std::filesystem::path& database, const std::filesystem::path& file);
// P-1114 the file is no export, or a line of it can't be read; a file that was cut off is told by its end.
Status read_export(const std::filesystem::path& file, const std::function<void(const AuditRow&)>& take);

}  // namespace provost
