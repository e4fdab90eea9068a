#include "crypto/trust_store.h"

#include "crypto/certificate_file.h"
#include "crypto/openssl.h"
#include "crypto/revocation.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include <openssl/x509_vfy.h>

namespace provost {

namespace {

constexpr int most_intermediates = 3;  // so the trust anchor is at depth 4 at most
constexpr int most_sent = 8;
constexpr int security_level = 2;     // 112 bits: RSA-2048, SHA-224 (SSL_CTX_set_security_level(3))
constexpr int strong_bits = 112;      // the same, measured here
constexpr int least_rsa_bits = 1024;  // whatever a vendor file says

using StoreHandle = std::unique_ptr<X509_STORE, OpensslFree<X509_STORE_free>>;
using ContextHandle = std::unique_ptr<X509_STORE_CTX, OpensslFree<X509_STORE_CTX_free>>;

struct Anchor {
    ImportedAnchor imported;
    X509Handle certificate;
};

class OpensslTrustStore;

// One path check on its way; OpenSSL's callbacks get it.
struct PathCheck {
    const OpensslTrustStore& store;
    bool expired_leaf = false;
};

class OpensslTrustStore final : public TrustStore {
 public:
    Status add(const ImportedAnchor& imported);
    Status finish(const std::vector<RevocationList>& lists);

    ChainVerdict verify(X509* leaf, STACK_OF(X509) * sent, Timestamp now) const override;
    std::uint64_t generation() const override { return generation_; }
    const std::vector<CertificateFacts>& anchors() const override { return facts_; }

    // The anchor that issued `certificate`. An anchor itself has no issuer here: the path ends at the nearest
    // one.
    X509* issuer_of(X509* certificate) const;

 private:
    const Anchor* find(const X509* certificate) const;
    ChainVerdict judge_path(STACK_OF(X509) * path, bool expired_leaf, Timestamp now) const;

