// Judges certificates by what is trusted now, and remembers its verdicts.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "crypto/trust_store.h"
#include "service/judge_certificate.h"
#include "vendor/catalogue.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_set>

#include <openssl/types.h>

namespace provost {

// Everything a verdict rests on besides the certificate and the time. Immutable once in use.
struct TrustView {
    std::shared_ptr<const TrustStore> store;
    std::shared_ptr<const Catalogue> catalogue;
    // The operator's refuse list; certificates by the SHA-256 of their DER, keys by that of the
    // SubjectPublicKeyInfo.
    std::unordered_set<Sha256, Sha256Hash> refused_certificates, refused_keys;
    bool old_door = false;         // what it proves came through a door for old phones
    std::uint64_t generation = 0;  // given by CertificateJudge
};

class VerdictCache;

// One for each door, so that no verdict of one door is remembered at another.
class CertificateJudge final : public JudgeCertificate {
 public:
    // `clock` outlives the judge. `view.store` and `view.catalogue` are not null. `cache_limit`: verdicts
    // kept, about 400 bytes each.
    CertificateJudge(const Clock& clock, TrustView view, std::size_t cache_limit = 100'000);
    ~CertificateJudge() override;

    // Takes effect with the next judgement on any thread; verdicts of the old view are never used again.
    void replace(TrustView view);
    [[nodiscard]] std::shared_ptr<const TrustView> current() const { return view_.load(); }

    std::shared_ptr<const Evidence> judge(X509* leaf, STACK_OF(X509) * sent) override;

    struct Counts {
        std::uint64_t hits = 0, misses = 0, kept = 0;
    };
    [[nodiscard]] Counts counts() const;

 private:
    const Clock& clock_;
    std::atomic<std::uint64_t> last_generation_{0};
    std::atomic<std::shared_ptr<const TrustView>> view_;
    std::unique_ptr<VerdictCache> cache_;
    std::shared_ptr<const Evidence> nothing_shown_;
};

}  // namespace provost
