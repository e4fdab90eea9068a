// RFC 6238 appendix B, and that a code works once.
#include "crypto/totp.h"

#include "crypto/hmac.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

Timestamp at(std::int64_t seconds) {
    return Timestamp(std::chrono::seconds(seconds));
}

TEST(Totp, R_F2_VectorsOfRfc6238) {
    const auto key = Secret::copy_of("12345678901234567890");
    const std::pair<std::int64_t, const char*> vectors[] = {
        {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const auto& [seconds, code] : vectors) EXPECT_EQ(totp_code(key, totp_step(at(seconds)), 8), code);
}

TEST(Totp, R_F2_VectorsOfRfc4226) {
    const auto key = Secret::copy_of("12345678901234567890");
    const char* const codes[] = {"755224", "287082", "359152", "969429", "338314",
                                 "254676", "287922", "162583", "399871", "520489"};
    for (int i = 0; i < 10; ++i) EXPECT_EQ(totp_code(key, i), codes[i]);
}

TEST(Totp, R_F2_OneStepEitherWayAndEachOnce) {
    const auto key = Secret::copy_of("12345678901234567890");
    const auto now = at(2'000'000'000);
    const auto step = totp_step(now);
    for (int off = -3; off <= 3; ++off) {
        const auto found = match_totp(key, totp_code(key, step + off), now, 0);
        EXPECT_EQ(found.has_value(), off >= -1 && off <= 1) << off;
        EXPECT_EQ(found.value_or(step + off), step + off);
    }
    EXPECT_FALSE(match_totp(key, totp_code(key, step), now, step)) << "used";
    EXPECT_FALSE(match_totp(key, totp_code(key, step - 1), now, step)) << "older than the one used";
    EXPECT_TRUE(match_totp(key, totp_code(key, step + 1), now, step));
    for (const auto* const wrong : {"", "00000", "0000000", "abcdef", "      "})
        EXPECT_FALSE(match_totp(key, wrong, now, 0)) << wrong;
}

TEST(Totp, R_F2_SecretAsAppsTakeIt) {
    EXPECT_EQ(totp_secret_text(Secret::copy_of("12345678901234567890")), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

// RFC 2202, case 2.
TEST(Hmac, Sha1Vector) {
    const auto mac = hmac_sha1(Secret::copy_of("Jefe"), "what do ya want for nothing?");
    EXPECT_EQ(to_hex(mac), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

}  // namespace
}  // namespace provost
