#include "app/house_parts.h"

#include "app/server_config.h"
#include "domain/text.h"
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

Result<Settings> load_hardening(const std::filesystem::path& file) {
    PROVOST_TRY(const auto text, read_file(file));
    Settings settings;
    std::size_t number = 0;
    for (std::string_view rest = text; !rest.empty();) {
        const auto end = rest.find('\n');
        auto line = rest.substr(0, end);
        rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
        ++number;
        line = trim(line.substr(0, line.find('#')));
        if (line.empty()) continue;
        const auto parsed = parse_settings(line);
        if (!parsed) {
            auto error = parsed.error();
            error.where = file.string() + ":" + std::to_string(number) + ": " + error.where;
            return fail(std::move(error));
        }
        for (const auto& one : *parsed) put(settings, one.key, one.value);
    }
    if (settings.empty())
        return fail({"P-1107", "the hardening profile sets nothing", file.string(),
                     "phones would be served unhardened",
                     "Put the profile back that came with the program."});
    return settings;
}

}  // namespace provost
