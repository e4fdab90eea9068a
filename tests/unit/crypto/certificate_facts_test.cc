#include "crypto/certificate_facts.h"

#include "tests/unit/crypto/look_alike.h"

namespace provost {
namespace {

using namespace test;

CertificateFacts facts_of(const CertificateOrder& order) {
    static const CertificateAuthority ca = make_root("Facts CA");
    return must(read_certificate(must(ca.issue(order)).certificate.get()));
}

std::string value_of(const CertificateFacts& facts, const std::string& name) {
    for (const auto& attribute : facts.subject)
        if (attribute.name == name) return attribute.value;
    return "(none)";
}

TEST(CertificateFacts, R_A3_ReadsAPhonesCertificate) {
    auto order = phone_order({{"O", "Acme"}, {"serialNumber", "x-001565aabbcc"}, {"CN", "acme.example"}});
    order.serial = "0A0B0C";
    const auto facts = facts_of(order);
    ASSERT_EQ(facts.subject.size(), 3U);
    EXPECT_EQ(facts.subject[1], (SubjectAttribute{"serialNumber", "x-001565aabbcc", true}));
    EXPECT_EQ(facts.issuer, "CN=Facts CA,O=Look-alike");
    EXPECT_EQ(facts.serial, "0a0b0c");
    EXPECT_EQ(facts.version, 3);
    EXPECT_FALSE(facts.is_ca);
    EXPECT_TRUE(facts.has_key_usage && facts.may_sign);
    EXPECT_TRUE(facts.has_extended_key_usage && facts.client_auth);
    EXPECT_FALSE(facts.unknown_critical_extension);
    EXPECT_EQ(facts.key_type, "EC");
    EXPECT_EQ(facts.curve, "prime256v1");
    EXPECT_EQ(facts.key_bits, 256);
    EXPECT_EQ(facts.signature, "ecdsa-with-SHA256");
    EXPECT_EQ(facts.not_before, today - 30 * day);
    EXPECT_EQ(facts.not_after, today + year);
}

TEST(CertificateFacts, TellsKeysApart) {
    const auto rsa = facts_of(phone_order({{"CN", "a"}}, KeyType::rsa_2048));
    EXPECT_EQ(rsa.key_type, "RSA");
    EXPECT_EQ(rsa.key_bits, 2048);
    EXPECT_EQ(facts_of(phone_order({{"CN", "a"}}, KeyType::ec_p384)).curve, "secp384r1");
    EXPECT_EQ(facts_of(phone_order({{"CN", "a"}}, KeyType::ed25519)).key_type, "ED25519");
    const auto one = facts_of(phone_order({{"CN", "a"}}));
    const auto other = facts_of(phone_order({{"CN", "b"}}));
    EXPECT_EQ(one.key, other.key);  // one key pair in two certificates
    EXPECT_NE(one.fingerprint, other.fingerprint);
    EXPECT_NE(one.key, rsa.key);
}

TEST(CertificateFacts, R_A3_NamesKeepTheirBytes) {
    const std::string with_nul("00156501\0\062", 10);
    const auto nul = facts_of(phone_order({{"CN", with_nul}}));
    EXPECT_EQ(value_of(nul, "CN"), with_nul);
    EXPECT_FALSE(nul.subject[0].printable);
    const auto wide = facts_of(phone_order({{"CN", "\xef\xbc\x90\xef\xbc\x90"}}));  // full-width digits
    EXPECT_FALSE(wide.subject[0].printable);
    const auto broken = facts_of(phone_order({{"CN", "\xff\xfe", NameEncoding::printable}}));
    EXPECT_EQ(value_of(broken, "CN"), "\u00ff\u00fe");
    EXPECT_FALSE(broken.subject[0].printable);
    const auto bmp = facts_of(phone_order({{"CN", std::string("\0A\0B", 4), NameEncoding::bmp}}));
    EXPECT_EQ(value_of(bmp, "CN"), "AB");
    const auto own = facts_of(phone_order({{"1.3.6.1.4.1.99999.1", "x"}}));
    EXPECT_EQ(own.subject[0].name, "1.3.6.1.4.1.99999.1");
}

TEST(CertificateFacts, R_A3_FlattensAndCountsNames) {
    const auto facts =
        facts_of(phone_order({{"CN", "a"}, {"CN", "b", NameEncoding::utf8, true}, {"CN", "c"}}));
    EXPECT_EQ(facts.subject.size(), 3U);
    Name crowd;
    for (int i = 0; i < 100; ++i) crowd.push_back({"OU", std::to_string(i)});
    const CertificateAuthority ca = make_root("Crowd CA");
    const auto issued = must(ca.issue(phone_order(crowd)));
    const auto refused = read_certificate(issued.certificate.get());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, "P-4001");
}

TEST(CertificateFacts, ReadsExtensions) {
    auto order = phone_order({{"CN", "a"}});
    order.extensions = {};
    auto facts = facts_of(order);
    EXPECT_FALSE(facts.has_key_usage || facts.has_extended_key_usage || facts.is_ca);
    order.extensions = authority_extensions();
    facts = facts_of(order);
    EXPECT_TRUE(facts.is_ca && facts.has_key_usage && !facts.may_sign);
    order.extensions = {{"extendedKeyUsage", "anyExtendedKeyUsage"},
                        {"1.3.6.1.4.1.99999.2", "critical,DER:0500"}};
    facts = facts_of(order);
    EXPECT_TRUE(facts.client_auth && facts.unknown_critical_extension);
    order.extensions = {{"extendedKeyUsage", "serverAuth"}, {"1.3.6.1.4.1.99999.2", "DER:0500"}};
    facts = facts_of(order);
    EXPECT_FALSE(facts.client_auth || facts.unknown_critical_extension);
    order.version = 1;
    EXPECT_EQ(facts_of(order).version, 1);
}

TEST(CertificateFacts, NullAndEmptyAreErrors) {
    EXPECT_EQ(read_certificate(nullptr).error().code, "P-4001");
    const X509Handle empty(X509_new());
    EXPECT_EQ(read_certificate(empty.get()).error().code, "P-4001");
}

TEST(CertificateFacts, LeavesNoErrorBehind) {
    ERR_clear_error();
    facts_of(phone_order({{"CN", "\xff\xfe", NameEncoding::printable}}, KeyType::ed25519));
    EXPECT_EQ(ERR_peek_error(), 0UL);
}

}  // namespace
}  // namespace provost
