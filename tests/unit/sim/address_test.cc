// Where a phone calls: lists of addresses, addresses as they are typed, and those that come in parts.
#include "sim/address_list.h"
#include "sim/phone_file.h"
#include "sim_testing.h"

#include <gtest/gtest.h>

namespace provost::sim::testing {

namespace {

constexpr MacAddress mac(0x001565112233);

TEST(AddressList, R_G4_MacAndUrl) {
    const AddressList list =
        must(parse_addresses("url,name,mac\nhttps://localhost/t/x/,a,00:15:65:11:22:aa\n"));
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list.at(MacAddress(0x0015651122aa)), "https://localhost/t/x/");
    for (const char* const bad : {"mac\n001565112233\n", "mac,url\nnothing,x\n", "mac,url\n001565112233\n"}) {
        const auto read = parse_addresses(bad);
        ASSERT_FALSE(read) << bad;
    }
    EXPECT_EQ(parse_addresses("mac,url\nnothing,x\n").error().code, "P-9011");
}

// What a phone of the vendor makes of these parameters.
std::optional<std::string> told(const std::string& vendor, const Values& values) {
    PhoneMemory memory(maker(vendor));
    boot(memory, maker(vendor), values);
    return memory.address();
}

TEST(ToldAddress, R_A7_HostPortAndPathAreJoined) {
    const auto joined = [](const char* host, const char* port, const char* path) {
        return told("avaya-j100", {{"TLSSRVR", host}, {"TLSPORT", port}, {"TLSDIR", path}}).value_or("none");
    };
    EXPECT_EQ(joined("prov.example", "8443", "p/q"), "https://prov.example:8443/p/q/");
    EXPECT_EQ(joined("prov.example", "443", "p"), "https://prov.example/p/");
    EXPECT_EQ(joined("[2001:db8::1]", "8443", "/p/"), "https://[2001:db8::1]:8443/p/");
    EXPECT_EQ(joined("prov.example", "", ""), "https://prov.example/");
    EXPECT_EQ(joined("", "8443", "p"), "none");
}

TEST(ToldAddress, R_A7_ThePhoneGoesByHttpsOnlyIfItIsToldTo) {
    const Values address = {{"config/P237", "prov.example:8443/p"}};
    EXPECT_EQ(told("grandstream", address), "http://prov.example:8443/p/");
    Values secure = address;
    secure["config/P212"] = "2";
    EXPECT_EQ(told("grandstream", secure), "https://prov.example:8443/p/");
    secure["config/P212"] = "1";
    EXPECT_EQ(told("grandstream", secure), "http://prov.example:8443/p/");
}

TEST(ToldAddress, R_A7_PartsMayCountUnderAConditionOnly) {
    Values parts = {{"prov.server.static", "prov.example"},
                    {"prov.download.cfgpath", "p"},
                    {"prov.download.method", "https"}};
    EXPECT_FALSE(told("algo", parts)) << "it goes by DHCP";
    parts["prov.server.method"] = "static";
    EXPECT_EQ(told("algo", parts), "https://prov.example/p/");
}

TEST(GivenAddress, R_A7_IsReadAsPhonesOfTheKindDo) {
    const auto given = [](const char* vendor, const char* text) {
        return given_address(maker(vendor).spec.login, text, mac);
    };
    EXPECT_EQ(given("grandstream", "prov.example/t/TOKEN"), "https://prov.example/t/TOKEN/");
    EXPECT_EQ(given("grandstream", "https://prov.example/t/x"), "https://prov.example/t/x");
    EXPECT_EQ(given("ale", "prov.example/t/x"), "prov.example/t/x") << "these are told the scheme, too";
    EXPECT_EQ(given("fanvil", "https://prov.example/$mac.cfg"), "https://prov.example/001565112233.cfg");
    EXPECT_EQ(given("panasonic", "https://prov.example/C{mac}.cfg"),
              "https://prov.example/C001565112233.cfg");
    EXPECT_EQ(given("ale", "https://prov.example/$mac.cfg"), "https://prov.example/$mac.cfg");
}

TEST(PhoneFile, R_A7_AnAddressInPartsBeginsWithItsHost) {
    const std::string file = R"(vendor: acme
model: X10
firmware: 1.2
agents: none
certificate: none
boot:
  - {id: own, kind: settings, path: "{mac}.cfg", required: yes}
memory: {secrets: ["p"]}
account: none
login: {url_parts: )";
    const PhoneSpec spec = must(read_phone_file(file + "{host: h, port: p}}\n", "acme.yaml"));
    EXPECT_EQ(spec.login.parts.host, "h");
    EXPECT_FALSE(spec.login.parts.https) << "https always";
    for (const char* const bad : {"{port: p}}", "{host: h, address: a}}", "{host: h, scheme: s}}",
                                  "{host: h, https: 2}}", "{host: h, when: {parameter: x}}}"}) {
        const auto read = read_phone_file(file + bad + "\n", "acme.yaml");
        ASSERT_FALSE(read) << bad;
        EXPECT_TRUE(read.error().where.starts_with("acme.yaml:10:")) << read.error().text();
    }
}

// Whoever has no way to learn a login and where to use it has its one-time address alone.
TEST(Access, R_A7_APasswordNeedsAnAddressToo) {
    EXPECT_EQ(maker("zoiper").spec.access(), "token") << "a login, and no address";
    EXPECT_EQ(maker("avaya-j100").spec.access(), "token") << "an address, and no login";
    EXPECT_EQ(maker("grandstream-wave").spec.access(), "digest") << "both, the address in parts";
    EXPECT_EQ(maker("mitel").spec.access(), "basic");
}

}  // namespace

}  // namespace provost::sim::testing
