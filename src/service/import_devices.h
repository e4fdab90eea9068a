// Device lists from CSV files: checked row by row first, applied in batches after.
#pragma once

#include "domain/csv.h"
#include "service/devices.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace provost {

struct ImportOptions {
    std::string tenant;  // for rows without a tenant column
    bool arm = false;    // new devices are armed at once
    std::string actor;
};

struct RowProblem {
    std::size_t row = 0;  // line in the file
    std::string column;
    Error error;
};

// What the paper asks and the vendor of new devices does not meet (R-A9); no reason to refuse them.
struct VendorWarning {
    std::string vendor;
    std::size_t devices = 0;  // rows to add
    std::string text;
};

enum class RowFate : std::uint8_t { add, change, unchanged, refused };

struct ImportRow {
    std::size_t line = 0;
    RowFate fate = RowFate::refused;
    Device device;
};

struct ImportReport {
    std::string encoding, separator;
    std::size_t empty_rows = 0;
    std::size_t to_add = 0, to_change = 0, unchanged = 0, refused = 0;  // rows
    std::size_t applied = 0;                                            // rows written so far
    std::vector<RowProblem> problems;                                   // all of them, in order of rows
    std::vector<std::string> notes;       // "'extension' is read as line.1.user"
    std::vector<VendorWarning> warnings;  // one for each vendor at most, by its id
    std::string rejects;                  // the refused rows as CSV, with a reason column
};

class ImportDevices {
 public:
    explicit ImportDevices(House& house) : house_(house) {}

    // `done` is told how many rows are through, now and then. An error means the file as a whole can't be
    // read.
    using Progress = std::function<void(std::size_t done, std::size_t total)>;
    struct Plan {
        ImportReport report;
        ImportOptions options;
        std::vector<ImportRow> rows;
    };
    Result<Plan> check(std::string_view file, const ImportOptions& options, const Progress& progress);
    // Writes what check() found ready, 500 rows a transaction; a row that fails now is added to the problems.
    Status apply(Plan& plan, const Progress& progress);

 private:
    House& house_;
};

}  // namespace provost
