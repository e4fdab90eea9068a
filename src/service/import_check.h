// A device list looked at row by row, with what is to be said of its columns before anything is written.
#pragma once

#include "service/import_columns.h"
#include "service/import_devices.h"

namespace provost {

struct CheckedColumn {
    PlannedColumn plan;
    std::string example;  // the first cell that says something; never of a column of passwords
};

struct ListFacts {
    std::vector<CheckedColumn> columns;
    std::vector<Error> open;  // P-2505 and the like, see ColumnPlan::open; nothing may be written before
    std::size_t warned = 0;   // rows with a warning, of those that are not refused
};

struct CheckedList {
    ImportDevices::Plan plan;
    ListFacts facts;
};

inline constexpr std::size_t row_warnings_kept = 10'000;

// Rows are looked at as far as columns say anything: while none has the MAC, not at all. An error means that
// the file as a whole can't be read, or that a choice names no column.
Result<CheckedList> check_list(const House& house, std::string_view file, const ImportOptions& options,
                               const ColumnChoices& choices, const ImportDevices::Progress& progress);

}  // namespace provost
