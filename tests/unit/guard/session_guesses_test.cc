#include "guard/session_guesses.h"

#include <map>

#include <gtest/gtest.h>

namespace provost {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using Seen = SessionGuesses::Seen;

const Timestamp start = Timestamp(seconds(1'800'000'000));

IpAddress address(const std::string& text) {
    return IpAddress::parse(text).value();
}

class Guesses : public testing::Test {
 protected:
    SessionGuesses guesses{ScatterSeed{1, 2, 3}};
    const IpAddress source = address("192.0.2.7");
};

TEST_F(Guesses, R_F6_AnOldCookieIsNotedOnce) {
    EXPECT_EQ(guesses.note(source, "old", start), Seen::first);
    for (int i = 1; i < 1000; ++i)
        EXPECT_EQ(guesses.note(source, "old", start + seconds(10 * i)), Seen::again);
    EXPECT_EQ(guesses.note(source, "old", start + hours(9)), Seen::first) << "after an hour of quiet";
}

TEST_F(Guesses, R_F6_OneAfterTheOtherAreToldOnce) {
    std::map<Seen, int> seen;
    for (int i = 0; i < 500; ++i) ++seen[guesses.note(source, "guess " + std::to_string(i), start)];
    EXPECT_EQ(seen[Seen::first], 1);
    EXPECT_EQ(seen[Seen::guessing], 1);
    EXPECT_EQ(guesses.note(address("192.0.2.8"), "old", start), Seen::first) << "of each source";
}

TEST_F(Guesses, R_F6_NoFewerAreTold) {
    for (std::size_t i = 1; i < SessionGuesses::many; ++i)
        EXPECT_NE(guesses.note(source, "guess " + std::to_string(i), start), Seen::guessing) << i;
    EXPECT_EQ(guesses.note(source, "the last", start), Seen::guessing);
}

TEST_F(Guesses, R_F6_AHostOfASixthVersionNetworkIsOneSource) {
    EXPECT_EQ(guesses.note(address("2001:db8::1"), "a", start), Seen::first);
    EXPECT_EQ(guesses.note(address("2001:db8::2"), "b", start), Seen::again);
}

}  // namespace
}  // namespace provost
