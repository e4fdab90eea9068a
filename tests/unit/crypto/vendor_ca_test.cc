// The vendors' real CA certificates as trust anchors. They are not part of the repository.
#include "crypto/certificate_file.h"
#include "tests/unit/crypto/look_alike.h"

namespace provost {
namespace {

using namespace test;

class VendorCa : public ::testing::Test {
 protected:
    void SetUp() override {
        const auto folder = vendor_ca_folder();
        if (folder.empty())
            GTEST_SKIP() << "no vendor CA certificates here; set PROVOST_VENDOR_CA to their folder";
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".pem") files_[entry.path().stem()] = read_file(entry.path());
        ASSERT_FALSE(files_.empty());
    }

    std::vector<ImportedAnchor> anchors(const std::vector<std::string>& names) const {
        std::vector<ImportedAnchor> all;
        for (const std::string& name : names)
            all.push_back({name.substr(0, name.find('-')), name, "device", files_.at(name)});
        return all;
    }
    // The CA shown as if it were a device's leaf: path checking alone judges whether its signature holds.
    static ChainVerdict verdict_on(const TrustStore& store, const std::string& pem,
                                   const std::vector<std::string>& sent = {}) {
        const auto leaf = must(parse_certificates(pem));
        X509Stack stack(sk_X509_new_null());
        for (const std::string& one : sent)
            sk_X509_push(stack.get(), must(parse_certificates(one)).front().release());
        return store.verify(leaf.front().get(), stack.get(), today);
    }

    std::map<std::string, std::string> files_;
};

TEST_F(VendorCa, R_A1_EveryOneImports) {
    std::vector<ImportedAnchor> all;
    for (const auto& [name, pem] : files_)
        all.push_back({name.substr(0, name.find('-')), name, "device", pem});
    const auto store = must(TrustStore::make(all, {}));
    EXPECT_EQ(store->anchors().size(), files_.size());
    for (const CertificateFacts& facts : store->anchors()) EXPECT_TRUE(facts.is_ca) << facts.issuer;
}

// Fingerprints as the vendor files pin them.
TEST_F(VendorCa, R_A1_FingerprintsAreTheOnesPinned) {
    int compared = 0;
    for (const auto& [name, pem] : files_) {
        const auto loaded = must(read_certificates(pem));
        ASSERT_EQ(loaded.size(), 1U) << name;
        const Sha256 actual = loaded[0].facts.fingerprint;
        for (const auto& entry : std::filesystem::directory_iterator(PROVOST_SOURCE_DIR "/vendors")) {
            const std::string text = read_file(entry.path());
            const auto subject = text.find("subject: " + loaded[0].subject + "\n");
            if (subject == std::string::npos) continue;
            const auto quote = text.find("sha256: \"", subject);
            ASSERT_NE(quote, std::string::npos) << name;
            EXPECT_EQ(sha256_from_hex(text.substr(quote + 9, 95)), actual) << name;
            ++compared;
        }
    }
    EXPECT_EQ(compared, static_cast<int>(files_.size()));
}

TEST_F(VendorCa, R_A1_IssuingCasChainToTheirRoots) {
    const auto good = [&](const std::string& ca, const std::string& root,
                          const std::vector<std::string>& sent = {}) {
        std::vector<std::string> pems;
        for (const auto& name : sent) pems.push_back(files_.at(name));
        const auto verdict = verdict_on(*must(TrustStore::make(anchors({root}), {})), files_.at(ca), pems);
        EXPECT_EQ(verdict.fault, ChainFault::none) << ca << ": " << verdict.detail;
        EXPECT_EQ(verdict.anchor, root);
    };
    good("poly-equipment-policy-ca", "poly-root-ca");
    good("poly-equipment-issuing-ca-1", "poly-root-ca", {"poly-equipment-policy-ca"});
    good("poly-equipment-issuing-ca-2", "poly-equipment-policy-ca");
}

// This one may sign certificates and nothing else, so it can't be shown as a leaf.
TEST_F(VendorCa, R_A1_ASigningOnlyCaIsSignedByItsRoot) {
    const auto issuing = must(parse_certificates(files_.at("cisco-manufacturing-ca-sha2")));
    const auto root = must(parse_certificates(files_.at("cisco-root-ca-m2")));
    EXPECT_EQ(X509_check_issued(root[0].get(), issuing[0].get()), X509_V_OK);
    EXPECT_EQ(X509_verify(issuing[0].get(), X509_get0_pubkey(root[0].get())), 1);
}

TEST_F(VendorCa, R_A4_NeverUnderAnotherVendorsRoot) {
    const auto store =
        must(TrustStore::make(anchors({"poly-root-ca", "snom-root-sha256", "cisco-root-ca-2099"}), {}));
    EXPECT_EQ(verdict_on(*store, files_.at("cisco-manufacturing-ca-sha2")).fault, ChainFault::untrusted);
}

// SHA-1 below the anchor is refused; the same CA as the anchor itself is no problem.
TEST_F(VendorCa, Sha1ChainsAreRefused) {
    const auto verdict = verdict_on(*must(TrustStore::make(anchors({"cisco-root-ca-2048"}), {})),
                                    files_.at("cisco-manufacturing-ca"));
    EXPECT_EQ(verdict.fault, ChainFault::untrusted);
    EXPECT_NE(verdict.detail.find("weak"), std::string::npos) << verdict.detail;
}

}  // namespace
}  // namespace provost
