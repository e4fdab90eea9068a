// A revocation list as a CA's web server may hand it out, in PEM. None that the signer did not sign is taken.
#include "crypto/revocation.h"

#include "crypto/certificate_authority.h"
#include "fuzz.h"

#include <string>

using provost::RevocationLists;
using provost::fuzz::require;

namespace {

// Made anew in each run: no input can hold its signature.
const provost::CertificateAuthority& signer() {
    static const auto authority = provost::CertificateAuthority::make_root(
        {{"CN", "root"}}, provost::from_rfc3339("2026-01-01T00:00:00Z").value(),
        provost::from_rfc3339("2036-01-01T00:00:00Z").value());
    require(authority.has_value(), "a CA can be made");
    return *authority;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const provost::RevocationList list{"vendor", std::string(provost::fuzz::text_of(data, size))};
    const RevocationLists::Signer known{"vendor", signer().own().certificate.get()};
    const auto lists = RevocationLists::make({list}, {known});
    require(!lists, "a list that is not signed is refused");
    require(lists.error().code == "P-4202", "and the error says so");
    return 0;
}
