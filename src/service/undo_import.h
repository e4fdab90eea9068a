// Takes back what an import did, as far as nobody and no phone has built on it since (domain/import_undo.h).
#pragma once

#include "domain/actor.h"
#include "service/house.h"

#include <functional>
#include <vector>

namespace provost {

// How long after its end an import can be undone, and an undo that stopped can be asked for again.
inline constexpr Duration undo_window = std::chrono::minutes(10);

struct UndoPreview {
    std::size_t removed = 0, restored = 0, left = 0, to_arm = 0;
    std::vector<UndoneRow> rows;  // the first of those of which there is something to know
};
// What an undo would do now. Changes nothing.
Result<UndoPreview> preview_undo(House& house, std::int64_t number, const Actor& actor, std::size_t rows);

class UndoImport {
 public:
    // `actor`'s sight bounds what is touched.
    UndoImport(House& house, std::int64_t number, Actor actor)
        : house_(house), number_(number), actor_(std::move(actor)) {}

    // Row by row, some in a transaction, which drops their images and counts them in the record: it may break
    // off anywhere, and what is left is done by the next run. False of `go_on`: it stops there. A row that
    // can't be undone is left, and told; a store that takes nothing is waited for.
    Result<bool> run(const std::function<bool()>& go_on);  // true: to the end

 private:
    Status carry_out(Transaction& transaction, const ImportTrace& trace, const UndoRuling& ruling);
    Status remove(Transaction& transaction, const ImportTrace& trace);
    Status restore(Transaction& transaction, const ImportTrace& trace);
    Result<std::size_t> batch(std::size_t limit);
    Status row_by_row();
    Status give_up_on_next(const Error& error);

    House& house_;
    std::int64_t number_;
    Actor actor_;
};

// What is late goes, a part at a time: called by the housekeeper.
Status drop_late_imports(House& house, Timestamp now);

// "import i00000007": in events and audit.
std::string import_name(std::int64_t number);

}  // namespace provost
