#include "app/report_files.h"

#include "app/write_file.h"

#include <algorithm>
#include <vector>

namespace provost {

namespace {

namespace fs = std::filesystem;

constexpr Duration period = std::chrono::minutes(1);

bool is_report(const fs::path& file) {
    const auto name = file.filename().string();
    return name.starts_with("fleet-") && name.ends_with(".html") && name.size() == 21;
}

}  // namespace

std::string report_name(Timestamp now, ReportEvery every) {
    using namespace std::chrono;
    auto day = floor<days>(now);
    if (every == ReportEvery::week) day -= weekday(day) - Monday;
    return "fleet-" + to_rfc3339(Timestamp(day)).substr(0, 10) + ".html";
}

Status ReportFiles::tick(Timestamp now) {
    if (settings_.folder.empty() || (now >= looked_ && now - looked_ < period)) return {};
    looked_ = now;
    const auto file = settings_.folder / report_name(now, settings_.every);
    std::error_code ignored;
    if (fs::exists(file, ignored)) return {};
    PROVOST_TRY(const auto page, make_());
    PROVOST_CHECK(replace_file(file, page, Readers::owner));
    return drop_old();
}

Status ReportFiles::drop_old() const {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(settings_.folder, error))
        if (is_report(entry.path())) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (std::size_t i = 0; i + settings_.keep < files.size(); ++i) fs::remove(files[i], error);
    if (!error) return {};
    return fail({"P-1116", "old reports can't be removed", settings_.folder.string(), error.message(),
                 "Check the folder and its rights"});
}

}  // namespace provost
