// Progress of long work on stderr: a bar on a terminal, a line per 10 % elsewhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace provost::cli {

class Progress {
 public:
    explicit Progress(std::string title);
    void show(std::size_t done, std::size_t total);
    void finish();

 private:
    std::string title_;
    bool terminal_;
    bool drawn_ = false;
    std::size_t last_tenth_ = 0;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace provost::cli
