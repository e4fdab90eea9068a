// Every vendor file of the repository is readable. Run alone while writing one:
// unit_vendor --gtest_filter='VendorFiles.*'
#include "vendor/vendor_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace provost {
namespace {

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

TEST(VendorFiles, AllAreReadWithoutMistakes) {
    std::vector<std::filesystem::path> paths;
    const std::filesystem::path folder = std::filesystem::path(PROVOST_SOURCE_DIR) / "vendors";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
        const auto outcome = read_vendor_file(read(path), "vendors/" + path.filename().string());
        for (const auto& error : outcome.errors) ADD_FAILURE() << error.text();
        EXPECT_EQ(outcome.spec.has_value(), outcome.errors.empty());
    }
}

}  // namespace
}  // namespace provost