    std::vector<Anchor> anchors_;
    std::vector<CertificateFacts> facts_;
    RevocationLists lists_;
    StoreHandle store_;
    std::uint64_t generation_ = 0;
};

Error bad_anchor(const ImportedAnchor& imported, std::string why, std::string fix) {
    return {
        .code = "P-4201",
        .what = "trust anchor '" + imported.anchor + "' of vendor '" + imported.vendor + "' can't be used",
        .where = {},
        .why = std::move(why),
        .fix = std::move(fix)};
}

PathCheck& check_of(X509_STORE_CTX* context) {
    return *static_cast<PathCheck*>(X509_STORE_CTX_get_app_data(context));
}

int find_issuer(X509** issuer, X509_STORE_CTX* context, X509* certificate) {
    X509* const found = check_of(context).store.issuer_of(certificate);
    if (found == nullptr) return 0;
    X509_up_ref(found);
    *issuer = found;
    return 1;
}

int on_verified(int good, X509_STORE_CTX* context) {
    if (good == 1) return 1;
    const bool expired_leaf = X509_STORE_CTX_get_error(context) == X509_V_ERR_CERT_HAS_EXPIRED &&
                              X509_STORE_CTX_get_error_depth(context) == 0;
    if (expired_leaf) check_of(context).expired_leaf = true;
    return expired_leaf ? 1 : 0;
}

ChainFault to_fault(int error) {
    if (error == X509_V_ERR_CERT_HAS_EXPIRED) return ChainFault::expired;
    if (error == X509_V_ERR_CERT_NOT_YET_VALID) return ChainFault::not_yet_valid;
    return ChainFault::untrusted;
}

ChainVerdict refused(ChainFault fault, std::string detail) {
    ChainVerdict verdict;
    verdict.fault = fault;
    verdict.detail = std::move(detail);
    return verdict;
}

ChainVerdict refused_by(X509_STORE_CTX* context) {
    const int error = X509_STORE_CTX_get_error(context);
    return refused(to_fault(error), std::string(X509_verify_cert_error_string(error)) + ", depth " +
                                        std::to_string(X509_STORE_CTX_get_error_depth(context)));
}

// Why a certificate of a path is too weak. `weak` is set where only `old` lets it pass. OpenSSL's levels
// can't say "SHA-1 but not MD5" nor "1024 but not 512 bits", so that a store with old chains measures them
// itself; the others measure twice.
std::string weakness(X509* certificate, bool is_anchor, const std::optional<OldChains>& old, bool& weak) {
    const EVP_PKEY* const key = X509_get0_pubkey(certificate);
    if (key == nullptr) return "unreadable key";
    if (EVP_PKEY_get_security_bits(key) < strong_bits) {
        const bool allowed = old && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA &&
                             EVP_PKEY_get_bits(key) >= std::max(old->minimum_rsa_bits, least_rsa_bits);
        if (!allowed) return "key of only " + std::to_string(EVP_PKEY_get_bits(key)) + " bits";
        weak = true;
    }
    int digest = NID_undef, bits = 0;
    if (is_anchor) return {};  // nobody relies on its own signature
    if (X509_get_signature_info(certificate, &digest, nullptr, &bits, nullptr) != 1)
        return "unknown signature algorithm";
    if (bits >= strong_bits) return {};
    if (!old || !old->sha1 || digest != NID_sha1) return "signature digest too weak";
    weak = true;
    return {};
}

Status OpensslTrustStore::add(const ImportedAnchor& imported) {
    auto parsed = parse_certificates(imported.pem);
    if (!parsed)
        return fail(bad_anchor(imported, parsed.error().text(), "Import the CA's certificate again"));
    if (parsed->size() != 1)
        return fail(bad_anchor(imported, "it holds more than one certificate", "Import them one by one"));
    X509Handle certificate = std::move(parsed->front());
    auto facts = read_certificate(certificate.get());
    if (!facts)
        return fail(bad_anchor(imported, facts.error().text(), "Import another certificate of this CA"));
    if (!facts->is_ca)
        return fail(
            bad_anchor(imported, "it is no CA certificate (basicConstraints)", "Import the issuing CA"));
    for (std::size_t i = 0; i < facts_.size(); ++i) {
        if (facts_[i].fingerprint != facts->fingerprint) continue;
        if (anchors_[i].imported.vendor == imported.vendor) return {};
        return fail(bad_anchor(imported,
                               "vendor '" + anchors_[i].imported.vendor + "' has the same certificate",
                               "Import it for one of the two: a CA vouches for one vendor"));
    }
    anchors_.push_back({imported, std::move(certificate)});
    facts_.push_back(std::move(*facts));
    return {};
}

Status OpensslTrustStore::finish(const std::vector<RevocationList>& lists) {
    static std::atomic<std::uint64_t> last_generation{0};
    std::vector<RevocationLists::Signer> signers;
    for (const Anchor& anchor : anchors_)
        signers.push_back({anchor.imported.vendor, anchor.certificate.get()});
    PROVOST_TRY(lists_, RevocationLists::make(lists, signers));
    store_.reset(X509_STORE_new());
    X509_VERIFY_PARAM* const rules = store_ == nullptr ? nullptr : X509_STORE_get0_param(store_.get());
    if (rules == nullptr || X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_CLIENT) != 1 ||
        X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN) != 1)
        return fail(openssl_failure("P-4201", "the trust store can't be made"));
    X509_VERIFY_PARAM_set_depth(rules, most_intermediates);
    const bool has_old = std::any_of(anchors_.begin(), anchors_.end(),
                                     [](const Anchor& anchor) { return anchor.imported.old.has_value(); });
    X509_VERIFY_PARAM_set_auth_level(rules, has_old ? 0 : security_level);
    X509_STORE_set_get_issuer(store_.get(), find_issuer);
    X509_STORE_set_verify_cb(store_.get(), on_verified);
    generation_ = ++last_generation;
    return {};
}

const Anchor* OpensslTrustStore::find(const X509* certificate) const {
    const auto found = std::find_if(anchors_.begin(), anchors_.end(), [&](const Anchor& anchor) {
        return X509_cmp(anchor.certificate.get(), certificate) == 0;
    });
    return found == anchors_.end() ? nullptr : &*found;
}

