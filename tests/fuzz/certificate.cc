// A certificate as a stranger may send it, in DER: whatever it holds is read without harm, and no profile of
// the vendor files takes it for a device's that it must not be.
#include "crypto/certificate_facts.h"
#include "crypto/openssl.h"
#include "fuzz.h"
#include "vendor/device_certificate.h"
#include "vendor_files.h"

#include <memory>

#include <openssl/x509.h>

using provost::fuzz::require;

namespace {

void judge(const provost::CertificateFacts& facts, const provost::CertificateProfile& profile,
           bool old_door) {
    const auto identity = provost::identify(facts, profile, old_door);
    if (identity.fault) return;
    require(identity.mac.has_value(), "who is taken is one device");
    require(!facts.is_ca && facts.version == 3 && !facts.unknown_critical_extension,
            "no CA, no old version, nothing critical that is not known");
    require(facts.key_type == "RSA" || facts.key_type == "EC", "keys are RSA or EC");
    require(!facts.has_key_usage || facts.may_sign, "its key may sign");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto catalogue = provost::fuzz::load_catalogue();
    const auto* bytes = data;
    const provost::X509Handle certificate(::d2i_X509(nullptr, &bytes, static_cast<long>(size)));
    if (!certificate) return 0;
    const auto facts = provost::read_certificate(certificate.get());
    if (!facts) return 0;
    for (const auto& vendor : catalogue.vendors())
        for (const auto& profile : vendor.profiles)
            for (const bool old_door : {false, true}) judge(*facts, profile, old_door);
    return 0;
}
