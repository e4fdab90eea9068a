#include "app/cli/progress.h"

#include <iostream>

#include <fmt/core.h>
#include <unistd.h>

namespace provost::cli {

Progress::Progress(std::string title) : title_(std::move(title)), terminal_(isatty(STDERR_FILENO) == 1) {}

void Progress::show(std::size_t done, std::size_t total) {
    if (total == 0) return;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
    if (terminal_) {
        const std::size_t filled = done * 30 / total;
        const double left = rate > 0 ? static_cast<double>(total - done) / rate : 0;
        std::cerr << fmt::format("\r{} [{:<30}] {}/{}  {:.0f}/s  {:.0f} s left ", title_,
                                 std::string(filled, '#'), done, total, rate, left);
        drawn_ = true;
        return;
    }
    const std::size_t tenth = done * 10 / total;
    if (tenth == last_tenth_) return;
    last_tenth_ = tenth;
    std::cerr << fmt::format("{}: {} % ({} of {}, {:.0f}/s)\n", title_, tenth * 10, done, total, rate);
}

void Progress::finish() {
    if (drawn_) std::cerr << "\n";
}

}  // namespace provost::cli
