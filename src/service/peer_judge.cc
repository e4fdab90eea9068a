#include "service/peer_judge.h"

#include "crypto/openssl.h"
#include "crypto/trust_store.h"

namespace provost {

namespace {

class PeerJudge final : public JudgeCertificate {
 public:
    PeerJudge(std::shared_ptr<const TrustStore> trust, const Clock& clock)
        : trust_(std::move(trust)), clock_(clock) {}

    std::shared_ptr<const Evidence> judge(X509* leaf, STACK_OF(X509) * sent) override {
        auto evidence = std::make_shared<Evidence>();
        if (leaf == nullptr) {
            evidence->fault = Rule::no_certificate;
            return evidence;
        }
        auto verdict = trust_->verify(leaf, sent, clock_.now());
        evidence->detail = std::move(verdict.detail);
        if (verdict.fault != ChainFault::none)
            evidence->fault = Rule::certificate_untrusted;
        else if (verdict.expired_leaf)
            evidence->fault = Rule::certificate_expired;
        return evidence;
    }

 private:
    const std::shared_ptr<const TrustStore> trust_;
    const Clock& clock_;
};

}  // namespace

Result<std::unique_ptr<JudgeCertificate>> make_peer_judge(const std::string& authorities,
                                                          const Clock& clock) {
    PROVOST_TRY(const auto certificates, read_certificates(authorities));
    std::vector<ImportedAnchor> anchors;
    for (const auto& one : certificates)
        anchors.push_back({"peers", std::to_string(anchors.size() + 1), "peer", one.pem});
    if (anchors.empty())
        return fail({"P-1112", "there is no CA certificate in it", "authorities", "", "Name a PEM file."});
    PROVOST_TRY(auto trust, TrustStore::make(anchors, {}));
    return std::unique_ptr<JudgeCertificate>(std::make_unique<PeerJudge>(std::move(trust), clock));
}

}  // namespace provost
