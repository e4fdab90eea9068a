// Any text is a hardening profile or a list of mistakes, never both, never neither; a profile can be used.
#include "vendor/hardening_file.h"

#include "fuzz.h"

using provost::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto outcome = provost::read_hardening_file(provost::fuzz::text_of(data, size), "fuzz.yaml");
    require(outcome.profile.has_value() == outcome.errors.empty(), "either a profile or mistakes");
    for (const provost::Error& error : outcome.errors) {
        require(error.code.starts_with("P-"), "every mistake has a code");
        require(!error.what.empty(), "every mistake says what");
    }
    if (!outcome.profile) return 0;
    const auto layer = outcome.profile->layer();
    require(layer.size() == outcome.profile->rules.size(), "each rule has a setting of its own");
    require(!provost::find_relaxation(*outcome.profile, {}, layer), "the profile's own layer keeps it");
    return 0;
}
