// Reading the audit trail: a page for people, all of it for a verifier.
#pragma once

#include "service/store.h"
#include "storage/sqlite/audit_trail.h"
#include "storage/sqlite/database.h"

namespace provost::sqlite {

Result<AuditPage> list_audit(Database& database, const AuditFilter& filter, std::int64_t before,
                             std::size_t limit);

}  // namespace provost::sqlite
