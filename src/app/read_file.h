// A whole file, as the program's parts are given them.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>

namespace provost {

// At most `most` bytes. P-1102.
Result<std::string> read_file(const std::filesystem::path& file, std::size_t most = 16U << 20U);

}  // namespace provost
