// Certificates and revocation lists out of files, as OpenSSL's objects.
#pragma once

#include "base/result.h"
#include "crypto/openssl.h"

#include <string_view>
#include <vector>

namespace provost {

// At least one certificate: PEM blocks (text around them is skipped) or DER, one after another. P-4203 for
// anything else, for more than 1,000 certificates and for more than 4 MiB.
Result<std::vector<X509Handle>> parse_certificates(std::string_view file);

std::string to_pem(X509* certificate);

// The first revocation list of a PEM text; null if there is none.
CrlHandle parse_revocation_list(std::string_view pem);

}  // namespace provost
