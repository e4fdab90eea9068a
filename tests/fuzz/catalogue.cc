// Request paths and User-Agents of strangers against the vendor files as they are. The first line of the
// input is the path, the rest the User-Agent.
#include "vendor/catalogue.h"

#include "fuzz.h"
#include "vendor_files.h"

#include <algorithm>
#include <string>

namespace {

using provost::fuzz::require;

bool is_harmless(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c > ' ' && c <= '~' && c != '/' && c != '\\'; });
}

void try_path(const provost::Catalogue& catalogue, std::string_view path, const provost::VendorSpec* vendor) {
    const auto match = catalogue.match_path(path, vendor);
    if (!match) return;
    require(match->vendor != nullptr && match->file != nullptr, "a match names vendor and file");
    require(vendor == nullptr || match->vendor == vendor, "one vendor asked, no other answers");
    require(path.size() <= 512, "a path longer than 512 bytes matches nothing");
    require(is_harmless(match->path_model), "a model from a path is a plain word");
}

void try_agent(const provost::Catalogue& catalogue, std::string_view agent,
               const provost::VendorSpec* vendor) {
    const auto match = catalogue.match_agent(agent, vendor);
    if (!match) return;
    require(match->vendor != nullptr, "a match names its vendor");
    require(vendor == nullptr || match->vendor == vendor, "one vendor asked, no other answers");
    require(agent.size() <= 512, "a User-Agent longer than 512 bytes matches nothing");
    provost::find_model(*match->vendor, match->model);
    provost::compare_firmware(match->firmware, "10.1.33");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const provost::Catalogue catalogue = provost::fuzz::load_catalogue();
    const std::string_view input = provost::fuzz::text_of(data, size);
    const std::string_view path = input.substr(0, input.find('\n'));
    const std::string_view agent = input.substr(std::min(path.size() + 1, input.size()));
    try_path(catalogue, path, nullptr);
    try_agent(catalogue, agent, nullptr);
    for (const provost::VendorSpec& vendor : catalogue.vendors()) {
        try_path(catalogue, path, &vendor);
        try_agent(catalogue, agent, &vendor);
    }
    return 0;
}
