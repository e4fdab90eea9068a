#include "crypto/random.h"

#include <array>
#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace provost {
namespace {

class Random : public ::testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(start_random()); }
};

TEST_F(Random, R_B4_PasswordsKeepToTheirAlphabetAndNeverRepeat) {
    std::set<std::string> seen;
    for (int i = 0; i < 2000; ++i) {
        const auto password = generate_password(safe_alphabet, 32);
        ASSERT_TRUE(password.has_value());
        const std::string text(password->expose());
        EXPECT_EQ(text.size(), 32U);
        EXPECT_EQ(text.find_first_not_of(safe_alphabet), std::string::npos);
        EXPECT_TRUE(seen.insert(text).second);
    }
}

TEST_F(Random, R_B4_SafeAlphabetHasNoLookAlikes) {
    EXPECT_EQ(safe_alphabet.find_first_of("0O1lI"), std::string_view::npos);
    EXPECT_EQ(std::set<char>(safe_alphabet.begin(), safe_alphabet.end()).size(), safe_alphabet.size());
}

TEST_F(Random, R_B4_LessThan128BitsIsRefused) {
    struct Case {
        std::string_view alphabet;
        int length;
        bool allowed;
    };
    const Case cases[] = {
        {"0123456789abcdef", 32, true},
        {"0123456789abcdef", 31, false},
        {safe_alphabet, 21, false},
        {safe_alphabet, 22, true},
        {"01", 128, true},
        {"01", 127, false},
        {"", 64, false},
        {"a", 1000, false},
        {safe_alphabet, 0, false},
        {safe_alphabet, -5, false},
        {safe_alphabet, 100000, false},
        {"aab0123456789cdef", 64, false},
    };
    for (const Case& one : cases) {
        const auto password = generate_password(one.alphabet, one.length);
        EXPECT_EQ(password.has_value(), one.allowed) << one.alphabet << " x " << one.length;
        EXPECT_TRUE(password || password.error().code == "P-4101");
    }
}

// Chi-square over 57 characters: with 56 degrees of freedom, 120 is passed about once in a million runs.
TEST_F(Random, R_B4_CharactersAreUniform) {
    std::array<int, 256> counts{};
    constexpr int passwords = 2000;
    constexpr int length = 64;
    for (int i = 0; i < passwords; ++i) {
        const auto password = generate_password(safe_alphabet, length);
        ASSERT_TRUE(password.has_value());
        for (const char c : password->expose()) ++counts[static_cast<unsigned char>(c)];
    }
    const double expected = double(passwords) * length / safe_alphabet.size();
    double chi_square = 0;
    for (const char c : safe_alphabet)
        chi_square += std::pow(counts[static_cast<unsigned char>(c)] - expected, 2) / expected;
    EXPECT_LT(chi_square, 120);
    EXPECT_GT(chi_square, 15);
}

TEST_F(Random, BytesDiffer) {
    std::array<std::uint8_t, 32> a{}, b{};
    random_bytes(a);
    random_bytes(b);
    EXPECT_NE(a, b);
    random_bytes({});
}

}  // namespace
}  // namespace provost
