// Imports and their images (service/import_records.h) in their tables.
#pragma once

#include "service/import_records.h"
#include "storage/sqlite/database.h"

namespace provost::sqlite {

Result<std::optional<ImportRecord>> find_import(Database& database, std::int64_t number);
Result<std::vector<ImportRecord>> list_imports(Database& database, std::size_t limit);
Result<std::vector<ImportRecord>> list_imports_due(Database& database, Timestamp now, std::size_t limit);
Result<std::vector<ImportTrace>> list_traces(Database& database, std::int64_t number, MacAddress after,
                                             std::size_t limit);
Result<std::vector<UndoneRow>> list_undone(Database& database, std::int64_t number, std::size_t after,
                                           std::size_t limit);

// A device is removed: what comes under its MAC later is another.
Status mark_images_gone(Database& database, MacAddress mac);

class ImportChanges final : public ImportRecordChanges {
 public:
    explicit ImportChanges(Database& database) : database_(database) {}

    Status insert(const ImportRecord& record) override;
    Result<std::optional<ImportRecord>> find(std::int64_t number) override;
    Status update(const ImportRecord& record) override;
    Status remove(std::int64_t number) override;
    Status keep(std::int64_t number, const ImportImage& image) override;
    Result<std::vector<ImportTrace>> next(std::int64_t number, std::size_t limit) override;
    Status settle(std::int64_t number, MacAddress mac, const std::optional<UndoneRow>& told) override;
    Status rebase(MacAddress mac, std::int64_t was, std::int64_t version) override;
    Result<std::size_t> drop_images(std::int64_t number, std::size_t limit) override;
    Result<std::size_t> drop_undone(std::int64_t number, std::size_t limit) override;

 private:
    Database& database_;
};

}  // namespace provost::sqlite
