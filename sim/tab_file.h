// Rows of texts in a file: one row a line, fields apart by tabs, control characters and '%' escaped as %XX.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost::sim {

using Row = std::vector<std::string>;

void append_row(std::string& text, const Row& row);
Result<std::vector<Row>> read_rows(std::string_view text);  // P-9007 with the line

}  // namespace provost::sim
