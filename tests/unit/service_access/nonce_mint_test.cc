#include "service/nonce_mint.h"

#include "crypto/random.h"

#include <set>

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;
using Use = NonceMint::Use;

const Timestamp now = from_rfc3339("2026-11-23T12:00:00Z").value();

struct Nonces : testing::Test {
    void SetUp() override { ASSERT_TRUE(start_random()); }
};

TEST_F(Nonces, R_A7_AreGoodForAWhileAndOncePerCount) {
    NonceMint mint(5min);
    const auto nonce = mint.make(now);
    EXPECT_EQ(mint.use(nonce, 1, now), Use::first);
    EXPECT_EQ(mint.use(nonce, 1, now), Use::stale) << "replayed";
    EXPECT_EQ(mint.use(nonce, 3, now + 1s), Use::first);
    EXPECT_EQ(mint.use(nonce, 2, now + 1s), Use::first) << "two requests that overtook each other";
    EXPECT_EQ(mint.use(nonce, 2, now + 1s), Use::stale);
    EXPECT_EQ(mint.use(nonce, 3, now + 1s), Use::stale);
    EXPECT_EQ(mint.use(nonce, 1000, now + 1s), Use::first);
    EXPECT_EQ(mint.use(nonce, 937, now + 1s), Use::first);
    EXPECT_EQ(mint.use(nonce, 936, now + 1s), Use::stale) << "too far back to be known";
    EXPECT_EQ(mint.use(nonce, 1001, now + 5min), Use::stale);
    EXPECT_EQ(mint.use(mint.make(now + 1s), 1, now), Use::stale) << "from the future: the clock was set back";
}

TEST_F(Nonces, R_A7_AreOfThisDoorAndProcessOnly) {
    NonceMint mint, other;
    EXPECT_EQ(mint.use(other.make(now), 1, now), Use::forged);
    EXPECT_EQ(mint.use("", 1, now), Use::forged);
    const auto nonce = mint.make(now);
    for (std::size_t i = 0; i < nonce.size(); ++i) {
        auto bent = nonce;
        bent[i] = bent[i] == '0' ? '1' : '0';
        EXPECT_EQ(mint.use(bent, 1, now), Use::forged) << i;
    }
    EXPECT_EQ(mint.use(nonce + "0", 1, now), Use::forged);
    EXPECT_EQ(mint.use(nonce, 1, now), Use::first);
}

TEST_F(Nonces, NeverRepeat) {
    NonceMint mint;
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(mint.make(now)).second);
}

TEST_F(Nonces, R_A7_WhatWasForgottenIsNotTakenForUnused) {
    NonceMint mint(5min, 4);
    std::vector<std::string> nonces;
    for (int i = 0; i < 6; ++i) nonces.push_back(mint.make(now + i * 1s));
    const auto late = mint.make(now);
    for (const auto& nonce : nonces) EXPECT_EQ(mint.use(nonce, 1, now + 10s), Use::first);
    for (const auto& nonce : nonces) EXPECT_EQ(mint.use(nonce, 1, now + 10s), Use::stale);
    EXPECT_EQ(mint.use(late, 1, now + 10s), Use::stale) << "never used, but as old as one that was forgotten";
    EXPECT_EQ(mint.use(nonces[5], 2, now + 10s), Use::first);
    EXPECT_EQ(mint.use(mint.make(now + 10s), 1, now + 10s), Use::first);
}

}  // namespace
}  // namespace provost
