// The TLS profile of a door for old phones, with a modern door in the same process.
#include "door_fixture.h"

namespace provost::test {
namespace {

constexpr auto everything = "ALL:COMPLEMENTOFALL:@SECLEVEL=0";

class OldTls : public DoorTest {
 protected:
    void open_both() {
        main_ = must(open_phone_door(settings_, judge_, deliver_));
        settings_.traits.name = "old";
        settings_.traits.old_tls = true;
        open();
    }
    [[nodiscard]] static PhoneKind kind(int version, const char* suites = everything) {
        return {&LookAlikes::get().phone_rsa, version, suites};
    }

    std::unique_ptr<PhoneDoor> main_;
};

TEST_F(OldTls, R_A1_SpeaksTls10To12AndTheMainDoorDoesNot) {
    open_both();
    for (const int version : {TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION}) {
        Phone phone(port(), kind(version));
        const auto response = phone.ask(get());
        ASSERT_TRUE(response) << version;
        EXPECT_EQ(response->body, "config of 0015651122aa\n");
        EXPECT_EQ(SSL_version(phone.ssl()), version);
        EXPECT_EQ(Phone(main_->port(), kind(version)).connected(), version == TLS1_2_VERSION) << version;
    }
    EXPECT_FALSE(Phone(port(), kind(TLS1_3_VERSION, "")).connected());
    EXPECT_TRUE(Phone(main_->port(), kind(TLS1_3_VERSION, "")).connected());
}

bool known(const char* suite) {
    SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
    const bool is = SSL_CTX_set_cipher_list(context, suite) == 1;
    SSL_CTX_free(context);
    return is;
}

TEST_F(OldTls, R_A1_NeverWithoutForwardSecrecyNorWithBrokenCiphers) {
    open_both();
    int tried = 0;
    for (const auto* name : {"AES128-SHA", "AES256-SHA", "AES128-GCM-SHA256", "DES-CBC3-SHA", "RC4-SHA",
                             "RC4-MD5", "NULL-SHA", "ECDHE-RSA-NULL-SHA", "ADH-AES128-SHA",
                             "AECDH-AES128-SHA", "CAMELLIA128-SHA", "SEED-SHA", "EXP-RC4-MD5"}) {
        const auto suite = std::string(name) + ":@SECLEVEL=0";
        if (!known(suite.c_str())) continue;  // neither side's library has it
        ++tried;
        EXPECT_FALSE(Phone(port(), kind(TLS1_2_VERSION, suite.c_str())).connected()) << name;
    }
    EXPECT_GE(tried, 5);
}

TEST_F(OldTls, R_A8_AnIdentityOfItsOwnThatTheMainDoorCouldNotHave) {
    auto order = order_for("localhost", KeyType::rsa_1024);
    order.extensions = server_extensions({"localhost"});
    order.sign_with_sha1 = true;
    settings_.identities = {folder_.write("weak", must(LookAlikes::get().root.issue(order)))};
    const auto refused = open_phone_door(settings_, judge_, deliver_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "P-7001");
    settings_.traits.old_tls = true;
    open();
    Phone phone(port(), kind(TLS1_VERSION, "DHE-RSA-AES128-SHA:@SECLEVEL=0"));
    ASSERT_TRUE(phone.connected());
    EXPECT_STREQ(SSL_get_cipher_name(phone.ssl()), "DHE-RSA-AES128-SHA");
    EVP_PKEY* group = nullptr;
    ASSERT_EQ(SSL_get_peer_tmp_key(phone.ssl(), &group), 1);
    EXPECT_EQ(EVP_PKEY_get_bits(group), 2048);  // not as small as the key beside it
    EVP_PKEY_free(group);
}

TEST_F(OldTls, NoTicketAndNoSessionToResume) {
    open_both();
    for (const int version : {TLS1_VERSION, TLS1_2_VERSION}) {
        Phone phone(port(), kind(version));
        ASSERT_TRUE(phone.ask(get()));
        EXPECT_EQ(SSL_SESSION_is_resumable(SSL_get0_session(phone.ssl())), 0) << version;
        EXPECT_EQ(SSL_SESSION_has_ticket(SSL_get0_session(phone.ssl())), 0) << version;
    }
}

TEST_F(OldTls, R_A11_PreparedIsNotInForceUntilItIsCommitted) {
    open_both();
    folder_.write("rsa.pem", "nonsense", 0644);
    EXPECT_FALSE(door_->prepare_reload());
    EXPECT_TRUE(Phone(port(), kind(TLS1_VERSION)).connected());
}

}  // namespace
}  // namespace provost::test
