#include "crypto/revocation_dates.h"

#include "crypto/certificate_file.h"

namespace provost {

std::optional<Timestamp> list_end(std::string_view pem) {
    const QuietErrors quiet;
    const auto list = parse_revocation_list(pem);
    return list ? from_asn1(X509_CRL_get0_nextUpdate(list.get())) : std::nullopt;
}

}  // namespace provost
