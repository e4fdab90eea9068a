// Diagnostic windows (service/diagnostic_windows.h) in their table.
#pragma once

#include "service/diagnostic_windows.h"
#include "storage/sqlite/database.h"

namespace provost::sqlite {

Result<std::optional<DiagnosticWindow>> find_window(Database& database, MacAddress device);
Result<std::vector<MacAddress>> list_windows_due(Database& database, Timestamp now, std::size_t limit);

class WindowChanges final : public DiagnosticWindowChanges {
 public:
    explicit WindowChanges(Database& database) : database_(database) {}

    Result<std::optional<DiagnosticWindow>> of(MacAddress device) override;
    Result<std::int64_t> insert(const DiagnosticWindow& window) override;
    Status update(const DiagnosticWindow& window) override;
    Status remove(MacAddress device) override;
    Result<std::optional<StoredSecret>> password(MacAddress device) override;

 private:
    Database& database_;
};

}  // namespace provost::sqlite
