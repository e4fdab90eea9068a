// The device-certificate profile check that follows OpenSSL's path check (DESIGN section 3): one attribute,
// one syntax, one value, canonicalised once.
#pragma once

#include "crypto/certificate_facts.h"
#include "domain/decide.h"
#include "vendor/vendor_spec.h"

namespace provost {

struct DeviceIdentity {
    std::optional<Rule> fault;  // certificate_malformed or certificate_generic; nullopt: `mac` is proved
    std::string detail;         // for people: "two common names", "CN holds a NUL byte"
    std::optional<MacAddress> mac;
};

// Refuses, whatever the profile: a CA certificate, version below 3, unknown critical extensions, key usage
// without digitalSignature, extended key usage without clientAuth (unless tolerated), an attribute named by
// the profile that occurs twice or holds anything but printable ASCII, RSA below the profile's size or above
// 4096 bits, EC curves other than P-256, P-384 and P-521, other key types, group addresses and the zero
// address.
// `old_door`: where the profile has `old_doors`, its RSA size holds.
DeviceIdentity identify(const CertificateFacts& certificate, const CertificateProfile& profile,
                        bool old_door = false);

}  // namespace provost
