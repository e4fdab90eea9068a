#include "door_fixture.h"

#include <sys/stat.h>

namespace provost::test {
namespace {

using Tls = DoorTest;

struct Combination {
    int version;
    bool rsa_phone;
};

TEST_F(Tls, R_A1_BothVersionsWithBothKindsOfCertificate) {
    open();
    const auto& made = LookAlikes::get();
    for (const auto [version, rsa_phone] : {Combination{TLS1_2_VERSION, false},
                                            {TLS1_2_VERSION, true},
                                            {TLS1_3_VERSION, false},
                                            {TLS1_3_VERSION, true}}) {
        Phone phone(port(), {rsa_phone ? &made.phone_rsa : &made.phone_ec, version, ""});
        const auto response = phone.ask(get());
        ASSERT_TRUE(response) << version << rsa_phone;
        EXPECT_EQ(response->status, 200);
        EXPECT_EQ(response->body, "config of 0015651122aa\n");
    }
    EXPECT_EQ(judge_.calls, 4);
    EXPECT_EQ(judge_.sent_certificates, 1);  // the issuing CA; the leaf goes by itself
    EXPECT_EQ(door_->counters().handshakes, 4U);
}

TEST_F(Tls, SaysWhichTlsWasUsed) {
    open();
    Phone phone(port());
    ASSERT_TRUE(phone.ask(get()));
    EXPECT_EQ(deliver_.requests().at(0).tls, "TLSv1.3 " + std::string(SSL_get_cipher_name(phone.ssl())));
    EXPECT_EQ(deliver_.requests().at(0).source, "127.0.0.1");
}

TEST_F(Tls, R_A8_TheClientsOfferChoosesTheServersCertificate) {
    open();
    const auto key_kind = [this](const std::string& suites) {
        Phone phone(port(), {&LookAlikes::get().phone_ec, TLS1_2_VERSION, suites});
        EXPECT_TRUE(phone.connected());
        return EVP_PKEY_get_base_id(X509_get0_pubkey(SSL_get0_peer_certificate(phone.ssl())));
    };
    EXPECT_EQ(key_kind("ECDHE-RSA-AES128-GCM-SHA256"), EVP_PKEY_RSA);
    EXPECT_EQ(key_kind("ECDHE-ECDSA-AES128-GCM-SHA256"), EVP_PKEY_EC);
    EXPECT_EQ(key_kind("ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256"), EVP_PKEY_EC);
}

TEST_F(Tls, R_A1_OldVersionsAndWeakSuitesAreRefused) {
    open();
    const auto* phone = &LookAlikes::get().phone_ec;
    EXPECT_FALSE(Phone(port(), {phone, TLS1_VERSION, "ALL:@SECLEVEL=0"}).connected());
    EXPECT_FALSE(Phone(port(), {phone, TLS1_1_VERSION, "ALL:@SECLEVEL=0"}).connected());
    for (const auto* suite : {"AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA", "DHE-RSA-AES128-GCM-SHA256",
                              "ECDHE-RSA-AES128-SHA256", "AECDH-AES128-SHA"})
        EXPECT_FALSE(Phone(port(), {phone, TLS1_2_VERSION, suite}).connected()) << suite;
    EXPECT_TRUE(eventually([this] { return door_->counters().handshake_failures == 7; }));
}

TEST_F(Tls, NoTicketAndNoSessionToResume) {
    open();
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        Phone phone(port(), {&LookAlikes::get().phone_ec, version, ""});
        ASSERT_TRUE(phone.ask(get()));
        EXPECT_EQ(SSL_SESSION_is_resumable(SSL_get0_session(phone.ssl())), 0) << version;
        EXPECT_EQ(SSL_SESSION_has_ticket(SSL_get0_session(phone.ssl())), 0) << version;
    }
}

TEST_F(Tls, NoRenegotiation) {
    open();
    Phone phone(port(), {&LookAlikes::get().phone_ec, TLS1_2_VERSION, ""});
    ASSERT_TRUE(phone.ask(get()));
    SSL_renegotiate(phone.ssl());
    EXPECT_NE(SSL_do_handshake(phone.ssl()), 1);
    EXPECT_EQ(door_->counters().handshakes, 1U);
}

TEST_F(Tls, R_A1_WithoutCertificateTheHandshakeEndsAndTheAnswerIsTheRefusal) {
    open();
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        Phone stranger(port(), {nullptr, version, ""});
        const auto response = stranger.ask(get());
        ASSERT_TRUE(response);
        EXPECT_EQ(response->status, 403);
    }
    EXPECT_EQ(deliver_.requests().size(), 2U);  // so that the contact is recorded
}

