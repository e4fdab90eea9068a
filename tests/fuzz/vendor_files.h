// The repository's vendor files, for targets that need the real ones.
#pragma once

#include "fuzz.h"
#include "vendor/catalogue.h"
#include "vendor/vendor_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace provost::fuzz {

inline Catalogue load_catalogue() {
    std::vector<VendorSpec> vendors;
    for (const auto& entry : std::filesystem::directory_iterator(PROVOST_SOURCE_DIR "/vendors")) {
        std::ifstream stream(entry.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        auto outcome = read_vendor_file(text, entry.path().filename().string());
        require(outcome.spec.has_value(), "every vendor file can be read");
        vendors.push_back(std::move(*outcome.spec));
    }
    std::sort(vendors.begin(), vendors.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return Catalogue(std::move(vendors));
}

}  // namespace provost::fuzz
