// What the key holder derives: the same wherever it runs, and another for each label, salt and installation.
#include "vault_test_folder.h"

namespace provost {
namespace {

class Derive : public KeyFolder {
 protected:
    void SetUp() override {
        make();
        ASSERT_TRUE(make_audit_keys(folder, "a test"));
    }
    static std::string hex(const Result<Secret>& secret) {
        return secret ? to_hex(as_bytes(secret->expose())) : secret.error().code;
    }
};

TEST_F(Derive, R_F2_SameInTheServersProcessAndInOneOfItsOwn) {
    const Bytes salt(16, 7);
    const auto here = hex(open()->derive("totp", salt));
    EXPECT_EQ(here.size(), 64U);
    EXPECT_EQ(hex(open()->derive("totp", salt)), here) << "after a restart too";
    const contract::SocketHolder process(folder);
    EXPECT_EQ(hex(process.connect().keys->derive("totp", salt)), here);
}

TEST_F(Derive, R_F2_EachLabelAndSaltGivesAnother) {
    const auto keys = open();
    const auto of = [&](std::string_view label, std::string_view salt) {
        return hex(keys->derive(label, as_bytes(salt)));
    };
    EXPECT_NE(of("totp", "a"), of("totp", "b"));
    EXPECT_NE(of("totp", "a"), of("pepper", "a"));
    EXPECT_NE(of("totp", "xa"), of("totpx", "a")) << "no label and salt spell another pair";
    EXPECT_EQ(of("totp", "").size(), 64U);
    for (const auto& [label, salt] :
         {std::pair{std::string(), std::string("a")}, std::pair{std::string(33, 'x'), std::string("a")},
          std::pair{std::string("totp"), std::string(65, 'x')}})
        EXPECT_EQ(of(label, salt), "P-5013");
}

TEST_F(Derive, R_F2_AnotherInstallationDerivesOthers) {
    const Bytes salt(16, 7);
    const auto here = hex(open()->derive("totp", salt));
    std::filesystem::remove(folder / "root.key");
    std::filesystem::remove(folder / "epochs.keys");
    make();
    EXPECT_NE(hex(open()->derive("totp", salt)), here);
}

}  // namespace
}  // namespace provost
