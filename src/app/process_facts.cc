#include "app/process_facts.h"

#include <fstream>
#include <iterator>

#include <sys/resource.h>
#include <unistd.h>

namespace provost {

namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

ProcessFacts read_process_facts() {
    ProcessFacts facts;
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) == 0)
        facts.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    std::uint64_t pages = 0, resident = 0;  // proc(5), statm
    std::ifstream("/proc/self/statm") >> pages >> resident;
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    facts.virtual_bytes = pages * page;
    facts.resident_bytes = resident * page;
    std::error_code error;
    std::filesystem::directory_iterator files("/proc/self/fd", error);
    if (!error) facts.open_files = static_cast<std::uint64_t>(std::distance(begin(files), end(files)));
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) facts.most_files = limit.rlim_cur;
    return facts;
}

DiskFacts read_disk_facts(const std::filesystem::path& folder) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (error) return {};
    return {space.available, space.capacity};
}

}  // namespace provost
