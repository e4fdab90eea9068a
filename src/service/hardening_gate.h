// The last look before a configuration leaves: its file is read back and checked against the hardening
// profile (R-D7).
#pragma once

#include "crypto/digest.h"
#include "service/configuration.h"
#include "vendor/hardening_lint.h"

#include <array>
#include <mutex>
#include <vector>

namespace provost {

class HardeningGate {
 public:
    HardeningGate() : clean_(slots) {}

    // P-2210 with the first finding, the others in `fix`. What was found clean is not looked at again: a hash
    // of all that decides is kept, 2 MiB for all phones. Any thread.
    // `evidence`, where given, gets the hash, clean or not: it tells whether a phone's configuration is the
    // same as before.
    Status check(const VendorShelf& shelf, const VendorSpec& vendor, const Device& device, PhoneFacts facts,
                 const Configuration& configuration, ShortHash* evidence = nullptr);

 private:
    static constexpr std::size_t slots = std::size_t{1} << 17;
    static constexpr std::size_t locks = 64;

    [[nodiscard]] bool known(const ShortHash& hash);
    void keep(const ShortHash& hash);

    std::vector<ShortHash> clean_;  // by the hash's low bits; a newer one replaces
    std::array<std::mutex, locks> locks_;
};

// Writes the file with masked secrets, reads it back and gives what is not as the profile wants it. P-2301,
// P-2302 where the syntax can't write it or read it back.
Result<std::vector<LintFinding>> lint_configuration(const VendorShelf& shelf, const VendorSpec& vendor,
                                                    const Device& device, PhoneFacts facts,
                                                    const Configuration& configuration);

// The same as an error, if there is one.
Status refuse_findings(const std::vector<LintFinding>& findings);

}  // namespace provost
