#include "service/certificate_judge.h"

#include "crypto/digest.h"
#include "crypto/openssl.h"
#include "domain/text.h"
#include "service/records.h"
#include "service/verdict_cache.h"
#include "vendor/device_certificate.h"

#include <algorithm>
#include <array>
#include <utility>

namespace provost {

namespace {

struct Verdict {
    Evidence evidence;
    Timestamp holds_until{};
    bool keep = false;  // it rests on leaf and view only, not on what the peer sent along
};

std::optional<Sha256> fingerprint(X509* certificate) {
    const int size = i2d_X509(certificate, nullptr);
    if (size <= 0) return std::nullopt;
    std::array<unsigned char, 4096> local;
    std::vector<unsigned char> large(static_cast<std::size_t>(size) > local.size() ? size : 0);
    unsigned char* const start = large.empty() ? local.data() : large.data();
    unsigned char* end = start;
    i2d_X509(certificate, &end);
    return sha256(as_text({start, static_cast<std::size_t>(size)}));
}

Rule to_rule(ChainFault fault) {
    switch (fault) {
        case ChainFault::expired:
            return Rule::certificate_expired;
        case ChainFault::not_yet_valid:
            return Rule::certificate_not_yet_valid;
        case ChainFault::revoked:
            return Rule::certificate_revoked;
        case ChainFault::none:
        case ChainFault::untrusted:
            break;
    }
    return Rule::certificate_untrusted;
}

void refuse(Evidence& evidence, Rule rule, std::string detail) {
    evidence.fault = rule;
    evidence.detail = std::move(detail);
}

// A CA that is met for the first time is worth a look (R-C7).
std::string with_issuer(const ChainVerdict& chain, const CertificateFacts& facts) {
    const bool by_date = chain.fault == ChainFault::expired || chain.fault == ChainFault::not_yet_valid;
    if (by_date)
        return chain.detail + "; valid from " + to_rfc3339(facts.not_before) + " to " +
               to_rfc3339(facts.not_after);
    const auto& issuer = facts.issuer;
    if (chain.fault != ChainFault::untrusted) return chain.detail;
    return (chain.detail + "; ").append(issuer_mark).append(printable(issuer, 120));
}

const CertificateProfile* find_profile(const VendorSpec& vendor, const std::string& id) {
    const auto found = std::find_if(vendor.profiles.begin(), vendor.profiles.end(),
                                    [&](const CertificateProfile& profile) { return profile.id == id; });
    return found == vendor.profiles.end() ? nullptr : &*found;
}

bool any_refused(STACK_OF(X509) * sent, const TrustView& view) {
    if (view.refused_certificates.empty()) return false;
    for (int i = 0; i < sk_X509_num(sent); ++i) {
        const auto digest = fingerprint(sk_X509_value(sent, i));
        if (!digest || view.refused_certificates.contains(*digest)) return true;
    }
    return false;
}

// The chain holds; the rest is for the vendor's data and the refuse list to say, in the order of Rule.
void judge_leaf(const CertificateFacts& facts, const ChainVerdict& chain, const TrustView& view,
                Evidence& evidence) {
    const VendorSpec* const vendor = view.catalogue->find(chain.vendor);
    const CertificateProfile* const profile =
        vendor == nullptr ? nullptr : find_profile(*vendor, chain.profile);
    if (profile == nullptr)
        return refuse(evidence, Rule::certificate_untrusted,
                      "vendor '" + chain.vendor + "' has no certificate profile '" + chain.profile + "'");
    if (chain.expired_leaf && !profile->tolerate_expired_leaf)
        return refuse(evidence, Rule::certificate_expired, "expired on " + to_rfc3339(facts.not_after));
    if (view.refused_certificates.contains(facts.fingerprint))
        return refuse(evidence, Rule::certificate_distrusted, "the certificate is on the refuse list");
    if (view.refused_keys.contains(facts.key))
        return refuse(evidence, Rule::certificate_distrusted, "its key is on the refuse list");
    DeviceIdentity identity = identify(facts, *profile, view.old_door);
    if (identity.fault) return refuse(evidence, *identity.fault, std::move(identity.detail));
    evidence.mac = identity.mac;
    evidence.expired_leaf = chain.expired_leaf;
    evidence.weak_chain = chain.weak;
    evidence.prefix_allowed = view.catalogue->may_vouch(*vendor, *identity.mac);
    if (!evidence.prefix_allowed)
        refuse(evidence, Rule::vendor_prefix_mismatch,
               "anchor '" + chain.anchor + "' may not vouch for " + identity.mac->lower());
}

Verdict reach_verdict(X509* leaf, STACK_OF(X509) * sent, const TrustView& view, Timestamp now) {
    const QuietErrors quiet;
    Verdict verdict;
    Evidence& evidence = verdict.evidence;
    evidence.old_door = view.old_door;
    const auto facts = read_certificate(leaf);
    if (!facts) {
        refuse(evidence, Rule::certificate_malformed, facts.error().text());
        return verdict;
    }
    evidence.key = facts->key;
    const ChainVerdict chain = view.store->verify(leaf, sent, now);
    evidence.vendor = chain.vendor;
    if (chain.fault != ChainFault::none) {
        refuse(evidence, to_rule(chain.fault), with_issuer(chain, *facts));
        return verdict;
    }
    if (any_refused(sent, view)) {
        refuse(evidence, Rule::certificate_distrusted, "a CA certificate sent along is on the refuse list");
        return verdict;
    }
    judge_leaf(*facts, chain, view, evidence);
    verdict.holds_until = chain.holds_until;
    // Were a refusal kept that the certificates sent along have earned, anybody could lock a phone out by
    // showing its certificate, which is public, with a broken chain.
    verdict.keep = true;
    return verdict;
}

std::shared_ptr<const TrustView> stamped(TrustView view, std::uint64_t generation) {
    view.generation = generation;
    return std::make_shared<const TrustView>(std::move(view));
}

Evidence nothing_shown(bool old_door) {
    Evidence evidence;
    evidence.old_door = old_door;
    refuse(evidence, Rule::no_certificate, "the peer showed no certificate");
    return evidence;
}

}  // namespace

CertificateJudge::CertificateJudge(const Clock& clock, TrustView view, std::size_t cache_limit)
    : clock_(clock),
      view_(stamped(std::move(view), ++last_generation_)),
      cache_(std::make_unique<VerdictCache>(cache_limit)),
      nothing_shown_(std::make_shared<const Evidence>(nothing_shown(view_.load()->old_door))) {}

CertificateJudge::~CertificateJudge() = default;

void CertificateJudge::replace(TrustView view) {
    view_.store(stamped(std::move(view), ++last_generation_));
}

std::shared_ptr<const Evidence> CertificateJudge::judge(X509* leaf, STACK_OF(X509) * sent) {
    if (leaf == nullptr) return nothing_shown_;
    const auto view = view_.load();
    const Timestamp now = clock_.now();
    const auto digest = fingerprint(leaf);
    if (digest)
        if (auto known = cache_->find(*digest, view->generation, now)) return known;
    Verdict verdict = reach_verdict(leaf, sent, *view, now);
    auto evidence = std::make_shared<const Evidence>(std::move(verdict.evidence));
    if (digest && verdict.keep) cache_->keep(*digest, {evidence, view->generation, now, verdict.holds_until});
    return evidence;
}

CertificateJudge::Counts CertificateJudge::counts() const {
    const auto counts = cache_->counts();
    return {counts.hits, counts.misses, counts.kept};
}

}  // namespace provost
