#include "domain/raw_overrides.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

TEST(RawOverrides, R_G3_NamesHaveAVendorAndAParameter) {
    const auto name = parse_raw_name("raw.acme.account.1.mode");
    ASSERT_TRUE(name);
    EXPECT_EQ(name->vendor, "acme");
    EXPECT_EQ(name->parameter, "account.1.mode");
    EXPECT_TRUE(parse_raw_name("raw.acme.user[2]"));
    for (const auto* const bad : {"raw.", "raw.acme", "raw.acme.", "raw..x", "raw.Acme.x", "raw.acme.a=b",
                                  "raw.acme.a\nb", "raw.acme. x", "line.user", "", "raw.acme.\x80"}) {
        const auto refused = parse_raw_name(bad);
        ASSERT_FALSE(refused) << bad;
        EXPECT_EQ(refused.error().code, "P-2060") << bad;
        EXPECT_FALSE(refused.error().fix.empty());
    }
    EXPECT_FALSE(parse_raw_name("raw.acme." + std::string(257, 'x')));
}

TEST(RawOverrides, R_G3_StoredTextComesBack) {
    RawOverrides overrides;
    put(overrides, {"zeta", "b", "2"});
    put(overrides, {"acme", "user[2]", "x=y"});
    put(overrides, {"acme", "a", "1"});
    put(overrides, {"acme", "a", "3"});
    const auto text = format_raw_overrides(overrides);
    EXPECT_EQ(text, "raw.acme.a=3\nraw.acme.user[2]=x=y\nraw.zeta.b=2\n");
    EXPECT_EQ(parse_raw_overrides(text).value(), overrides);
    erase(overrides, {"acme", "a"});
    EXPECT_EQ(overrides.size(), 2U);
    EXPECT_FALSE(parse_raw_overrides("raw.acme.a\n"));
}

TEST(RawOverrides, R_G3_AnIndexStandsInBrackets) {
    using Pair = std::pair<std::string_view, std::string_view>;
    EXPECT_EQ(split_raw_index("user[2]"), Pair("user", "2"));
    EXPECT_EQ(split_raw_index("user"), Pair("user", ""));
    EXPECT_EQ(split_raw_index("[2]"), Pair("[2]", ""));
    EXPECT_EQ(split_raw_index("user[]"), Pair("user[]", ""));
    EXPECT_EQ(split_raw_index("user]"), Pair("user]", ""));
}

}  // namespace
}  // namespace provost
