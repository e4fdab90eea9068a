#include "base/bytes.h"
#include "base/clock.h"
#include "base/mac_address.h"
#include "base/secret.h"

#include <type_traits>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace provost {
namespace {

TEST(MacAddress, ReadsEverySpelling) {
    for (const auto* text :
         {"0015651122aa", "0015651122AA", "00:15:65:11:22:aa", "00-15-65-11-22-AA", "0015.6511.22aa"}) {
        const auto mac = MacAddress::parse(text);
        ASSERT_TRUE(mac) << text;
        EXPECT_EQ(mac->lower(), "0015651122aa");
    }
    EXPECT_EQ(MacAddress(0x0015651122aa).oui(), 0x001565U);
    EXPECT_EQ(MacAddress(0x0015651122aa).colons(), "00:15:65:11:22:aa");
}

TEST(MacAddress, RefusesAllElse) {
    for (const auto* text : {"", "0015651122a", "0015651122aaa", "0015651122ag", "00:15:65:11:22-aa",
                             "00:15:65:11:22:a", " 0015651122aa", "0015651122aa ", "0O15651122aa",
                             "\xef\xbc\x90"
                             "015651122aa",
                             "8.05512E+11", "00 15 65 11 22 aa", "0015:6511:22aa"})
        EXPECT_FALSE(MacAddress::parse(text)) << text;
}

TEST(MacAddress, ReadsBackWhatItWrites) {
    EXPECT_TRUE(rc::check([](std::uint64_t value) {
        const MacAddress mac(value);
        RC_ASSERT(MacAddress::parse(mac.lower()) == mac);
        RC_ASSERT(MacAddress::parse(mac.upper()) == mac);
        RC_ASSERT(MacAddress::parse(mac.colons()) == mac);
    }));
}

static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
template <class T>
concept Comparable = requires(const T& a, const T& b) {
    a == b;
};
static_assert(!Comparable<Secret>);
template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};
static_assert(!Printable<Secret>);

TEST(Secret, R_B1_WipesWhatItHeld) {
    auto buffer = std::make_unique<OutputBuffer>(64);
    buffer->append("canary-canary-canary");
    const char* const where = buffer->view().data();
    buffer->clear();
    EXPECT_EQ(std::string_view(where, 20), std::string_view("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20));
}

TEST(Secret, ComparesWithoutTellingWhere) {
    EXPECT_TRUE(Secret::copy_of("abc").same_as(Secret::copy_of("abc")));
    EXPECT_FALSE(Secret::copy_of("abc").same_as(Secret::copy_of("abd")));
    EXPECT_FALSE(Secret::copy_of("abc").same_as(Secret::copy_of("abcd")));
}

TEST(Clock, TimesReadBack) {
    EXPECT_TRUE(rc::check([] {
        const auto time = from_millis(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000));
        RC_ASSERT(from_rfc3339(to_rfc3339(time)) == time);
    }));
    for (const auto* bad : {"", "2026-11-23", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z",
                            "2026-11-23T24:00:00Z", "2026-11-23T00:00:00", "2026-11-23T00:00:00.12Z"})
        EXPECT_FALSE(from_rfc3339(bad)) << bad;
}

TEST(Clock, DurationsReadBack) {
    for (const auto* text : {"14d", "1h", "90s", "15m"})
        EXPECT_EQ(to_text(parse_duration(text).value()), text);
    for (const auto* bad : {"", "d", "1", "-1d", "1w", "99999d", "1.5h", "9223372036854775807d"})
        EXPECT_FALSE(parse_duration(bad)) << bad;
}

TEST(Bytes, HexReadsBack) {
    EXPECT_TRUE(rc::check([](const Bytes& bytes) { RC_ASSERT(from_hex(to_hex(bytes)) == bytes); }));
    for (const auto* bad : {"a", "0g", ":00", "00:", "00::11"}) EXPECT_FALSE(from_hex(bad)) << bad;
}

}  // namespace
}  // namespace provost
