// identify() on facts alone: what no certificate authority would ever sign is tried here too.
#include "vendor/device_certificate.h"

#include <functional>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace provost {
namespace {

Pattern pattern(const std::string& text) {
    return {text, std::make_shared<const RE2>(text)};
}

CertificateProfile profile() {
    CertificateProfile made;
    made.id = "device";
    made.identity = {{"serialNumber", pattern("X-(?P<mac>[0-9A-Fa-f:]*)")}, {"CN", pattern("(?P<mac>.*)")}};
    made.require = {{"O", pattern("Acme"), ""}};
    made.generic = {{"OU", pattern("generic"), ""}};
    return made;
}

CertificateFacts good() {
    CertificateFacts facts;
    facts.subject = {{"O", "Acme", true}, {"CN", "001565AABBCC", true}};
    facts.has_key_usage = facts.may_sign = facts.has_extended_key_usage = facts.client_auth = true;
    facts.version = 3;
    facts.key_type = "RSA";
    facts.key_bits = 2048;
    return facts;
}

TEST(Identify, R_A3_ReadsOneDevice) {
    const auto identity = identify(good(), profile());
    EXPECT_FALSE(identity.fault.has_value()) << identity.detail;
    EXPECT_EQ(identity.mac, MacAddress(0x001565aabbcc));
}

TEST(Identify, R_A3_TheFirstAlternativeDecides) {
    auto facts = good();
    facts.subject = {
        {"O", "Acme", true}, {"serialNumber", "X-00:15:65:aa:bb:01", true}, {"CN", "001565AABB01", true}};
    EXPECT_EQ(identify(facts, profile()).mac, MacAddress(0x001565aabb01));
    facts.subject[1].value = "X-001565aabb02";
    EXPECT_EQ(identify(facts, profile()).detail, "its attributes name two devices");
}

TEST(Identify, R_A2_RefusesEachFault) {
    using Change = std::function<void(CertificateFacts&)>;
    const auto value = [](const char* text) {
        return [text](CertificateFacts& f) { f.subject[1].value = text; };
    };
    const std::vector<std::pair<Change, std::string>> changes = {
        {[](auto& f) { f.version = 1; }, "X.509 version 1"},
        {[](auto& f) { f.version = 2; }, "X.509 version 2"},
        {[](auto& f) { f.version = 18; }, "X.509 version 18"},  // there is no such version (RFC 5280 4.1.2.1)
        {[](auto& f) { f.is_ca = true; }, "CA certificate"},
        {[](auto& f) { f.unknown_critical_extension = true; }, "critical"},
        {[](auto& f) { f.may_sign = false; }, "digitalSignature"},
        {[](auto& f) { f.client_auth = false; }, "without clientAuth"},
        {[](auto& f) { f.client_auth = f.has_extended_key_usage = false; }, "no extended key usage"},
        {[](auto& f) { f.key_bits = 2047; }, "only 2047"},
        {[](auto& f) { f.key_bits = 0; }, "only 0"},
        {[](auto& f) { f.key_bits = 4097; }, "of 4097"},
        {[](auto& f) { f.key_type = "ED25519"; }, "key type ED25519"},
        {[](auto& f) { f.key_type = "EC"; }, "without a name"},
        {[](auto& f) { f.key_type = "EC", f.curve = "secp256k1"; }, "secp256k1"},
        {[](auto& f) {
             f.subject.push_back({"CN", "001565AABBCC", true});
         },
         "CN occurs 2 times"},
        {[](auto& f) {
             f.subject.push_back({"O", "Acme", true});
         },
         "O occurs 2 times"},
        {[](auto& f) {
             f.subject[1] = {"CN", std::string("001565AABBCC\0", 13), false};
         },
         "NUL"},
        {[](auto& f) { f.subject[1].printable = false; }, "printable"},
        {[](auto& f) { f.subject.erase(f.subject.begin()); }, "O is missing"},
        {[](auto& f) { f.subject[0].value = "Acme "; }, "O is missing"},
        {[](auto& f) { f.subject.pop_back(); }, "no attribute"},
        {[](auto& f) { f.subject.clear(); }, "O is missing"},
        {value(""), "holds no MAC"},
        {value("001565AABBC"), "holds no MAC"},
        {value("001565AABBCCD"), "holds no MAC"},
        {value(" 001565AABBCC"), "holds no MAC"},
        {value("001565AABBCG"), "holds no MAC"},
        {value("000000000000"), "zero MAC"},
        {value("ffffffffffff"), "group"},
        {value("01005e000001"), "group"},
    };
    for (const auto& [change, detail] : changes) {
        auto facts = good();
        change(facts);
        const auto identity = identify(facts, profile());
        EXPECT_EQ(identity.fault, Rule::certificate_malformed) << detail;
        EXPECT_NE(identity.detail.find(detail), std::string::npos) << identity.detail << " lacks " << detail;
        EXPECT_FALSE(identity.mac.has_value());
    }
}

TEST(Identify, R_A5_AGenericCertificateIsNoIdentity) {
    auto facts = good();
    facts.subject.push_back({"OU", "generic", true});
    const auto identity = identify(facts, profile());
    EXPECT_EQ(identity.fault, Rule::certificate_generic);
    EXPECT_FALSE(identity.mac.has_value());
}

TEST(Identify, ToleratesAMissingPurposeWhereTheProfileSaysSo) {
    auto facts = good();
    facts.client_auth = facts.has_extended_key_usage = false;
    auto tolerant = profile();
    tolerant.tolerate_missing_client_auth = true;
    EXPECT_FALSE(identify(facts, tolerant).fault.has_value());
    EXPECT_TRUE(identify(facts, profile()).fault.has_value());
}

TEST(Identify, TheProfileSaysHowSmallAnRsaKeyMayBe) {
    auto facts = good();
    facts.key_bits = 1024;
    auto old = profile();
    old.minimum_rsa_bits = 1024;
    EXPECT_FALSE(identify(facts, old).fault.has_value());
    facts.key_bits = 1023;
    EXPECT_TRUE(identify(facts, old).fault.has_value());
}

// Whatever the common name holds, a device is proved only by a text that is a MAC address.
TEST(Identify, R_A2_NoOtherTextNamesADevice) {
    const auto strict = profile();
    rc::check([&](const std::string& text, bool printable) {
        auto facts = good();
        facts.subject[1] = {"CN", text, printable};
        const auto identity = identify(facts, strict);
        RC_ASSERT(identity.mac.has_value() == !identity.fault.has_value());
        if (identity.mac) RC_ASSERT(printable && MacAddress::parse(text) == identity.mac);
    });
}

}  // namespace
}  // namespace provost
