// Small files, whole.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace provost::sim {

Result<std::string> read_file(const std::filesystem::path& path);  // P-9002

// Replaces the file in one step, mode 0600 whatever the umask. P-9006.
Status write_file(const std::filesystem::path& path, std::string_view content);

// Makes the folder and those above it; the last one gets mode 0700. P-9006.
Status make_folder(const std::filesystem::path& path);

}  // namespace provost::sim
