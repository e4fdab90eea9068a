// Judges of two doors: what one takes, the other goes on refusing.
#include "domain/rating.h"
#include "tests/unit/service_judge/judge_house.h"

namespace provost {
namespace {

using namespace test;

class OldDoor : public ::testing::Test {
 protected:
    static std::shared_ptr<const Catalogue> catalogue() {
        auto spec = vendor_spec("acme", 0x001565);
        spec.profiles[0].old_doors = OldChains{true, 1024};
        return std::make_shared<const Catalogue>(std::vector<VendorSpec>{std::move(spec)});
    }
    TrustView view(bool old) const {
        auto anchor = anchor_of(root_, "acme");
        if (old) anchor.old = OldChains{true, 1024};
        TrustView made;
        made.store = must(TrustStore::make({anchor}, {}));
        made.catalogue = catalogue_;
        made.old_door = old;
        return made;
    }
    IssuedCertificate phone(KeyType key) const {
        auto order = phone_order({{"O", "Acme"}, {"CN", "001565AABBCC"}}, key);
        order.sign_with_sha1 = key == KeyType::rsa_1024;
        return must(root_.issue(order));
    }

    CertificateAuthority root_ = make_root("Acme Root", KeyType::rsa_2048);
    std::shared_ptr<const Catalogue> catalogue_ = catalogue();
    ManualClock clock_{today};
    CertificateJudge main_{clock_, view(false)}, old_{clock_, view(true)};
};

TEST_F(OldDoor, R_A6_AWeakChainIsRatedLowerAndTheMainDoorRefusesIt) {
    const auto leaf = phone(KeyType::rsa_1024);
    for (int i = 0; i < 2; ++i) {  // also from memory
        const auto proved = old_.judge(leaf.certificate.get(), nullptr);
        EXPECT_FALSE(proved->fault) << proved->detail;
        EXPECT_TRUE(proved->old_door && proved->weak_chain);
        EXPECT_EQ(rate(*proved, SecretMode::purge).stars, 3);
        EXPECT_EQ(rate(*proved, SecretMode::retain).stars, 2);
        const auto refused = main_.judge(leaf.certificate.get(), nullptr);
        EXPECT_EQ(refused->fault, Rule::certificate_untrusted);
        EXPECT_FALSE(refused->mac);
    }
}

TEST_F(OldDoor, R_A6_AGoodChainThroughAnOldDoorIsFourAndSaysWhatWouldRaiseIt) {
    const auto leaf = phone(KeyType::ec_p256);
    const auto proved = old_.judge(leaf.certificate.get(), nullptr);
    EXPECT_FALSE(proved->fault) << proved->detail;
    EXPECT_FALSE(proved->weak_chain);
    const auto rating = rate(*proved, SecretMode::purge);
    EXPECT_EQ(rating.stars, 4);
    EXPECT_NE(rating.reason.find("old"), std::string_view::npos);
    EXPECT_NE(rating.raise.find("TLS 1.2"), std::string_view::npos);
    EXPECT_EQ(rate(*main_.judge(leaf.certificate.get(), nullptr), SecretMode::purge).stars, 5);
}

TEST_F(OldDoor, R_A6_WhoShowsNothingAtAnOldDoorIsMarkedToo) {
    EXPECT_TRUE(old_.judge(nullptr, nullptr)->old_door);
    EXPECT_FALSE(main_.judge(nullptr, nullptr)->old_door);
}

}  // namespace
}  // namespace provost
