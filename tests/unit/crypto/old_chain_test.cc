// Old chains: a trust store takes what an anchor's `old` allows and nothing below it; without it, nothing
// old.
#include "crypto/trust_store.h"
#include "tests/unit/crypto/look_alike.h"

namespace provost {
namespace {

using namespace test;

class OldChain : public ::testing::Test {
 protected:
    static IssuedCertificate phone(const CertificateAuthority& ca, KeyType key, bool sha1) {
        auto order = phone_order({{"CN", "001565aabbcc"}}, key);
        order.sign_with_sha1 = sha1;
        return must(ca.issue(order));
    }
    static ChainVerdict check(const CertificateAuthority& ca, const IssuedCertificate& leaf,
                              std::optional<OldChains> old) {
        auto anchor = anchor_of(ca, "acme");
        anchor.old = old;
        const auto store = must(TrustStore::make({anchor}, {}));
        return store->verify(leaf.certificate.get(), nullptr, today);
    }

    static constexpr OldChains both{true, 1024};
    CertificateAuthority weak_ = make_root("Old Root", KeyType::rsa_1024);
    CertificateAuthority strong_ = make_root("New Root");
};

TEST_F(OldChain, R_A6_IsTakenWhereTheAnchorAllowsItAndCalledWeak) {
    const auto leaf = phone(weak_, KeyType::rsa_1024, true);
    const auto verdict = check(weak_, leaf, both);
    EXPECT_EQ(verdict.fault, ChainFault::none) << verdict.detail;
    EXPECT_TRUE(verdict.weak);
    EXPECT_FALSE(check(strong_, phone(strong_, KeyType::ec_p256, false), both).weak);
    EXPECT_TRUE(check(strong_, phone(strong_, KeyType::ec_p256, true), both).weak);
    EXPECT_TRUE(check(strong_, phone(strong_, KeyType::rsa_1024, false), both).weak);
}

TEST_F(OldChain, R_A1_WithoutPermissionNothingOldPasses) {
    for (const auto* ca : {&weak_, &strong_})
        for (const auto key : {KeyType::rsa_1024, KeyType::rsa_2048})
            for (const bool sha1 : {true, false}) {
                const bool good = ca == &strong_ && key == KeyType::rsa_2048 && !sha1;
                const auto verdict = check(*ca, phone(*ca, key, sha1), std::nullopt);
                EXPECT_EQ(verdict.fault == ChainFault::none, good) << verdict.detail;
                EXPECT_FALSE(verdict.weak);
            }
}

TEST_F(OldChain, R_A1_OnePermissionIsNotTheOther) {
    const auto sha1 = phone(strong_, KeyType::rsa_2048, true);
    const auto small = phone(strong_, KeyType::rsa_1024, false);
    EXPECT_EQ(check(strong_, sha1, OldChains{true, 2048}).fault, ChainFault::none);
    EXPECT_EQ(check(strong_, small, OldChains{true, 2048}).detail, "key of only 1024 bits, depth 0");
    EXPECT_EQ(check(strong_, small, OldChains{false, 1024}).fault, ChainFault::none);
    EXPECT_EQ(check(strong_, sha1, OldChains{false, 1024}).detail, "signature digest too weak, depth 0");
}

TEST_F(OldChain, R_A1_Md5IsNeverTaken) {
    const auto leaf = phone(weak_, KeyType::rsa_1024, true);
    ASSERT_GT(X509_sign(leaf.certificate.get(), weak_.own().key.get(), EVP_md5()), 0);
    EXPECT_EQ(check(weak_, leaf, both).detail, "signature digest too weak, depth 0");
}

// One vendor's permission is no other's, though they stand in one store.
TEST_F(OldChain, R_A4_ThePermissionIsTheAnchorsOwn) {
    auto old = anchor_of(weak_, "acme");
    old.old = both;
    const auto store = must(TrustStore::make({old, anchor_of(strong_, "other")}, {}));
    const auto weak = phone(strong_, KeyType::rsa_2048, true);
    EXPECT_EQ(store->verify(weak.certificate.get(), nullptr, today).fault, ChainFault::untrusted);
    const auto good = phone(strong_, KeyType::rsa_2048, false);
    EXPECT_EQ(store->verify(good.certificate.get(), nullptr, today).fault, ChainFault::none);
}

}  // namespace
}  // namespace provost
