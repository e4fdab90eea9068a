// Device lists as spreadsheets write them: RFC 4180 and what its relatives do.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct CsvRow {
    std::size_t line = 0;  // where it begins in the file, from 1; the header is line 1
    std::vector<std::string> cells;
};

struct CsvFile {
    std::string encoding;  // "UTF-8", "UTF-16LE", "UTF-16BE"
    char separator = ',';  // ',' ';' or tab
    std::vector<std::string> header;
    std::vector<CsvRow> rows;
    std::size_t empty_rows = 0;  // ignored
};

constexpr std::size_t csv_most_rows = 250'000;
constexpr std::size_t csv_most_columns = 512;
constexpr std::size_t csv_longest_cell = 4'096;

// Finds out encoding (byte order mark) and separator by itself. The first mistake is the error, with its
// line: P-2501 encoding, P-2502 an unclosed quote, P-2503 too large, P-2504 no header.
Result<CsvFile> parse_csv(std::string_view bytes);

// A cell as it is written, in quotes where it needs them.
std::string quote_csv(std::string_view cell);

}  // namespace provost
