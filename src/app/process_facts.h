// What the system says of this process and of the disk below a folder.
#pragma once

#include <cstdint>
#include <filesystem>

namespace provost {

struct ProcessFacts {
    double cpu_seconds = 0;  // user and system
    std::uint64_t resident_bytes = 0, virtual_bytes = 0;
    std::uint64_t open_files = 0, most_files = 0;
};
ProcessFacts read_process_facts();

struct DiskFacts {
    std::uint64_t free_bytes = 0, size_bytes = 0;  // free: for users that are not root
};
DiskFacts read_disk_facts(const std::filesystem::path& folder);  // zeros if the system does not say

}  // namespace provost
