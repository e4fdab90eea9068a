// The last look before a configuration leaves: its bytes are read back and checked against the hardening
// profile (R-D7).
#pragma once

#include "crypto/digest.h"
#include "service/rehearsal.h"
#include "vendor/hardening_lint.h"

#include <array>
#include <mutex>
#include <string_view>
#include <vector>

namespace provost {

class HardeningGate {
 public:
    HardeningGate() : clean_(slots) {}

    // The bytes that are about to leave. P-2210 with the first finding, P-2302 if they do not read back. A
    // file without secrets that was found clean is not read again: a keyed hash of it and of all that decides
    // is kept, 2 MiB for all phones. Of a file with secrets nothing is kept. Any thread.
    // `evidence`, where given, gets the hash of a file without secrets; it is left alone for one with them.
    Status check(const FileMaker& maker, std::string_view bytes, ShortHash* evidence = nullptr);
    // The same beforehand, while nothing has changed yet, with stand-ins for secrets. P-2301 if the syntax
    // can't write it.
    Result<Rehearsal> rehearse(const FileMaker& maker);
    // The bytes that are about to leave, of a file that was rehearsed by the same maker: where the rehearsal
    // vouches for them, they are not read again.
    Status check(const FileMaker& maker, const Rehearsal& rehearsal, std::string_view bytes);

 private:
    static constexpr std::size_t slots = std::size_t{1} << 17;
    static constexpr std::size_t locks = 64;

    [[nodiscard]] bool known(const ShortHash& hash);
    void keep(const ShortHash& hash);
    Status check_once(const FileMaker& maker, std::string_view bytes, ShortHash* evidence);

    std::vector<ShortHash> clean_;  // by the hash's low bits; a newer one replaces
    std::array<std::mutex, locks> locks_;
};

// Everything wrong with the file, as a rehearsal makes it. P-2301, P-2302.
Result<std::vector<LintFinding>> lint_rehearsal(const FileMaker& maker);

LintSubject subject_of(const FileMaker& maker, const MappingContext& context);

// P-2210, if there are any.
Status refuse_findings(const std::vector<LintFinding>& findings);

}  // namespace provost