TEST_F(Tls, LimitsOnThePeersCertificates) {
    open();
    auto many = order_for(phone_mac);
    many.extensions.push_back({"nsComment", std::string(17'000, 'x')});
    const auto huge = must(LookAlikes::get().issuing.issue(many));
    Phone phone(port(), {&huge, TLS1_2_VERSION, ""});
    EXPECT_FALSE(phone.connected());
    EXPECT_EQ(judge_.calls, 0);
}

TEST_F(Tls, ACopiedCertificateWithoutItsKeyIsNotEvenJudged) {
    open();
    // TLS 1.2's client refuses to use a pair that does not match; so the message is spoilt by another key's
    // owner.
    IssuedCertificate copied = LookAlikes::get().phone_ec;
    copied.key = must(generate_key(KeyType::ec_p256));
    Phone thief(port(), {&copied, TLS1_2_VERSION, ""});
    const auto response = thief.ask(get());
    EXPECT_TRUE(!response || response->status == 403);  // OpenSSL's client leaves the certificate out
    for (const auto& request : deliver_.requests()) EXPECT_EQ(request.target, "/0015651122aa.cfg");
}

TEST_F(Tls, R_A8_ReloadTakesANewCertificateForNewHandshakes) {
    open();
    Phone before(port());
    ASSERT_TRUE(before.ask(get()));
    auto order = order_for("localhost");
    order.extensions = server_extensions({"localhost", "127.0.0.1"});
    const auto fresh = must(LookAlikes::get().root.issue(order));
    (void)folder_.write("ec", fresh);
    ASSERT_TRUE(door_->reload());
    Phone after(port());
    ASSERT_TRUE(after.ask(get()));
    ASSERT_TRUE(before.ask(get()));
    EXPECT_EQ(X509_cmp(SSL_get0_peer_certificate(after.ssl()), fresh.certificate.get()), 0);
    EXPECT_NE(X509_cmp(SSL_get0_peer_certificate(before.ssl()), fresh.certificate.get()), 0);
}

TEST_F(Tls, R_A11_AFailedReloadKeepsTheOldCertificate) {
    open();
    const auto expect_kept = [this](const std::string& code) {
        const auto status = door_->reload();
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, code);
        Phone phone(port());
        const auto response = phone.ask(get());
        ASSERT_TRUE(response);
        EXPECT_EQ(response->status, 200);
    };
    const auto& made = LookAlikes::get();
    folder_.write("ec.pem", "no certificate\n");
    expect_kept("P-7001");
    folder_.write("ec.pem", "");
    expect_kept("P-7001");
    std::filesystem::remove(folder_ / "ec.pem");
    expect_kept("P-7001");
    folder_.write("ec.pem", made.server_ec.certificate_pem());
    folder_.write("ec.key", made.server_ec.key_pem().view(), 0640);
    expect_kept("P-7002");
    folder_.write("ec.key", made.phone_ec.key_pem().view());
    expect_kept("P-7002");
    folder_.write("ec.key", made.server_ec.key_pem().view(), 0600);
    EXPECT_TRUE(door_->reload());
}

TEST_F(Tls, R_A11_ADoorWithoutSoundIdentityDoesNotOpen) {
    const auto code = [this] {
        const auto door = open_phone_door(settings_, judge_, deliver_);
        return door ? "opened" : door.error().code;
    };
    ::chmod(settings_.identities[0].key.c_str(), 0604);
    EXPECT_EQ(code(), "P-7002");
    ::chmod(settings_.identities[0].key.c_str(), 0400);
    EXPECT_EQ(code(), "opened");
    settings_.identities.push_back(settings_.identities[0]);
    EXPECT_EQ(code(), "P-7001");
    settings_.identities.clear();
    EXPECT_EQ(code(), "P-7001");
}

TEST_F(Tls, R_C1_PlainHttpGetsNoAnswer) {
    open();
    Phone phone(port(), {nullptr, TLS1_3_VERSION, ""});
    ASSERT_TRUE(phone.connected());
    // The same socket family, but the first bytes are a request instead of a ClientHello.
    EXPECT_EQ(plain_exchange(port(), "GET /0015651122aa.cfg HTTP/1.1\r\nHost: x\r\n\r\n").find("HTTP"),
              std::string::npos);
    EXPECT_TRUE(deliver_.requests().empty());
}

}  // namespace
}  // namespace provost::test
