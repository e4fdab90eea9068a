#include "app/house_parts.h"

#include "app/read_file.h"
#include "vendor/hardening_file.h"
#include "vendor/vendor_file.h"

#include <algorithm>

namespace provost {

namespace {

Error joined(const std::vector<Error>& errors) {
    auto error = errors.front();
    for (std::size_t i = 1; i < errors.size(); ++i) error.fix += "\n" + errors[i].text();
    return error;
}

}  // namespace

Result<std::shared_ptr<const VendorShelf>> load_vendors(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    if (files.empty())
        return fail({"P-1103", "there is no vendor file", folder.string(), error ? error.message() : "",
                     "Set vendor_folder to the folder of the *.yaml files."});
    std::sort(files.begin(), files.end());
    std::vector<VendorSpec> vendors;
    for (const auto& file : files) {
        PROVOST_TRY(const auto text, read_file(file));
        auto outcome = read_vendor_file(text, file.string());
        if (!outcome.spec) return fail(joined(outcome.errors));
        vendors.push_back(std::move(*outcome.spec));
    }
    return VendorShelf::make(std::move(vendors));
}

Result<HardeningProfile> load_hardening(const std::filesystem::path& file) {
    PROVOST_TRY(const auto text, read_file(file));
    auto outcome = read_hardening_file(text, file.string());
    if (!outcome.profile) return fail(joined(outcome.errors));
    return std::move(*outcome.profile);
}

}  // namespace provost
