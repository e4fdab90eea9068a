#include "service/nft_set.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp now(std::chrono::hours(480'000));

Ban ban(const std::string& network, std::optional<Duration> left) {
    Ban one;
    one.network = parse_networks(network, "").value().front();
    one.made = now - 1h;
    if (left) one.until = now + *left;
    return one;
}

TEST(NftSet, R_C7_HasTheBansThatHoldWithTheTimeThatIsLeft) {
    const auto script = nft_script({ban("192.0.2.7", 90500ms), ban("198.51.100.0/24", std::nullopt),
                                    ban("203.0.113.1", -1s), ban("2001:db8::/48", 1ms)},
                                   now);
    EXPECT_NE(
        script.find("flush set inet provost banned4\nflush set inet provost banned6\n"
                    "add element inet provost banned4 {\n  192.0.2.7/32 timeout 91s,\n  198.51.100.0/24,\n}\n"
                    "add element inet provost banned6 {\n  2001:db8::/48 timeout 1s,\n}\n"),
        std::string::npos)
        << script;
}

TEST(NftSet, R_C7_NoElementLiesWithinAnother) {
    const auto script = nft_script(
        {ban("192.0.2.7", 1h), ban("192.0.2.0/24", 1h), ban("192.0.0.0/16", 1h), ban("192.1.0.1", 1h)}, now);
    EXPECT_EQ(script.find("192.0.2."), std::string::npos) << script;
    EXPECT_NE(script.find("  192.0.0.0/16 timeout 3600s,\n  192.1.0.1/32 timeout 3600s,\n"),
              std::string::npos)
        << script;
}

TEST(NftSet, R_C7_WithoutBansTheSetsAreEmpty) {
    const auto script = nft_script({}, now);
    EXPECT_EQ(script.find("add element"), std::string::npos);
    EXPECT_TRUE(script.ends_with("flush set inet provost banned6\n"));
}

}  // namespace
}  // namespace provost
