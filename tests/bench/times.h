// For benchmarks: how long things took.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace provost {

using Steady = std::chrono::steady_clock;

inline double millis_since(Steady::time_point begin) {
    return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

inline void print_times(const std::string& what, std::vector<double> millis) {
    if (millis.empty()) return;
    std::sort(millis.begin(), millis.end());
    const auto at = [&](double part) {
        return millis[static_cast<std::size_t>(part * static_cast<double>(millis.size() - 1))];
    };
    std::printf("%-34s %6zu times  median %8.2f ms  p99 %8.2f ms  most %8.2f ms\n", what.c_str(),
                millis.size(), at(0.5), at(0.99), millis.back());
    std::fflush(stdout);
}

}  // namespace provost
