// Files and folders that nobody but the key holder's user may touch.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace provost {

// The size of an open file. Refused under `code` if it is not a regular file of this process's user, or if
// group or others may do anything with it.
Result<std::size_t> check_private(int descriptor, const std::filesystem::path& file, const char* code);

// P-5004 absent, P-5006 open to others or somebody else's.
Status check_private_folder(const std::filesystem::path& folder);

// Makes a file of these bytes, mode 0400, durable but for its name; one that can't be written whole is not
// left behind. nullopt, or the system's word for what was in the way.
std::optional<std::string> write_private_file(const std::filesystem::path& file, ByteView bytes);

// The names of new files are durable on return. P-5009.
Status sync_folder(const std::filesystem::path& folder);

}  // namespace provost
