// Writes the fleet's report into a folder, once a day or week, and keeps the last few.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <filesystem>
#include <functional>
#include <string>

namespace provost {

enum class ReportEvery : std::uint8_t { day, week };

struct ReportSettings {
    std::filesystem::path folder;  // it is there; empty: no reports
    ReportEvery every = ReportEvery::week;
    std::size_t keep = 12;
};

// "fleet-2026-11-23.html": of the day, or of the Monday, that has begun (UTC).
std::string report_name(Timestamp now, ReportEvery every);

class ReportFiles {
 public:
    using Make = std::function<Result<std::string>()>;
    ReportFiles(ReportSettings settings, Make make)
        : settings_(std::move(settings)), make_(std::move(make)) {}

    // Once a second or so; writes where this day's or week's report is not there yet. Whoever reads the file
    // gets a whole one. P-1116.
    Status tick(Timestamp now);

 private:
    Status drop_old() const;

    const ReportSettings settings_;
    const Make make_;
    Timestamp looked_{};
};

}  // namespace provost
