// A key holder whose keys lie in two files of a folder of their own: root.key and epochs.keys.
#pragma once

#include "service/key_holder.h"

#include <filesystem>
#include <memory>

namespace provost {

// Makes folder/root.key (32 random bytes, mode 0400) and folder/epochs.keys (fixed slots, mode 0600) for a
// new installation. P-5003 if either is there: keys are never made anew silently.
Status make_key_files(const std::filesystem::path& folder, Timestamp now);

// Opens them. Refuses (P-5004 ... with what and how to mend): root.key absent, of another size or open to
// group or others; epochs.keys absent, damaged, half-written or sealed under another root key. Slots are
// overwritten in place and synced; a crash in the middle of that leaves a file that still opens.
Result<std::unique_ptr<KeyHolder>> open_key_files(const std::filesystem::path& folder);

}  // namespace provost
