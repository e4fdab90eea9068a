// Which column of a device list means what: by its own name, as other portals write it, or as somebody said.
#pragma once

#include "base/result.h"
#include "service/operations.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace provost {

// What people say of columns: a header, and the field that it is read as; empty: it is left out.
using ColumnChoices = std::map<std::string, std::string>;

// How it is known what a column means. open: it isn't, or it can't be that.
enum class ColumnOrigin : std::uint8_t { name, header, choice, open };
std::string_view to_text(ColumnOrigin origin);

struct PlannedColumn {
    std::string header, meaning;  // "mac", "tenant", a setting's name; empty: it is not read
    ColumnOrigin origin = ColumnOrigin::name;
    bool brings_passwords = false;  // its cells are told to nobody
    std::optional<Error> trouble;   // of an open one
};

struct ColumnPlan {
    std::vector<PlannedColumn> columns;
    std::vector<std::string> notes;  // what was taken for what
    // What is to be said or mended before anything is written: P-2505 a column means nothing, P-2507 two mean
    // the same, P-2004 one brings passwords, P-2506 none has the MAC.
    [[nodiscard]] std::vector<Error> open() const;
    [[nodiscard]] bool has(std::string_view meaning) const;
};

// P-2517: something is said of a column that the list does not have.
Result<ColumnPlan> plan_columns(const std::vector<std::string>& header, const ColumnChoices& choices);

// One row's cells by their meaning. Empty cells are left out.
Devices::Draft draft_of_row(const ColumnPlan& plan, const std::vector<std::string>& cells);

}  // namespace provost
