// Malformed and hostile certificates, each refused with its own reason inside.
#include "tests/unit/service_judge/judge_house.h"

namespace provost {
namespace {

using namespace test;

struct Hostile {
    std::string title;
    Rule rule;
    std::string detail;  // part of it
    CertificateOrder order = acme_phone();
    enum class Signer : std::uint8_t { acme, other, stranger, itself } signer = Signer::acme;
};
void PrintTo(const Hostile& hostile, std::ostream* out) {
    *out << hostile.title;
}

class Table {
 public:
    Hostile& add(const std::string& title, Rule rule, const std::string& detail) {
        rows_.push_back({title, rule, detail});
        return rows_.back();
    }
    void name(const std::string& title, const std::string& detail, Name subject,
              Rule rule = Rule::certificate_malformed) {
        add(title, rule, detail).order.subject = std::move(subject);
    }
    void common_name(const std::string& title, const std::string& detail, NamePart part) {
        part.attribute = "CN";
        name(title, detail, {{"O", "Acme"}, std::move(part)});
    }
    void extensions(const std::string& title, Rule rule, const std::string& detail, Extensions extensions) {
        add(title, rule, detail).order.extensions = std::move(extensions);
    }
    void key(const std::string& title, Rule rule, const std::string& detail, KeyType type) {
        add(title, rule, detail).order = phone_order({{"O", "Acme"}, {"CN", "001565AABBCC"}}, type);
    }
    std::vector<Hostile> take() { return std::move(rows_); }

