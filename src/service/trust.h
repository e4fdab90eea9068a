// The operator's trust in vendors' CAs: imports, refuse list, and the view the door judges by.
#pragma once

#include "crypto/trust_store.h"
#include "service/certificate_judge.h"
#include "service/door_traits.h"
#include "service/house.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct TrustDecision {
    std::string subject, fingerprint, vendor, anchor;
    std::string outcome;  // "imported", "already there", "not pinned"
};

class Trust {
 public:
    // Every door, with the judge that stands at it.
    struct Door {
        DoorTraits traits;
        CertificateJudge* judge;
    };
    Trust(House& house, std::vector<Door> doors) : house_(house), doors_(std::move(doors)) {}

    // Reads PEM or DER, one certificate or many. A certificate that matches a pin of a vendor file is
    // imported for that vendor's anchor. One that matches none is imported only where the operator names
    // vendor and anchor and confirms it by its whole SHA-256 fingerprint; else it is reported as "not pinned"
    // and nothing is trusted.
    struct Confirmation {
        std::string vendor, anchor, fingerprint;
    };
    Result<std::vector<TrustDecision>> import(std::string_view file, const Confirmation& confirmed,
                                              const std::string& actor);
    Status import_crl(std::string_view file, const std::string& vendor, const std::string& actor);  // P-4202
    // kind: "certificate" or "key"; by SHA-256 fingerprint. Takes effect with the next handshake.
    Status refuse(const std::string& kind, const std::string& fingerprint, const std::string& reason,
                  const std::string& actor);
    Status remove(std::int64_t id, const std::string& actor);

    // Builds every door's view from the store's rows and hands them to the judges. On any error all old views
    // stay (R-A11).
    Status reload();

 private:
    [[nodiscard]] Result<std::vector<TrustView>> views_of(const std::vector<TrustRecord>& records) const;
    Status add(TrustRecord record, const std::string& actor);

    House& house_;
    std::vector<Door> doors_;
};

// The view that the stored rows make for one door: the anchors and lists of the vendors it serves, and, at an
// old door alone, what vendor files allow there. P-4201, P-4202, P-4204 (an anchor of a vendor file that is
// gone).
Result<TrustView> make_trust_view(const House& house, const DoorTraits& door);

}  // namespace provost
