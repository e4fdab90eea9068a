// The imports' part of the store, each question on a reader of its own.
#pragma once

#include "storage/sqlite/import_rows.h"
#include "storage/sqlite/reader_pool.h"

namespace provost::sqlite {

class ImportReader final : public ImportRecords {
 public:
    explicit ImportReader(ReaderPool& readers) : readers_(readers) {}

    Result<std::optional<ImportRecord>> find(std::int64_t number) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return find_import(*reader, number);
    }
    Result<std::vector<ImportRecord>> list(std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return list_imports(*reader, limit);
    }
    Result<std::vector<ImportRecord>> due(Timestamp now, std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return list_imports_due(*reader, now, limit);
    }
    Result<std::vector<ImportTrace>> traces(std::int64_t number, MacAddress after,
                                            std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return list_traces(*reader, number, after, limit);
    }
    Result<std::vector<UndoneRow>> undone(std::int64_t number, std::size_t after,
                                          std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return list_undone(*reader, number, after, limit);
    }

 private:
    ReaderPool& readers_;
};

}  // namespace provost::sqlite
