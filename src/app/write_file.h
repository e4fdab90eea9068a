// Files that the program leaves for others.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace provost {

enum class Readers : std::uint8_t { owner, as_umask_says };

// Puts the text in the place of the file at once: who reads it gets the old one or the new one, whole.
// P-1116.
Status replace_file(const std::filesystem::path& file, std::string_view text, Readers readers);

// Into what a person named on the command line, which may be a pipe. A new file is for its owner alone, until
// he says otherwise: it tells of devices and addresses. P-1116.
Status write_output(const std::filesystem::path& file, std::string_view text);

}  // namespace provost
