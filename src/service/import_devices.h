// Device lists from CSV files: checked row by row first, applied in batches after.
#pragma once

#include "domain/actor.h"
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
    Actor who;                // whose sight bounds what the file may touch
    std::int64_t number = 0;  // of its record, whose rows can be undone; 0: it has none
};

struct RowProblem {
    std::size_t row = 0;  // line in the file
    std::string column;
    Error error;
    std::string value;                     // the cell as it stands
    std::vector<std::string> suggestions;  // what it may have been meant to be, the likeliest first
};

// What is odd about a row that is taken all the same.
struct RowWarning {
    std::size_t row = 0;
    std::string column, text;
};

// What one row changes of a device that is there.
struct RowChange {
    std::size_t row = 0;
    MacAddress mac;
    struct Field {
        std::string name, before, after;
    };
    std::vector<Field> fields;
};

// A configuration as a phone of the file would get it, its secrets masked.
struct RowSample {
    std::size_t row = 0;
    MacAddress mac;
    std::string model, syntax, text;
};

struct ImportColumn {
    std::string header, meaning;  // meaning empty: it is not read
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
    std::string facts;  // "UTF-16LE, separator ';', 500 rows, 3 empty rows ignored"
    std::string encoding, separator;
    std::size_t bytes = 0, rows = 0, empty_rows = 0;
    std::vector<ImportColumn> columns;
    std::int64_t not_in_file = 0;  // devices of the file's tenants that are not in it: they stay as they are
    std::vector<RowWarning> row_warnings;                               // the first ones
    std::vector<RowChange> changes;                                     // the first ones
    std::vector<RowSample> samples;                                     // the first ones
    std::size_t to_add = 0, to_change = 0, unchanged = 0, refused = 0;  // rows
    std::size_t applied = 0;                                            // rows written so far
    std::vector<RowProblem> problems;                                   // all of them, in order of rows
    std::vector<std::string> notes;       // "'extension' is read as line.1.user"
    std::vector<VendorWarning> warnings;  // one for each vendor at most, by its id
    std::string rejects;                  // the refused rows as CSV, with a reason column
};

// P-2511, of an import that was told to stop.
Error import_stopped(std::size_t done);

class ImportDevices {
 public:
    explicit ImportDevices(House& house) : house_(house) {}

    // Told how many rows are through, now and then; false: stop here. An error means the file as a whole
    // can't be read.
    using Progress = std::function<bool(std::size_t done, std::size_t total)>;
    struct Plan {
        ImportReport report;
        ImportOptions options;
        std::vector<ImportRow> rows;
    };
    Result<Plan> check(std::string_view file, const ImportOptions& options, const Progress& progress);
    // Writes what check() found ready, a few rows a transaction, so that phones' deliveries come in between;
    // a row that fails now is added to the problems. Where the store fails it stops with that error. Its
    // record tells how far it is, and images of the rows how to undo them: both are written in the same
    // transaction.
    Status apply(Plan& plan, const Progress& progress);

 private:
    House& house_;
};

}  // namespace provost
