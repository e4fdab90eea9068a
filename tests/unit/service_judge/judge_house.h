// Two made-up vendors with their look-alike CAs, and a judge that trusts both.
#pragma once

#include "service/certificate_judge.h"
#include "tests/unit/crypto/look_alike.h"

namespace provost::test {

inline Pattern pattern(const std::string& text) {
    return {text, std::make_shared<const RE2>(text)};
}

inline CertificateProfile device_profile(const std::string& id) {
    CertificateProfile profile;
    profile.id = id;
    profile.identity = {{"serialNumber", pattern("unit-(?P<mac>[0-9A-Fa-f]{12})")},
                        {"CN", pattern("(?P<mac>[0-9A-Fa-f]{12})")}};
    profile.require = {{"O", pattern("Acme"), ""}};
    profile.generic = {{"CN", pattern("(?i)acme.*"), ""}};
    return profile;
}

inline VendorSpec vendor_spec(const std::string& id, std::uint32_t prefix) {
    VendorSpec spec;
    spec.id = id;
    spec.mac_prefixes = {prefix};
    spec.profiles = {device_profile("device"), device_profile("patient")};
    spec.profiles[1].tolerate_expired_leaf = true;
    spec.profiles[1].tolerate_missing_client_auth = true;
    return spec;
}

struct JudgeHouse {
    CertificateAuthority acme = make_root("Acme Root");
    CertificateAuthority patient = make_root("Acme Patient Root");
    CertificateAuthority other = make_root("Other Root");
    std::vector<ImportedAnchor> anchors{anchor_of(acme, "acme"),
                                        anchor_of(patient, "acme", "patient", "patient"),
                                        anchor_of(other, "other-vendor")};
    std::vector<RevocationList> lists;
    std::shared_ptr<const Catalogue> catalogue = std::make_shared<const Catalogue>(
        std::vector<VendorSpec>{vendor_spec("acme", 0x001565), vendor_spec("other-vendor", 0x000413)});
    ManualClock clock{today};
    CertificateJudge judge{clock, view()};

    TrustView view() const {
        TrustView made;
        made.store = must(TrustStore::make(anchors, lists));
        made.catalogue = catalogue;
        return made;
    }
    std::shared_ptr<const Evidence> weigh(const IssuedCertificate& leaf,
                                          const std::vector<X509*>& sent = {}) {
        const X509Stack stack = stack_of(sent);
        return judge.judge(leaf.certificate.get(), stack.get());
    }
};

inline CertificateOrder acme_phone(const std::string& name = "001565AABBCC") {
    return phone_order({{"O", "Acme"}, {"CN", name}});
}

}  // namespace provost::test
