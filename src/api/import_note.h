// Which imports are being written, as the store keeps it: in the transaction that writes their rows, so that
// after an end of the server it tells to the row how far each came.
#pragma once

#include "service/store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace provost {

inline const std::string import_note = "imports.running";

struct RunningImport {
    std::uint64_t number = 0;
    std::size_t done = 0, total = 0;  // rows
    Timestamp made{};
    std::string actor;
    std::optional<TenantId> owner;  // that its maker is bound to
};
struct ImportNote {
    std::uint64_t last = 0;  // number that was given last
    std::vector<RunningImport> running;
};

ImportNote read_import_note(const std::string& text);  // what it can't read is left out
std::string write_import_note(const ImportNote& note);

Status note_running(Transaction& transaction, const RunningImport& import);
Status forget_running(Transaction& transaction, std::uint64_t number);

}  // namespace provost