X509* OpensslTrustStore::issuer_of(X509* certificate) const {
    const QuietErrors quiet;
    if (find(certificate) != nullptr) return nullptr;
    std::vector<X509*> named;
    for (const Anchor& anchor : anchors_)
        if (X509_check_issued(anchor.certificate.get(), certificate) == X509_V_OK)
            named.push_back(anchor.certificate.get());
    if (named.empty()) return nullptr;
    // CAs of one name, after a change of keys: the signature says which of them it was.
    const auto signer = std::find_if(named.begin(), named.end(), [&](X509* candidate) {
        return named.size() == 1 || X509_verify(certificate, X509_get0_pubkey(candidate)) == 1;
    });
    return signer == named.end() ? named.front() : *signer;
}

ChainVerdict OpensslTrustStore::verify(X509* leaf, STACK_OF(X509) * sent, Timestamp now) const {
    const QuietErrors quiet;
    if (leaf == nullptr) return refused(ChainFault::untrusted, "no certificate");
    if (sent != nullptr && sk_X509_num(sent) > most_sent)
        return refused(ChainFault::untrusted, "more than 8 certificates sent along");
    const ContextHandle context(X509_STORE_CTX_new());
    PathCheck check{*this};
    if (context == nullptr || X509_STORE_CTX_init(context.get(), store_.get(), leaf, sent) != 1)
        return refused(ChainFault::untrusted, "path check can't start: " + openssl_reason());
    X509_STORE_CTX_set_app_data(context.get(), &check);
    X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(context.get()),
                               std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    if (X509_verify_cert(context.get()) != 1) return refused_by(context.get());
    return judge_path(X509_STORE_CTX_get0_chain(context.get()), check.expired_leaf, now);
}

// The path is good as RFC 5280 section 6.1 sees it; what is left are the lists and whose anchor it is.
ChainVerdict OpensslTrustStore::judge_path(STACK_OF(X509) * path, bool expired_leaf, Timestamp now) const {
    const int length = sk_X509_num(path);
    const Anchor* const anchor = length < 2 ? nullptr : find(sk_X509_value(path, length - 1));
    if (anchor == nullptr) return refused(ChainFault::untrusted, "the path ends at no trust anchor");
    ChainVerdict verdict{
        ChainFault::none,         {},           anchor->imported.vendor, anchor->imported.anchor,
        anchor->imported.profile, expired_leaf, Timestamp::max()};
    for (int depth = 0; depth < length; ++depth) {
        X509* const certificate = sk_X509_value(path, depth);
        const auto why = weakness(certificate, depth == length - 1, anchor->imported.old, verdict.weak);
        if (!why.empty()) return refused(ChainFault::untrusted, why + ", depth " + std::to_string(depth));
        const auto listed = lists_.find(anchor->imported.vendor, certificate, now);
        const std::string place = " (list of " + listed.issuer + ", depth " + std::to_string(depth) + ")";
        if (listed.answer == RevocationLists::Answer::revoked)
            return refused(ChainFault::revoked, "certificate revoked" + place);
        if (listed.answer == RevocationLists::Answer::outdated)
            return refused(ChainFault::untrusted, "revocation list outdated" + place);
        const auto until = from_asn1(X509_get0_notAfter(certificate)).value_or(Timestamp{});
        if (depth > 0 || !expired_leaf) verdict.holds_until = std::min(verdict.holds_until, until);
        verdict.holds_until = std::min(verdict.holds_until, listed.holds_until);
    }
    return verdict;
}

}  // namespace

Result<std::shared_ptr<const TrustStore>> TrustStore::make(const std::vector<ImportedAnchor>& anchors,
                                                           const std::vector<RevocationList>& lists) {
    auto store = std::make_shared<OpensslTrustStore>();
    for (const ImportedAnchor& imported : anchors) PROVOST_CHECK(store->add(imported));
    PROVOST_CHECK(store->finish(lists));
    return std::shared_ptr<const TrustStore>(std::move(store));
}

}  // namespace provost
