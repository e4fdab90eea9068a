#include "service/release_feed.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

const Timestamp today = from_rfc3339("2026-11-26T12:00:00Z").value();
constexpr std::array<std::uint8_t, 32> seed{1, 2, 3};

std::string body(int serial = 7, const std::string& made = "2026-11-20T00:00:00Z",
                 const std::string& expires = "2026-12-20T00:00:00Z", const std::string& more = "") {
    return R"({"serial": )" + std::to_string(serial) + R"(, "made": ")" + made + R"(", "expires": ")" +
           expires +
           R"(", "newest": "0.2.0", "advisories": [
 {"id": "PROVOST-2026-1", "package": "provost", "below": "0.2.0", "severity": "critical",
  "says": "A refusal told too much.", "next_step": "Upgrade to 0.2.0."},
 {"id": "CVE-2026-1", "package": "openssl", "below": "3.0.15", "severity": "high", "says": "x", "next_step": "y"}])" +
           more + "}\n";
}

std::string signed_feed(const std::string& text, SigningSeed key = seed) {
    const auto signature = sign(key, "provost-release-feed 1\n" + text);
    return "provost-release-feed 1 signature=" + to_hex(signature) + "\n" + text;
}

std::string code_of(const std::string& file, FeedMemory memory = {}) {
    const auto feed = read_release_feed(file, public_key_of(seed), today, memory);
    return feed ? "" : feed.error().code;
}

TEST(ReleaseFeed, R_C8_TellsWhatIsAffected) {
    const auto feed = read_release_feed(signed_feed(body()), public_key_of(seed), today, {});
    ASSERT_TRUE(feed) << feed.error().text();
    EXPECT_EQ(feed->serial, 7);
    EXPECT_EQ(feed->newest, "0.2.0");
    const auto hits = advisories_for(*feed, {{"provost", "0.1.0"}, {"openssl", "3.0.17"}, {"zlib", "1"}});
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].id, "PROVOST-2026-1");
    EXPECT_TRUE(advisories_for(*feed, {{"provost", "0.2.0"}}).empty());
}

TEST(ReleaseFeed, R_C8_NothingIsReadThatTheKeyHasNotSigned) {
    constexpr std::array<std::uint8_t, 32> other{9};
    EXPECT_EQ(code_of(body()), "P-2095");
    EXPECT_EQ(code_of(""), "P-2095");
    EXPECT_EQ(code_of("provost-release-feed 1 signature=00\n" + body()), "P-2095");
    EXPECT_EQ(code_of(signed_feed(body(), other)), "P-2095");
    auto changed = signed_feed(body());
    for (const std::size_t at : {std::size_t{5}, std::size_t{40}, changed.size() - 3}) {
        auto one = changed;
        one[at] = static_cast<char>(one[at] ^ 1);
        EXPECT_EQ(code_of(one), "P-2095") << at;
    }
    const auto plain = sign(seed, body());  // without the name of what is signed
    EXPECT_EQ(code_of("provost-release-feed 1 signature=" + to_hex(plain) + "\n" + body()), "P-2095");
    EXPECT_EQ(code_of(signed_feed(std::string(300'000, ' '))), "P-2095");
}

TEST(ReleaseFeed, R_C8_OldAndReplayedOnesAreRefused) {
    EXPECT_EQ(code_of(signed_feed(body(7, "2026-10-01T00:00:00Z", "2026-11-26T12:00:00Z"))), "P-2096");
    EXPECT_EQ(code_of(signed_feed(body(7, "2026-11-28T00:00:00Z"))), "P-2096");
    const auto file = signed_feed(body());
    const auto digest = read_release_feed(file, public_key_of(seed), today, {})->digest;
    EXPECT_EQ(code_of(file, {7, digest}), "") << "the same again";
    EXPECT_EQ(code_of(file, {7, "other"}), "P-2097") << "another with its number";
    EXPECT_EQ(code_of(file, {8, digest}), "P-2097");
    EXPECT_EQ(code_of(file, {6, "x"}), "");
    EXPECT_EQ(FeedMemory::parse(FeedMemory{7, digest}.text()).digest, digest);
    EXPECT_EQ(FeedMemory::parse("nonsense").serial, 0);
}

TEST(ReleaseFeed, R_C8_WhatIsSignedAndYetNoFeedIsRefused) {
    for (const auto& text : {std::string("{}"), std::string("[1"), body(7, "soon"), body(0),
                             body(7, "2026-11-20T00:00:00Z", "2026-12-20T00:00:00Z", R"(, "run": "rm")")})
        EXPECT_EQ(code_of(signed_feed(text)), "P-2098") << text;
}

TEST(ReleaseFeed, R_C8_VersionsCompareAsPeopleReadThem) {
    const std::vector<std::string> rising = {"0.1.0",  "0.2.0-rc1", "0.2.0",  "0.9",    "0.10",
                                             "1.0.18", "1.1.1",     "1.1.1v", "1.1.1w", "1.1.2",
                                             "3.0.9",  "3.0.15",    "3.1"};
    for (std::size_t i = 0; i < rising.size(); ++i)
        for (std::size_t j = 0; j < rising.size(); ++j) {
            const int order = compare_versions(rising[i], rising[j]);
            EXPECT_EQ(order < 0, i < j) << rising[i] << " " << rising[j];
            EXPECT_EQ(order > 0, i > j) << rising[i] << " " << rising[j];
        }
    EXPECT_EQ(compare_versions("1.02", "1.2"), 0);
}

TEST(ReleaseFeed, R_C8_APublicKeyIsThatOfOpenssl) {
    const std::string pem =
        "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END "
        "PUBLIC KEY-----\n";
    const auto key = parse_public_key(pem);
    ASSERT_TRUE(key);
    EXPECT_EQ(to_hex(*key), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    for (const auto* const text : {"", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"})
        EXPECT_FALSE(parse_public_key(text));
}

}  // namespace
}  // namespace provost
