// Whatever a spreadsheet sends: a table within the limits, or one mistake.
#include "domain/csv.h"

#include "fuzz.h"

using provost::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto file = provost::parse_csv(provost::fuzz::text_of(data, size));
    if (!file) {
        require(file.error().code.starts_with("P-25"), "a mistake has a code of its own");
        return 0;
    }
    require(!file->header.empty() && file->header.size() <= provost::csv_most_columns,
            "the header is within its limits");
    require(file->rows.size() <= provost::csv_most_rows, "the rows are within their limit");
    std::size_t line = 1;
    for (const provost::CsvRow& row : file->rows) {
        require(row.line > line, "rows have rising lines behind the header");
        require(row.cells.size() <= provost::csv_most_columns, "a row is within its limit");
        for (const std::string& cell : row.cells) {
            require(cell.size() <= provost::csv_longest_cell, "a cell is within its limit");
        }
        line = row.line;
    }
    return 0;
}
