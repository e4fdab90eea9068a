#include "guard/session_guesses.h"

#include <map>

#include <gtest/gtest.h>

namespace provost {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using Seen = SessionGuesses::Seen;

const Timestamp first_guess = Timestamp(seconds(1'800'000'000));

IpAddress from_address(const std::string& text) {
    return IpAddress::parse(text).value();
}

class Guesses : public testing::Test {
 protected:
    SessionGuesses guesses{ScatterSeed{1, 2, 3}};
    const IpAddress source = from_address("192.0.2.7");
};

TEST_F(Guesses, R_F6_AnOldCookieIsNotedOnce) {
    EXPECT_EQ(guesses.note(source, "old", first_guess), Seen::first);
    for (int i = 1; i < 1000; ++i)
        EXPECT_EQ(guesses.note(source, "old", first_guess + seconds(10 * i)), Seen::again);
    EXPECT_EQ(guesses.note(source, "old", first_guess + hours(9)), Seen::first) << "after an hour of quiet";
}

TEST_F(Guesses, R_F6_OneAfterTheOtherAreToldOnce) {
    std::map<Seen, int> seen;
    for (int i = 0; i < 500; ++i) ++seen[guesses.note(source, "guess " + std::to_string(i), first_guess)];
    EXPECT_EQ(seen[Seen::first], 1);
    EXPECT_EQ(seen[Seen::guessing], 1);
    EXPECT_EQ(guesses.note(from_address("192.0.2.8"), "old", first_guess), Seen::first) << "of each source";
}

TEST_F(Guesses, R_F6_NoFewerAreTold) {
    for (std::size_t i = 1; i < SessionGuesses::many; ++i)
        EXPECT_NE(guesses.note(source, "guess " + std::to_string(i), first_guess), Seen::guessing) << i;
    EXPECT_EQ(guesses.note(source, "the last", first_guess), Seen::guessing);
}

TEST_F(Guesses, R_F6_AHostOfASixthVersionNetworkIsOneSource) {
    EXPECT_EQ(guesses.note(from_address("2001:db8::1"), "a", first_guess), Seen::first);
    EXPECT_EQ(guesses.note(from_address("2001:db8::2"), "b", first_guess), Seen::again);
}

}  // namespace
}  // namespace provost
