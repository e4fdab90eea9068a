// The part of the store that keeps which imports were written, and what it takes to undo them
// (domain/import_undo.h). Images of rows are kept as long as an undo may be asked for, records a day longer.
#pragma once

#include "base/result.h"
#include "domain/import_undo.h"

#include <string>
#include <vector>

namespace provost {

// interrupted: the server ended while it was written.
enum class ImportStage : std::uint8_t { writing, done, cancelled, interrupted };
std::string_view to_text(ImportStage stage);
std::optional<ImportStage> parse_import_stage(std::string_view text);

// late: its time has passed, and nobody asked for it, or nobody asked again once it had stopped.
enum class UndoState : std::uint8_t { open, late, running, done, cancelled, failed };
std::string_view to_text(UndoState state);
std::optional<UndoState> parse_undo_state(std::string_view text);

struct ImportUndo {
    UndoState state = UndoState::open;
    std::string actor, reason;
    std::optional<TenantId> bound;  // the tenant that the actor is bound to
    std::optional<Timestamp> began, ended;
    std::size_t removed = 0, restored = 0, left = 0;  // rows so far
    std::size_t to_arm = 0;                           // of those restored: their secrets did not come back
    std::string trouble;                              // why it failed
    bool operator==(const ImportUndo&) const = default;
};

struct ImportRecord {
    std::int64_t number = 0;
    std::string actor;
    std::optional<TenantId> owner;  // the tenant that its maker is bound to
    Timestamp made{};
    ImportStage stage = ImportStage::writing;
    std::size_t done = 0, total = 0;     // rows that were to be written
    std::size_t added = 0, changed = 0;  // devices
    std::optional<Timestamp> ended;
    std::optional<Timestamp> until;  // an undo may be asked for before that; nullopt: it is being written
    std::optional<Timestamp> due;    // when something of this is to be dropped
    ImportUndo undo;
    bool operator==(const ImportRecord&) const = default;
};

// Whether an undo that is so may be asked for, and how it is at `now`: late too before the housekeeper says
// so.
bool may_begin(UndoState state);
UndoState undo_state(const ImportRecord& record, Timestamp now);

// A row that an undo left as it was, or of which there is something to know.
struct UndoneRow {
    std::size_t row = 0;
    MacAddress mac;
    UndoStep step = UndoStep::leave;
    UndoReason why = UndoReason::none;
    std::string detail;  // of one that failed
    bool operator==(const UndoneRow&) const = default;
};

// Reads, as those of Store.
class ImportRecords {
 public:
    virtual ~ImportRecords() = default;
    virtual Result<std::optional<ImportRecord>> find(std::int64_t number) = 0;
    virtual Result<std::vector<ImportRecord>> list(std::size_t limit) = 0;                // newest first
    virtual Result<std::vector<ImportRecord>> due(Timestamp now, std::size_t limit) = 0;  // oldest first
    // By MAC, after one.
    virtual Result<std::vector<ImportTrace>> traces(std::int64_t number, MacAddress after,
                                                    std::size_t limit) = 0;
    // By row, after one.
    virtual Result<std::vector<UndoneRow>> undone(std::int64_t number, std::size_t after,
                                                  std::size_t limit) = 0;
};

// Inside a transaction.
class ImportRecordChanges {
 public:
    virtual ~ImportRecordChanges() = default;
    virtual Status insert(const ImportRecord& record) = 0;
    virtual Result<std::optional<ImportRecord>> find(std::int64_t number) = 0;
    virtual Status update(const ImportRecord& record) = 0;  // P-6005
    virtual Status remove(std::int64_t number) = 0;         // once its images and rows are dropped

    // What is delivered from now on counts as since.
    virtual Status keep(std::int64_t number, const ImportImage& image) = 0;
    virtual Result<std::vector<ImportTrace>> next(std::int64_t number, std::size_t limit) = 0;
    // The image goes; `told` stays.
    virtual Status settle(std::int64_t number, MacAddress mac, const std::optional<UndoneRow>& told) = 0;
    // A device is again as it was at version `was`, now under another one: imports that left it so can be
    // undone too.
    virtual Status rebase(MacAddress mac, std::int64_t was, std::int64_t version) = 0;
    // Up to so many of an import's images, or of the rows that its undo told of; how many went.
    virtual Result<std::size_t> drop_images(std::int64_t number, std::size_t limit) = 0;
    virtual Result<std::size_t> drop_undone(std::int64_t number, std::size_t limit) = 0;
};

}  // namespace provost
