// The vendors' CA certificates and revocation lists, one generation at a time. System roots are never used
// (R-A11).
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "crypto/certificate_facts.h"
#include "crypto/old_chains.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <openssl/types.h>

struct stack_st_X509;  // STACK_OF(X509), of OpenSSL

namespace provost {

// One CA certificate that an operator imported, with the vendor it vouches for.
struct ImportedAnchor {
    std::string vendor;   // vendor id
    std::string anchor;   // anchor id in the vendor file
    std::string profile;  // certificate profile id in the vendor file
    std::string pem;      // exactly one certificate
    // For a store of an old door: what this CA's chains may have. Without it they are held to level 2.
    std::optional<OldChains> old = {};
};
struct RevocationList {
    std::string vendor;
    std::string pem;
};

enum class ChainFault : std::uint8_t { none, untrusted, expired, not_yet_valid, revoked };

// What path checking (RFC 5280 section 6) found.
struct ChainVerdict {
    ChainFault fault = ChainFault::untrusted;
    std::string detail;  // OpenSSL's words and the depth; for people only
    std::string vendor;  // of the trust anchor that vouched
    std::string anchor;
    std::string profile;
    bool expired_leaf = false;  // the leaf's dates have passed (fault is none: everything else holds)
    Timestamp
        holds_until{};  // fault none: the first date at which a certificate or list of the path runs out
    bool weak = false;  // fault none: below level 2, and its anchor may have that
};

class TrustStore {
 public:
    // Every anchor and list must parse and every list must be signed by an anchor of its vendor, or nothing
    // is made: P-4201 anchor (which, why), P-4202 list. An empty set makes a store that trusts nobody.
    static Result<std::shared_ptr<const TrustStore>> make(const std::vector<ImportedAnchor>& anchors,
                                                          const std::vector<RevocationList>& lists);
    virtual ~TrustStore() = default;

    // Checks a leaf with what the peer sent along: purpose TLS client, path, dates, security level 2 for keys
    // and digests of the chain below the anchor (or what the anchor's `old` says), and revocation where a
    // list of the issuer is there (an outdated list refuses: fail closed). An expired leaf whose chain holds
    // otherwise gives fault none and expired_leaf.
    virtual ChainVerdict verify(X509* leaf, STACK_OF(X509) * sent, Timestamp now) const = 0;
    [[nodiscard]] virtual std::uint64_t generation() const = 0;  // unique per store made
    [[nodiscard]] virtual const std::vector<CertificateFacts>& anchors() const = 0;
};

// A certificate read from a file the operator gives (PEM or DER, one or many): facts and its PEM.
struct LoadedCertificate {
    CertificateFacts facts;
    std::string subject;  // RFC 2253
    std::string pem;
};
Result<std::vector<LoadedCertificate>> read_certificates(std::string_view file);  // P-4203

}  // namespace provost
