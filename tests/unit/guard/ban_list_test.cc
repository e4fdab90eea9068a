// Bans: who is in the list, and how they grow.
#include "guard_testing.h"

namespace provost {
namespace {

using namespace guard_testing;
using namespace std::chrono_literals;

Ban ban(const std::string& network, std::optional<Timestamp> until) {
    Ban one;
    one.network = parse_networks(network, "test").value().at(0);
    one.until = until;
    one.made = at(0);
    return one;
}

TEST(BanList, R_C5_HoldsNetworksUntilTheirEnd) {
    const BanList list({ban("192.0.2.7", at(600)), ban("198.51.100.0/24", at(60)),
                        ban("2001:db8::/64", std::nullopt), ban("203.0.113.9", at(-1))},
                       at(0));
    EXPECT_EQ(list.size(), 3u);
    struct Row {
        const char* address;
        double when;
        bool held;
    };
    const Row rows[] = {{"192.0.2.7", 0, true},        {"192.0.2.7", 599, true},
                        {"192.0.2.7", 600, false},     {"192.0.2.8", 0, false},
                        {"198.51.100.255", 59, true},  {"198.51.100.1", 60, false},
                        {"198.51.101.1", 0, false},    {"2001:db8::ffff", 1e9, true},
                        {"2001:db8:0:1::1", 0, false}, {"203.0.113.9", 0, false}};
    for (const auto& row : rows)
        EXPECT_EQ(list.contains(ip(row.address), at(row.when)), row.held) << row.address;
    EXPECT_FALSE(BanList().contains(ip("192.0.2.7"), at(0)));
}

TEST(BanList, R_C5_BansGrowWithEachRelapseAndAreForgotten) {
    const std::vector<Duration> ladder{10min, 1h, 24h, 168h};
    EXPECT_EQ(ban_length(ladder, 1), 10min);
    EXPECT_EQ(ban_length(ladder, 3), 24h);
    EXPECT_EQ(ban_length(ladder, 4), 168h);
    EXPECT_EQ(ban_length(ladder, 40), 168h);
    auto last = ban("192.0.2.7", at(600));
    last.level = 2;
    EXPECT_EQ(next_level(nullptr, at(0), 24h), 1);
    EXPECT_EQ(next_level(&last, at(700), 24h), 3);
    EXPECT_EQ(next_level(&last, at(600 + 24 * 3600 + 1), 24h), 1);
}

}  // namespace
}  // namespace provost
