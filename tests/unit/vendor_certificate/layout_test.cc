// Certificates in the layout that each vendor file describes, made by a look-alike CA.
#include "tests/unit/crypto/look_alike.h"
#include "vendor/device_certificate.h"
#include "vendor/vendor_file.h"

namespace provost {
namespace {

using namespace test;

const VendorSpec& vendor(const std::string& id) {
    static std::map<std::string, VendorSpec> known;
    const auto found = known.find(id);
    if (found != known.end()) return found->second;
    auto outcome = read_vendor_file(read_file(PROVOST_SOURCE_DIR "/vendors/" + id + ".yaml"), id);
    for (const Error& error : outcome.errors) ADD_FAILURE() << error.text();
    return known.emplace(id, std::move(outcome.spec.value())).first->second;
}

const CertificateProfile& profile_of(const VendorSpec& spec, const std::string& id) {
    const auto found = std::find_if(spec.profiles.begin(), spec.profiles.end(),
                                    [&](const CertificateProfile& profile) { return profile.id == id; });
    if (found == spec.profiles.end()) ADD_FAILURE() << spec.id << " has no profile " << id;
    return *found;
}

struct Layout {
    std::string title, vendor, profile;
    Name subject;
    KeyType key = KeyType::rsa_2048;
    std::string mac;  // expected; empty: refused
    Rule rule = Rule::certificate_malformed;
    std::string detail = {};       // part of it
    bool without_purpose = false;  // neither key usage nor extended key usage
};
void PrintTo(const Layout& layout, std::ostream* out) {
    *out << layout.title;
}

const Name uuid_form{{"C", "CN"},
                     {"ST", "FuJian"},
                     {"L", "Xiamen"},
                     {"O", "Yealink Network Technology Co., Ltd."},
                     {"OU", "Yealink Equipment"},
                     {"CN", "yealink.com"}};

Name with(Name name, const NamePart& part) {
    name.push_back(part);
    return name;
}

Name mpp(const std::string& product, const std::string& serial, const std::string& mac) {
    return {{"O", "Cisco Systems, Inc."}, {"OU", product}, {"L", serial}, {"ST", mac}, {"CN", "Cisco"}};
}

std::vector<Layout> layouts() {
    const auto malformed = Rule::certificate_malformed;
    const auto generic = Rule::certificate_generic;
    const auto rsa = KeyType::rsa_2048;
    return {
        {"yealink_uuid", "yealink", "device",
         with(uuid_form, {"serialNumber", "ffffffff-ffff-ffff-fff0-001565112233"}), rsa, "001565112233"},
        {"yealink_uuid_upper", "yealink", "device",
         with(uuid_form, {"serialNumber", "FFFFFFFF-FFFF-FFFF-FFF0-805EC0AABBCC"}), rsa, "805ec0aabbcc"},
        {"yealink_cn", "yealink", "device", {{"CN", "001565112233"}}, rsa, "001565112233"},
        {"yealink_ec_key", "yealink", "device", {{"CN", "001565112233"}}, KeyType::ec_p256, "001565112233"},
        {"yealink_generic", "yealink", "device", uuid_form, rsa, "", generic, "CN"},
        {"yealink_generic_zeros", "yealink", "device",
         with(uuid_form, {"serialNumber", "ffffffff-ffff-ffff-fff0-000000000000"}), rsa, "", generic,
         "serialNumber"},
        {"yealink_two_devices",
         "yealink",
         "device",
         {{"serialNumber", "ffffffff-ffff-ffff-fff0-001565112233"}, {"CN", "001565112234"}},
         rsa,
         "",
         malformed,
         "two devices"},
        {"yealink_mac_in_ou",
         "yealink",
         "device",
         {{"OU", "001565112233"}},
         rsa,
         "",
         malformed,
         "no attribute"},
        {"snom_cn",
         "snom",
         "device",
         {{"C", "DE"}, {"O", "Snom"}, {"CN", "000413A1B2C3"}},
         rsa,
         "000413a1b2c3"},
        {"snom_no_purpose",
         "snom",
         "device",
         {{"CN", "000413a1b2c3"}},
         rsa,
         "000413a1b2c3",
         malformed,
         "",
         true},
        {"snom_old_1024", "snom", "device-sha1", {{"CN", "000413a1b2c3"}}, KeyType::rsa_1024, "000413a1b2c3"},
        {"snom_1024_under_the_new_root",
         "snom",
         "device",
         {{"CN", "000413a1b2c3"}},
         KeyType::rsa_1024,
         "",
         malformed,
         "1024"},
        {"snom_serial_only",
         "snom",
         "device",
         {{"serialNumber", "000413a1b2c3"}},
         rsa,
         "",
         malformed,
         "no attribute"},
        {"poly", "poly", "device", {{"O", "Polycom Inc."}, {"CN", "0004F2A1B2C3"}}, rsa, "0004f2a1b2c3"},
        {"poly_no_purpose",
         "poly",
         "device",
         {{"O", "Polycom Inc."}, {"CN", "0004F2A1B2C3"}},
         rsa,
         "0004f2a1b2c3",
         malformed,
         "",
         true},
        {"poly_other_o",
         "poly",
         "device",
         {{"O", "Polycom"}, {"CN", "0004F2A1B2C3"}},
         rsa,
         "",
         malformed,
         "O is"},
        {"poly_without_o", "poly", "device", {{"CN", "0004F2A1B2C3"}}, rsa, "", malformed, "O is"},
        {"poly_generic",
         "poly",
         "device",
         {{"O", "Polycom Inc."}, {"CN", "Polycom VVX"}},
         rsa,
         "",
         generic,
         "CN"},
        {"cisco_ou_l_st", "cisco-mpp", "device", mpp("CP-8841-3PCC", "FCH2222AAAA", "00A289BBCCDD"), rsa,
         "00a289bbccdd"},
        {"cisco_sep",
         "cisco-mpp",
         "device",
         {{"OU", "CP-7841"}, {"CN", "CP-7841-SEP00a289bbccdd"}},
         rsa,
         "00a289bbccdd"},
        {"cisco_generic", "cisco-mpp", "device", mpp("CP-8841-3PCC", "ciscogeneric", "ciscogeneric"), rsa, "",
         generic, "L is"},
        {"cisco_a_router", "cisco-mpp", "device", mpp("ISR4331/K9", "FDO2222AAAA", "00A289BBCCDD"), rsa, "",
         malformed, "OU is"},
        {"cisco_two_states", "cisco-mpp", "device",
         with(mpp("CP-8841-3PCC", "FCH2222AAAA", "00A289BBCCDD"), {"ST", "00A289BBCCDE"}), rsa, "", malformed,
         "ST occurs 2 times"},
    };
}

class VendorLayout : public ::testing::TestWithParam<Layout> {};

TEST_P(VendorLayout, R_A3_IsIdentifiedAsTheVendorFileSays) {
    const Layout& layout = GetParam();
    static const CertificateAuthority ca = make_root("Look-alike of a vendor");
    auto order = phone_order(layout.subject, layout.key);
    if (layout.without_purpose) order.extensions = {{"basicConstraints", "CA:FALSE"}};
    const auto facts = must(read_certificate(must(ca.issue(order)).certificate.get()));
    const auto identity = identify(facts, profile_of(vendor(layout.vendor), layout.profile));
    if (!layout.mac.empty()) {
        EXPECT_FALSE(identity.fault.has_value()) << identity.detail;
        EXPECT_EQ(identity.mac, MacAddress::parse_bare(layout.mac));
        return;
    }
    EXPECT_EQ(identity.fault, layout.rule) << identity.detail;
    EXPECT_NE(identity.detail.find(layout.detail), std::string::npos) << identity.detail;
    EXPECT_FALSE(identity.mac.has_value());
}

INSTANTIATE_TEST_SUITE_P(Vendors, VendorLayout, ::testing::ValuesIn(layouts()),
                         [](const auto& info) { return info.param.title; });

// Every anchor of every vendor file leads to a profile that exists.
TEST(VendorLayout, R_A1_EveryAnchorHasItsProfile) {
    for (const auto& entry : std::filesystem::directory_iterator(PROVOST_SOURCE_DIR "/vendors")) {
        const VendorSpec& spec = vendor(entry.path().stem());
        for (const TrustAnchor& anchor : spec.anchors) profile_of(spec, anchor.profile);
        EXPECT_EQ(spec.anchors.empty(), spec.profiles.empty()) << spec.id;
        // What a file says of its phones' certificates and what it could check agree.
        using enum AccessSpec::Certificate;
        EXPECT_FALSE(spec.access.provenance.sources.empty())
            << spec.id << " does not say how its phones prove themselves";
        if (spec.access.certificate == all) EXPECT_FALSE(spec.anchors.empty()) << spec.id;
        if (spec.access.certificate == none) EXPECT_TRUE(spec.anchors.empty()) << spec.id;
    }
}

}  // namespace
}  // namespace provost
