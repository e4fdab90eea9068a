#include "vendor/catalogue.h"

#include "acme_file.h"
#include "vendor/vendor_file.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace provost {
namespace {

VendorSpec vendor(std::string_view text, const std::string& id) {
    auto outcome = read_vendor_file(text, id + ".yaml");
    for (const auto& error : outcome.errors) ADD_FAILURE() << error.text();
    return std::move(outcome.spec).value_or(VendorSpec{});
}

// Two vendors that share a prefix, and one with any prefix.
const Catalogue& catalogue() {
    static const Catalogue made = [] {
        auto zeta = edited(acme_file, "id: acme", "id: zeta");
        zeta = edited(zeta, "\"00:15:65\", \"80:5e:c0\"", "\"80:5e:c0\", \"00:04:13\"");
        zeta = edited(zeta, "(?P<mac>[0-9a-f]{12})\\\\.cfg", "z-(?P<mac>[0-9A-F]{12})\\\\.xml");
        zeta = edited(zeta, "\"Acme (?P<model>", "\"Zeta (?P<model>");
        auto broad = edited(acme_file, "id: acme", "id: broad");
        broad = edited(broad, "prefixes: [\"00:15:65\", \"80:5e:c0\"]", "any: true");
        return Catalogue({vendor(zeta, "zeta"), vendor(acme_file, "acme"), vendor(broad, "broad")});
    }();
    return made;
}

const VendorSpec* acme() {
    return catalogue().find("acme");
}

std::string file_of(std::string_view path, const VendorSpec* vendor = acme()) {
    const auto match = catalogue().match_path(path, vendor);
    if (!match) return "-";
    return match->vendor->id + "/" + match->file->id + "/" +
           (match->path_mac ? match->path_mac->lower() : "-") + "/" + match->path_model;
}

TEST(Catalogue, IsSortedAndFindsById) {
    ASSERT_EQ(catalogue().vendors().size(), 3U);
    EXPECT_EQ(catalogue().vendors()[0].id, "acme");
    EXPECT_EQ(catalogue().vendors()[2].id, "zeta");
    EXPECT_EQ(catalogue().find("zeta")->id, "zeta");
    EXPECT_EQ(catalogue().find("acm"), nullptr);
    EXPECT_EQ(catalogue().find("zz"), nullptr);
}

TEST(Catalogue, KnowsAMacsVendorByItsPrefix) {
    EXPECT_EQ(catalogue().by_mac(*MacAddress::parse("001565aabbcc")), acme());
    EXPECT_EQ(catalogue().by_mac(*MacAddress::parse("000413aabbcc"))->id, "zeta");
    EXPECT_EQ(catalogue().by_mac(*MacAddress::parse("805ec0aabbcc")), nullptr) << "two vendors have it";
    EXPECT_EQ(catalogue().by_mac(*MacAddress::parse("0011223344ff")), nullptr);
}

TEST(Catalogue, R_A4_AVendorsCaVouchesForItsOwnPrefixesOnly) {
    EXPECT_TRUE(catalogue().may_vouch(*acme(), *MacAddress::parse("001565aabbcc")));
    EXPECT_FALSE(catalogue().may_vouch(*acme(), *MacAddress::parse("000413aabbcc")));
    EXPECT_FALSE(catalogue().may_vouch(*acme(), *MacAddress::parse("001566aabbcc")));
    EXPECT_TRUE(catalogue().may_vouch(*catalogue().find("broad"), *MacAddress::parse("000413aabbcc")));
    EXPECT_FALSE(catalogue().may_vouch(*acme(), *MacAddress::parse("020000aabbcc")))
        << "a local MAC is no maker's";
}

TEST(Catalogue, R_A4_SoftwareHasLocalMacsOnly) {
    const Catalogue apps(
        {vendor(edited(acme_file, "prefixes: [\"00:15:65\", \"80:5e:c0\"]", "local: true"), "acme")});
    EXPECT_TRUE(apps.may_vouch(*apps.find("acme"), *MacAddress::parse("020000aabbcc")));
    EXPECT_FALSE(apps.may_vouch(*apps.find("acme"), *MacAddress::parse("001565aabbcc")));
}

TEST(Catalogue, ReadsFileAndMacFromThePath) {
    EXPECT_EQ(file_of("001565aabbcc.cfg"), "acme/device-file/001565aabbcc/");
    EXPECT_EQ(file_of("/001565aabbcc.cfg"), "acme/device-file/001565aabbcc/");
    EXPECT_EQ(file_of("model/X10.cfg"), "acme/model-file/-/X10");
    EXPECT_EQ(file_of("y000000000000.boot"), "acme/boot-file/-/");
    EXPECT_EQ(file_of("001565aabbcc-app.log"), "acme/log/001565aabbcc/");
}

TEST(Catalogue, LooksInOneVendorOrInAll) {
    EXPECT_EQ(file_of("z-001565AABBCC.xml"), "-");
    EXPECT_EQ(file_of("z-001565AABBCC.xml", nullptr), "zeta/device-file/001565aabbcc/");
    EXPECT_EQ(file_of("001565aabbcc.cfg", nullptr), "acme/device-file/001565aabbcc/");
}

TEST(Catalogue, DecodesOnce) {
    EXPECT_EQ(file_of("%30%301565aabbcc.cfg"), "acme/device-file/001565aabbcc/");
    EXPECT_EQ(file_of("001565aabbcc%2ecfg"), "acme/device-file/001565aabbcc/");
    EXPECT_EQ(file_of("model%2FX10.cfg"), "acme/model-file/-/X10");
    EXPECT_EQ(file_of("%2530%30015565aabbc.cfg"), "-");
}

TEST(Catalogue, R_C5_RefusesHostilePaths) {
    const std::string good = "001565aabbcc.cfg";
    for (const std::string& bad : {std::string(),
                                   "/" + std::string("/") + good,
                                   "../" + good,
                                   "model/../" + good,
                                   "model/..%2f" + good,
                                   "%2e%2e/" + good,
                                   good + "%00",
                                   good + std::string(1, '\0'),
                                   good + "%0a",
                                   good + "\n",
                                   "\\" + good,
                                   "%5c" + good,
                                   good + "%",
                                   good + "%2",
                                   "%zz" + good,
                                   "%+1" + good,
                                   good + " ",
                                   good + "%20",
                                   good + "\x7f",
                                   "\xef\xbc\x90" + good.substr(1),
                                   good + "/",
                                   good + ".",
                                   std::string(600, 'a'),
                                   std::string("model/") + std::string(600, 'X') + ".cfg",
                                   std::string("001565aabbc.cfg"),
                                   std::string("001565AABBCC.cfg"),
                                   std::string("001565aabbcccfg")})
        EXPECT_EQ(file_of(bad, nullptr), "-") << bad;
}

RC_GTEST_PROP(Catalogue, NoPathOfAStrangerCrashesOrMatchesMoreThanItsOwnMac, (const std::string& tail)) {
    const auto match = catalogue().match_path("001565aabbcc" + tail, nullptr);
    if (match && match->path_mac) RC_ASSERT(match->path_mac->lower() == "001565aabbcc");
    (void)catalogue().match_path(tail, nullptr);
    (void)catalogue().match_agent(tail, nullptr);
}

TEST(Catalogue, ReadsTheUserAgent) {
    const auto match = catalogue().match_agent("Acme X10B 5.2.1 00:15:65:aa:bb:cc Updater", acme());
    ASSERT_TRUE(match.has_value());
    EXPECT_EQ(match->vendor, acme());
    EXPECT_EQ(match->model, "X10") << "as the model table names it";
    EXPECT_EQ(match->firmware, "5.2.1");
    EXPECT_EQ(match->stage, "Updater");
    EXPECT_EQ(match->mac->lower(), "001565aabbcc");
}

TEST(Catalogue, AUserAgentNeedsNotSayAll) {
    const auto match = catalogue().match_agent("Acme Y99 6 00:15:65:aa:bb:cc", acme());
    ASSERT_TRUE(match.has_value());
    EXPECT_EQ(match->model, "Y99") << "unknown models as the phone said";
    EXPECT_EQ(match->stage, "");
    const auto odd = catalogue().match_agent("Acme X10 5 0015:65:aa:bb:cc:", acme());
    ASSERT_TRUE(odd.has_value());
    EXPECT_FALSE(odd->mac.has_value());
}

TEST(Catalogue, AUserAgentOfAStrangerIsNobodys) {
    EXPECT_FALSE(catalogue().match_agent("", nullptr).has_value());
    EXPECT_FALSE(catalogue().match_agent("curl/7.88.1", nullptr).has_value());
    EXPECT_FALSE(catalogue().match_agent("Acme X10 5.2 00:15:65:aa:bb:cc extra", nullptr).has_value());
    EXPECT_FALSE(catalogue().match_agent("Zeta X10 5.2 00:15:65:aa:bb:cc", acme()).has_value());
    EXPECT_EQ(catalogue().match_agent("Zeta X10 5.2 00:15:65:aa:bb:cc", nullptr)->vendor->id, "zeta");
    const std::string longest = "Acme " + std::string(600, 'X') + " 5.2 00:15:65:aa:bb:cc";
    EXPECT_FALSE(catalogue().match_agent(longest, nullptr).has_value());
}

TEST(Catalogue, SurvivesACopy) {
    const Catalogue copy = catalogue();
    const auto match = copy.match_path("001565aabbcc.cfg", copy.find("acme"));
    ASSERT_TRUE(match.has_value());
    EXPECT_EQ(match->vendor, copy.find("acme"));
}

TEST(FindModel, ByIdOrByWhatThePhoneSaid) {
    EXPECT_EQ(find_model(*acme(), "X20")->id, "X20");
    EXPECT_EQ(find_model(*acme(), "X20W")->id, "X20");
    EXPECT_EQ(find_model(*acme(), "X20Q"), nullptr);
    EXPECT_EQ(find_model(*acme(), ""), nullptr);
}

TEST(CompareFirmware, NumberByNumber) {
    EXPECT_LT(compare_firmware("10.1.9", "10.1.33"), 0);
    EXPECT_GT(compare_firmware("10.2", "10.1.33"), 0);
    EXPECT_EQ(compare_firmware("10.1", "10.1.0"), 0);
    EXPECT_EQ(compare_firmware("10.01", "10.1"), 0);
    EXPECT_GT(compare_firmware("10.1.1", "10.1"), 0);
    EXPECT_EQ(compare_firmware("", ""), 0);
    EXPECT_EQ(compare_firmware("abc", "0"), 0);
    EXPECT_LT(compare_firmware("1.x.9", "1.1"), 0);
    EXPECT_GT(compare_firmware("99999999999999999999999", "1"), 0);
}

RC_GTEST_PROP(CompareFirmware, IsAnOrder,
              (const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b)) {
    const auto spell = [](const std::vector<std::uint8_t>& numbers) {
        std::string text;
        for (const auto number : numbers) text += (text.empty() ? "" : ".") + std::to_string(number);
        return text;
    };
    const int forth = compare_firmware(spell(a), spell(b));
    RC_ASSERT(forth == -compare_firmware(spell(b), spell(a)));
    RC_ASSERT(compare_firmware(spell(a), spell(a)) == 0);
}

}  // namespace
}  // namespace provost
