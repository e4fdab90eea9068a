// Any text is a vendor file or a list of mistakes, never both, never neither.
#include "vendor/vendor_file.h"

#include "fuzz.h"

using provost::fuzz::require;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto outcome = provost::read_vendor_file(provost::fuzz::text_of(data, size), "fuzz.yaml");
    require(outcome.spec.has_value() == outcome.errors.empty(), "either a vendor or mistakes");
    for (const provost::Error& error : outcome.errors) {
        require(error.code.starts_with("P-"), "every mistake has a code");
        require(!error.what.empty(), "every mistake says what");
    }
    return 0;
}
