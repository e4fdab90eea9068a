// What people see of a device list before it is applied: what was found in the file, what a row changes, what
// a phone would get, and what a refused cell may have been meant to be.
#pragma once

#include "service/import_devices.h"

namespace provost {

inline constexpr std::size_t samples_shown = 3;
inline constexpr std::size_t changes_shown = 100;

// "UTF-16LE, separator ';', 500 rows, 3 empty rows ignored"
std::string describe_file(const CsvFile& file);

// Settings by their names, the rest by the columns' names.
RowChange changes_of(std::size_t line, const Device& before, const Device& after);

std::vector<std::string> suggest(const Error& error, const std::string& value);

// Nothing where it can't be made: then the row was refused for it.
std::optional<RowSample> sample_of(const House& house, const ImportRow& row);

}  // namespace provost
