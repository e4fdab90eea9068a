// Ratings of many devices, summed up without a store.
#include "service/ratings.h"

#include "vendor/expected_rating.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using enum AccessSpec::Certificate;

VendorSpec vendor(const std::string& id, AccessSpec::Certificate certificate) {
    VendorSpec spec;
    spec.id = id;
    spec.access.certificate = certificate;
    return spec;
}

VendorShelf shelf() {
    std::vector<VendorSpec> vendors;
    vendors.push_back(vendor("always", all));
    vendors.push_back(vendor("never", none));
    return VendorShelf(std::move(vendors));
}

RatedGroup group(const std::string& maker, int stars, const std::string& reason, std::int64_t devices) {
    RatedGroup one;
    one.vendor = maker;
    one.stars = stars;
    one.reason = reason;
    one.raise = stars == 5 ? "" : "do this";
    one.devices = devices;
    return one;
}

TEST(ExpectedRating, R_A6_FollowsFromTheVendorFileAndUnknownIsNeverYes) {
    struct Case {
        AccessSpec::Certificate certificate;
        Access access;
        SecretMode mode;
        int stars;
        bool certain;
    };
    using enum SecretMode;
    for (const auto& one :
         {Case{all, Access::certificate, purge, 5, true}, Case{all, Access::certificate, retain, 4, true},
          Case{some, Access::certificate, purge, 1, false}, Case{none, Access::certificate, purge, 1, true},
          Case{unknown, Access::certificate, purge, 1, false}, Case{none, Access::digest, purge, 4, true},
          Case{unknown, Access::basic, purge, 3, true}}) {
        const auto expected = expect_rating(vendor("v", one.certificate), one.access, one.mode);
        EXPECT_EQ(expected.rating.stars, one.stars) << expected.rating.reason;
        EXPECT_EQ(expected.certain, one.certain) << expected.rating.reason;
        EXPECT_EQ(expected.rating.raise.empty(), one.stars == 5);
    }
}

TEST(Ratings, R_A6_TheLowestComesFirstWithItsReasonAndWhatWouldRaiseIt) {
    const auto summary =
        summarise_ratings({group("always", 5, "good", 90), group("always", 4, "worse", 3),
                           group("always", 0, "", 7), group("never", 0, "", 2), group("gone", 0, "", 1)},
                          shelf());
    EXPECT_EQ(summary.devices, 103);
    EXPECT_EQ(summary.lowest(), 4);
    EXPECT_EQ(summary.proved, (std::array<std::int64_t, 6>{0, 0, 0, 0, 3, 90}));
    EXPECT_EQ(summary.awaited, (std::array<std::int64_t, 6>{0, 3, 0, 0, 0, 7}));
    ASSERT_EQ(summary.lines.size(), 5U);
    EXPECT_EQ(summary.lines[0].vendor, "never");
    EXPECT_TRUE(summary.lines[0].expected);
    EXPECT_FALSE(summary.lines[1].certain);  // its vendor file is gone
    EXPECT_EQ(summary.lines[2].reason, "worse");
    EXPECT_EQ(summary.lines[2].raise, "do this");
    for (const auto& line : summary.lines) EXPECT_EQ(line.raise.empty(), line.stars == 5) << line.reason;
}

TEST(Ratings, R_A6_AlikeDevicesOfSeveralSitesAreOneLine) {
    auto here = group("always", 5, "good", 2), there = group("always", 5, "good", 3);
    here.site = "hq";
    there.tenant = 9;
    const auto summary = summarise_ratings({here, there}, shelf());
    ASSERT_EQ(summary.lines.size(), 1U);
    EXPECT_EQ(summary.lines[0].devices, 5);
}

TEST(Ratings, R_A6_WhereNoneProvedItselfThereIsNoLowest) {
    EXPECT_EQ(summarise_ratings({group("always", 0, "", 7)}, shelf()).lowest(), 0);
    EXPECT_EQ(summarise_ratings({}, shelf()).devices, 0);
}

}  // namespace
}  // namespace provost