 private:
    std::vector<Hostile> rows_;
};

void add_chains(Table& table) {
    using Signer = Hostile::Signer;
    const auto untrusted = Rule::certificate_untrusted;
    table.add("signed_by_itself", untrusted, "").signer = Signer::itself;
    table.add("signed_by_a_stranger_of_the_same_name", untrusted, "").signer = Signer::stranger;
    table.add("another_vendors_ca", Rule::vendor_prefix_mismatch, "may not vouch for 001565aabbcc").signer =
        Signer::other;
    auto& expired = table.add("expired", Rule::certificate_expired, "expired on 2026-11-22").order;
    expired.not_after = today - day;
    auto& future = table.add("not_yet_valid", Rule::certificate_not_yet_valid, "not yet valid").order;
    future.not_before = today + day;
    auto& backwards = table.add("ends_before_it_begins", Rule::certificate_not_yet_valid, "").order;
    std::swap(backwards.not_before, backwards.not_after);
    table.add("sha1", untrusted, "too weak").order.sign_with_sha1 = true;
    table.add("version_1", Rule::certificate_malformed, "X.509 version 1").order.version = 1;
}

void add_extensions(Table& table) {
    const auto untrusted = Rule::certificate_untrusted;
    const auto malformed = Rule::certificate_malformed;
    const Extension client{"extendedKeyUsage", "clientAuth"};
    const Extension sign{"keyUsage", "critical,digitalSignature"};
    table.extensions("ca_true", malformed, "CA certificate",
                     {{"basicConstraints", "critical,CA:TRUE"}, sign, client});
    table.extensions("ca_true_without_key_usage", malformed, "CA certificate",
                     {{"basicConstraints", "CA:TRUE"}, client});
    table.extensions("ca_true_not_critical_with_path_length", malformed, "CA certificate",
                     {{"basicConstraints", "CA:TRUE,pathlen:0"}, sign, client});
    table.extensions("no_extensions", malformed, "no extended key usage", {});
    table.extensions("no_extended_key_usage", malformed, "no extended key usage", {sign});
    table.extensions("server_only", untrusted, "purpose", {sign, {"extendedKeyUsage", "serverAuth"}});
    table.extensions("code_signing_only", untrusted, "purpose", {sign, {"extendedKeyUsage", "codeSigning"}});
    table.extensions("any_purpose_only", untrusted, "purpose",
                     {sign, {"extendedKeyUsage", "anyExtendedKeyUsage"}});
    table.extensions("unheard_of_purpose", untrusted, "purpose",
                     {sign, {"extendedKeyUsage", "1.3.6.1.4.1.99999.9"}});
    table.extensions("key_cert_sign_only", untrusted, "purpose",
                     {{"keyUsage", "critical,keyCertSign"}, client});
    table.extensions("key_encipherment_only", untrusted, "purpose",
                     {{"keyUsage", "keyEncipherment"}, client});
    table.extensions("key_agreement_only", malformed, "digitalSignature",
                     {{"keyUsage", "keyAgreement"}, client});
    table.extensions("unknown_critical_extension", untrusted, "critical",
                     {sign, client, {"1.3.6.1.4.1.99999.1", "critical,DER:0500"}});
    table.extensions("garbage_in_basic_constraints", malformed, "extensions can't be read",
                     {{"2.5.29.19", "critical,DER:04020102"}, sign, client});
    table.extensions("garbage_in_key_usage", malformed, "extensions can't be read",
                     {{"2.5.29.15", "critical,DER:0402FFFF"}, client});
    table.extensions("empty_extended_key_usage", untrusted, "purpose", {sign, {"2.5.29.37", "DER:3000"}});
    table.extensions("two_basic_constraints", malformed, "extensions can't be read",
                     {{"basicConstraints", "CA:FALSE"}, {"basicConstraints", "CA:FALSE"}, sign, client});
    table.extensions("two_extended_key_usages", malformed, "extensions can't be read",
                     {sign, client, client});
}

void add_keys(Table& table) {
    table.key("rsa_1024", Rule::certificate_untrusted, "too weak", KeyType::rsa_1024);
    table.key("ed25519", Rule::certificate_malformed, "key type ED25519", KeyType::ed25519);
    table.key("secp256k1", Rule::certificate_malformed, "EC curve secp256k1", KeyType::ec_secp256k1);
}

void add_names(Table& table) {
    const std::string mac = "001565AABBCC";
    const NamePart maker{"O", "Acme"};
    table.name("empty_subject", "O is missing", {});
    table.name("no_maker", "O is missing", {{"CN", mac}});
    table.name("another_maker", "O is missing or not", {{"O", "Acme Ltd"}, {"CN", mac}});
    table.name("no_name", "no attribute", {maker});
    table.name("mac_in_an_unnamed_attribute", "no attribute", {maker, {"OU", mac}});
    table.name("mac_in_an_attribute_of_no_name", "no attribute", {maker, {"1.3.6.1.4.1.99999.3", mac}});
    table.name("two_common_names", "CN occurs 2 times", {maker, {"CN", mac}, {"CN", "001565000001"}});
    table.name("two_equal_common_names", "CN occurs 2 times", {maker, {"CN", mac}, {"CN", mac}});
    table.name("two_common_names_in_one_rdn", "CN occurs 2 times",
               {maker, {"CN", mac}, {"CN", "001565000001", NameEncoding::utf8, true}});
    table.name("two_makers", "O occurs 2 times", {maker, {"O", "Evil"}, {"CN", mac}});
    table.name("two_devices", "two devices", {maker, {"serialNumber", "unit-001565000001"}, {"CN", mac}});
    table.name("sixty_five_attributes", "subject can't be read", Name(65, {"OU", "crowd"}));
    table.name("generic", "same in every phone", {maker, {"CN", "acme.example"}}, Rule::certificate_generic);
    table.name("generic_in_capitals", "same in every phone", {maker, {"CN", "ACME"}},
               Rule::certificate_generic);
    table.name("another_prefix", "may not vouch for 000413aabbcc", {maker, {"CN", "000413AABBCC"}},
               Rule::vendor_prefix_mismatch);
}

void add_common_names(Table& table) {
    using namespace std::string_literals;
    table.common_name("nul_after_the_mac", "NUL byte", {"", "001565AABBCC\0"s});
    table.common_name("nul_and_another_name", "NUL byte", {"", "001565AABBCC\0.example"s});
    table.common_name("nul_inside", "NUL byte", {"", "001565\0AABBCC"s});
    table.common_name("full_width_digits", "printable ASCII",
                      {"", "\uff10\uff10\uff11\uff15\uff16\uff15AABBCC"});
    table.common_name("arabic_digits", "printable ASCII", {"", "\u0660\u06601565AABBCC"});
    table.common_name("zero_width_joiner", "printable ASCII", {"", "001565\u200dAABBCC"});
    table.common_name("soft_hyphen", "printable ASCII", {"", "001565\u00adAABBCC", NameEncoding::utf8});
    table.common_name("cyrillic_letters", "printable ASCII", {"", "001565\u0410\u0410BB\u0421\u0421"});
    table.common_name("line_feed", "printable ASCII", {"", "001565AABBCC\n"});
    table.common_name("tab_first", "printable ASCII", {"", "\t001565AABBCC"});
    table.common_name("escape_sequence", "printable ASCII", {"", "\x1b[2J001565AABBCC"});
    table.common_name("bytes_above_ascii", "printable ASCII",
                      {"", "001565AABBC\xc3", NameEncoding::printable});
    table.common_name("wide_encoding_of_full_width", "printable ASCII",
                      {"",
                       "\0"
                       "0\0"
                       "0\xff\x11"s,
                       NameEncoding::bmp});
    table.common_name("leading_blank", "no attribute", {"", " 001565AABBCC"});
    table.common_name("trailing_blank", "no attribute", {"", "001565AABBCC "});
    table.common_name("eleven_digits", "no attribute", {"", "001565AABBC"});
    table.common_name("thirteen_digits", "no attribute", {"", "001565AABBCC0"});
    table.common_name("a_letter_too_far", "no attribute", {"", "001565AABBCG"});
    table.common_name("wildcard", "no attribute", {"", "001565*"});
    table.common_name("colons_where_none_belong", "no attribute", {"", "00:15:65:AA:BB:CC"});
    table.common_name("prefixed", "no attribute", {"", "0x001565AABBCC"});
    table.common_name("empty_name", "no attribute", {"", ""});
    table.common_name("very_long_name", "no attribute", {"", std::string(10000, '0')});
    table.common_name("zero_address", "zero MAC", {"", "000000000000"});
    table.common_name("broadcast_address", "group address", {"", "FFFFFFFFFFFF"});
    table.common_name("multicast_address", "group address", {"", "01005E000001"});
}

std::vector<Hostile> table() {
    Table table;
    add_chains(table);
    add_extensions(table);
    add_keys(table);
    add_names(table);
    add_common_names(table);
    return table.take();
}

class HostileCertificate : public ::testing::TestWithParam<Hostile> {
 protected:
    static JudgeHouse& house() {
        static JudgeHouse one;
        return one;
    }
    static IssuedCertificate issue(const Hostile& hostile) {
        using Signer = Hostile::Signer;
        static const CertificateAuthority stranger = make_root("Acme Root");
        switch (hostile.signer) {
            case Signer::acme:
                return must(house().acme.issue(hostile.order));
            case Signer::other:
                return must(house().other.issue(hostile.order));
            case Signer::stranger:
                return must(stranger.issue(hostile.order));
            case Signer::itself:
                break;
        }
        return must(CertificateAuthority::self_signed(hostile.order)).own();
    }
};

TEST_P(HostileCertificate, R_A2_R_A3_R_A4_R_A5_IsRefusedForItsReason) {
    const Hostile& hostile = GetParam();
    const IssuedCertificate leaf = issue(hostile);
    for (int visit = 0; visit < 2; ++visit) {  // the second is answered from memory, where it may be
        const auto evidence = house().weigh(leaf);
        ASSERT_TRUE(evidence->fault.has_value());
        EXPECT_EQ(to_text(*evidence->fault), to_text(hostile.rule)) << evidence->detail;
        EXPECT_NE(evidence->detail.find(hostile.detail), std::string::npos) << evidence->detail;
        EXPECT_FALSE(evidence->prefix_allowed);
        EXPECT_EQ(evidence->mac.has_value(), hostile.rule == Rule::vendor_prefix_mismatch);
    }
}

INSTANTIATE_TEST_SUITE_P(Table, HostileCertificate, ::testing::ValuesIn(table()),
                         [](const auto& info) { return info.param.title; });

TEST(HostileCertificates, AreSixtyOrMore) {
    EXPECT_GE(table().size(), 60U);
}

// The control: what the table's certificates would be without their fault.
TEST(HostileCertificates, R_A2_TheGoodOneIsAccepted) {
    JudgeHouse house;
    const auto evidence = house.weigh(must(house.acme.issue(acme_phone())));
    EXPECT_FALSE(evidence->fault.has_value()) << evidence->detail;
    EXPECT_EQ(evidence->mac, MacAddress(0x001565aabbcc));
    EXPECT_EQ(evidence->vendor, "acme");
    EXPECT_TRUE(evidence->prefix_allowed && evidence->key.has_value() && !evidence->expired_leaf);
}

// Every byte of a good certificate changed, through the whole judgement.
TEST(HostileCertificates, R_A2_AChangedByteProvesNoDevice) {
    JudgeHouse house;
    const std::string der = must(house.patient.issue(acme_phone())).certificate_der();
    int judged = 0;
    for (std::size_t at = 0; at < der.size(); ++at)
        for (const int change : {0x01, 0x80, 0xff}) {
            std::string changed = der;
            changed[at] = static_cast<char>(changed[at] ^ change);
            const auto* bytes = as_bytes(changed).data();
            const X509Handle leaf(d2i_X509(nullptr, &bytes, static_cast<long>(changed.size())));
            if (leaf == nullptr) continue;
            ++judged;
            const auto evidence = house.judge.judge(leaf.get(), nullptr);
            EXPECT_TRUE(evidence->fault || evidence->mac == MacAddress(0x001565aabbcc)) << at;
        }
    ERR_clear_error();
    EXPECT_GT(judged, 500);
}

}  // namespace
}  // namespace provost
