// The root key: 32 random bytes in a file of mode 0400.
#pragma once

#include "base/result.h"
#include "vault/key_memory.h"

#include <filesystem>

namespace provost {

std::filesystem::path root_key_file(const std::filesystem::path& folder);
// P-5003 if it can't be made.
Status make_root_key(const std::filesystem::path& file, const Key& root);
// P-5004 absent or of another size, P-5006 open to others.
Result<Key> read_root_key(const std::filesystem::path& file);

}  // namespace provost
