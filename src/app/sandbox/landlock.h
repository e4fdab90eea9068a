// Landlock (Linux 5.13 and later): what of the file system and the network this process may still reach.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace provost {

// A file or a folder with all beneath it. One that is not there is left out: nothing can be reached through
// it.
struct FileGrant {
    std::filesystem::path path;
    // To write is to read, make and remove too; `socket` is to make and remove one there.
    enum class Use : std::uint8_t { read, write, socket } use = Use::read;
};

struct LandlockRules {
    std::vector<FileGrant> files;
    bool connects = false;  // TCP connections to elsewhere
};

// The kernel's version of the interface; 0: it has none.
int landlock_version();

// From now on, for this thread and those that it starts. As much as the kernel knows of it. P-1123.
Status restrict_with_landlock(const LandlockRules& rules);

}  // namespace provost
