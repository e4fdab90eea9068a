// Every byte of a good certificate, changed, cut off or doubled: nothing crashes, and nothing that was
// changed is trusted.
#include "tests/unit/crypto/look_alike.h"

namespace provost {
namespace {

using namespace test;

struct Outcome {
    int tried = 0, parsed = 0, read = 0;
};

class Mutation : public ::testing::TestWithParam<KeyType> {
 protected:
    // Only the bytes that OpenSSL makes of the input count: the same certificate in another wrapping is the
    // same.
    void expect_no_other_identity(const std::string& der) {
        ++outcome_.tried;
        const auto* bytes = as_bytes(der).data();
        const X509Handle certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
        ERR_clear_error();
        if (certificate == nullptr) return;
        ++outcome_.parsed;
        const auto facts = read_certificate(certificate.get());
        if (facts) ++outcome_.read;
        const auto verdict = store_->verify(certificate.get(), nullptr, today);
        if (verdict.fault != ChainFault::none) return;
        ASSERT_TRUE(facts.has_value());
        EXPECT_EQ(facts->subject, good_.subject);
        EXPECT_EQ(facts->key, good_.key);
        EXPECT_EQ(facts->not_after, good_.not_after);
    }

    CertificateAuthority ca_ = make_root("Acme Root", GetParam());
    IssuedCertificate leaf_ =
        must(ca_.issue(phone_order({{"O", "Acme"}, {"CN", "001565aabbcc"}}, GetParam())));
    std::string der_ = leaf_.certificate_der();
    CertificateFacts good_ = must(read_certificate(leaf_.certificate.get()));
    std::shared_ptr<const TrustStore> store_ = must(TrustStore::make({anchor_of(ca_, "acme")}, {}));
    Outcome outcome_;
};

TEST_P(Mutation, R_A2_ChangedBytesAreNeverTrusted) {
    for (std::size_t at = 0; at < der_.size(); ++at)
        for (const int change : {0x01, 0x02, 0x20, 0x80, 0xff}) {
            std::string changed = der_;
            changed[at] = static_cast<char>(changed[at] ^ change);
            expect_no_other_identity(changed);
        }
    EXPECT_GT(outcome_.tried, 1500);
    EXPECT_GT(outcome_.read, 500);  // many still are certificates, with a broken signature
}

TEST_P(Mutation, R_A2_CutAndStretchedCertificatesAreNeverTrusted) {
    for (std::size_t at = 0; at < der_.size(); ++at) {
        expect_no_other_identity(der_.substr(0, at));
        expect_no_other_identity(der_.substr(at));
        expect_no_other_identity(der_.substr(0, at) + der_[at] + der_.substr(at));
        expect_no_other_identity(der_.substr(0, at) + std::string(1, '\0') + der_.substr(at + 1));
    }
    EXPECT_GT(outcome_.tried, 1500);
}

INSTANTIATE_TEST_SUITE_P(Keys, Mutation, ::testing::Values(KeyType::ec_p256, KeyType::rsa_2048));

}  // namespace
}  // namespace provost
