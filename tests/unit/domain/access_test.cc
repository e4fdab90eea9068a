// Ways of proving oneself, networks, and what a change of access does to a device.
#include "domain/access.h"

#include "domain/life_cycle.h"
#include "domain/network.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

const Timestamp now = from_rfc3339("2026-11-23T12:00:00Z").value();

TEST(Fallback, R_A7_IsAListOfWaysWithoutTheCertificate) {
    EXPECT_EQ(fallback_to_text({}), "none");
    EXPECT_EQ(parse_fallback("none").value(), AccessMethods());
    EXPECT_EQ(fallback_to_text(parse_fallback(" token, digest ").value()), "digest,token");
    EXPECT_EQ(fallback_to_text(parse_fallback("digest,basic,token").value()), "digest,basic,token");
    for (const auto* const wrong : {"", "certificate", "digest,", "digest,none", "Digest", "all"})
        EXPECT_EQ(parse_fallback(wrong).error().code, "P-2012") << wrong;
    for (const auto access : {Access::certificate, Access::digest, Access::basic, Access::token})
        EXPECT_EQ(parse_access(to_text(access)), access);
    EXPECT_FALSE(parse_access("none"));
}

TEST(Network, R_A7_ContainsWhatItsPrefixSays) {
    const auto inside = [](std::string_view text, std::string_view source) {
        return contains(parse_networks(text, "test").value(), source);
    };
    EXPECT_TRUE(inside("192.0.2.0/24", "192.0.2.255"));
    EXPECT_FALSE(inside("192.0.2.0/24", "192.0.3.0"));
    EXPECT_TRUE(inside("192.0.2.0/24", "::ffff:192.0.2.1"));
    EXPECT_TRUE(inside("192.0.2.7", "192.0.2.7"));
    EXPECT_FALSE(inside("192.0.2.7", "192.0.2.6"));
    EXPECT_TRUE(inside("192.0.2.128/25,2001:db8::/33", "2001:db8:7fff::1"));
    EXPECT_FALSE(inside("192.0.2.128/25,2001:db8::/33", "2001:db8:8000::1"));
    EXPECT_TRUE(inside("0.0.0.0/0", "203.0.113.9"));
    EXPECT_FALSE(inside("0.0.0.0/0", "2001:db8::1"));
    EXPECT_TRUE(inside("any", "2001:db8::1"));
    EXPECT_TRUE(inside("any", "203.0.113.9"));
    EXPECT_FALSE(inside("none", "203.0.113.9"));
    EXPECT_FALSE(inside("any", ""));
    EXPECT_FALSE(inside("any", "203.0.113.9 "));
}

TEST(Network, IsWrittenAsItIsRead) {
    for (const auto* const text : {"none", "any", "192.0.2.0/24", "192.0.2.7/32", "0.0.0.0/0",
                                   "2001:db8::/32", "10.0.0.0/8,2001:db8::1/128"})
        EXPECT_EQ(to_text(parse_networks(text, "test").value()), text);
    EXPECT_EQ(to_text(parse_networks(" 192.0.2.7 , 2001:DB8::/32 ", "test").value()),
              "192.0.2.7/32,2001:db8::/32");
}

TEST(Network, RefusesWhatIsNone) {
    for (const auto* const wrong :
         {"", "192.0.2", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "192.0.2.1/24", "2001:db8::/129",
          "any,none", "192.0.2.0/24,", "example.net", "192.0.2.0/24/24", "192.0.2.0/+8"})
        EXPECT_EQ(parse_networks(wrong, "test").error().code, "P-2012") << wrong;
    EXPECT_NE(parse_networks("192.0.2.1/24", "test").error().fix.find("192.0.2.0/24"), std::string::npos);
    std::string many = "10.0.0.1";
    for (int i = 0; i < 64; ++i) many += ",10.0.0.1";
    EXPECT_FALSE(parse_networks(many, "test"));
}

Device armed() {
    Device device;
    device.mac = MacAddress(0x001565000001);
    device.access = Access::digest;
    device.state = DeviceState::armed;
    device.generation = 3;
    device.armed_until = now + 1h;
    device.token = AccessToken{{}, now + 1h, {}, std::nullopt};
    return device;
}

TEST(AccessLife, R_A7_ATokenIsGivenToAnArmedDeviceWithoutACertificate) {
    auto device = armed();
    EXPECT_EQ(give_token(device, {{1}, now, {}, {}}).value().token->hash, Sha256{1});
    device.state = DeviceState::provisioned;
    EXPECT_EQ(give_token(device, {}).error().code, "P-3002");
    device = armed();
    device.access = Access::certificate;
    EXPECT_EQ(give_token(device, {}).error().code, "P-3002");
}

TEST(AccessLife, R_A7_ATokenDiesAtTheFirstCompleteDelivery) {
    const auto begun = begin_delivery(armed(), std::nullopt, now).device;
    EXPECT_FALSE(begun.token->spent) << "a broken transfer may repeat";
    EXPECT_FALSE(begun.pinned_key);
    for (const auto grace : {Duration(0), Duration(1h)}) {
        Policy policy;
        policy.grace = grace;
        EXPECT_EQ(complete_delivery(begun, policy, now + 5s)->device.token->spent, now + 5s);
    }
}

TEST(AccessLife, R_A7_AFirstContactThatBrokeForGoodNeedsAPerson) {
    auto device = armed();
    device.secret_mode = SecretMode::rotate;
    device = begin_delivery(device, std::nullopt, now).device;
    EXPECT_EQ(pass_time(device, {}, now + 1h)->device.state, DeviceState::expired);
    EXPECT_EQ(pass_time(device, {}, now + 1h)->secrets, SecretFate::destroy);
    device.token->spent = now;  // it has its password and may come again
    EXPECT_EQ(pass_time(device, {}, now + 1h)->device.state, DeviceState::provisioned);
    device.token->spent.reset();
    device.access = Access::token;  // it comes again with the token
    EXPECT_EQ(pass_time(device, {}, now + 1h)->device.state, DeviceState::provisioned);
}

TEST(AccessLife, R_A7_ArmingRetiringAndAnotherAccessKillTheToken) {
    EXPECT_FALSE(arm(armed(), {}, now, false)->device.token);
    EXPECT_FALSE(retire(armed()).device.token);
    EXPECT_FALSE(change_access(armed(), Access::token).device.token);
    EXPECT_TRUE(change_access(armed(), Access::digest).device.token) << "nothing was changed";
}

TEST(AccessLife, R_A7_WhatWasMadeForTheOldAccessIsVoid) {
    for (const auto state : {DeviceState::armed, DeviceState::delivering, DeviceState::grace,
                             DeviceState::provisioned, DeviceState::expired, DeviceState::registered}) {
        auto device = armed();
        device.state = state;
        const auto to_token = change_access(device, Access::token);
        EXPECT_EQ(to_token.device.state, DeviceState::registered);
        EXPECT_EQ(to_token.secrets, SecretFate::destroy);
        EXPECT_EQ(to_token.device.access, Access::token);
        const auto raised = change_access(device, Access::certificate);
        EXPECT_EQ(raised.device.state, state) << "a certificate needs nothing of ours";
        EXPECT_EQ(raised.secrets, SecretFate::keep);
    }
    auto device = armed();
    device.state = DeviceState::retired;
    EXPECT_EQ(change_access(device, Access::basic).device.state, DeviceState::retired);
}

}  // namespace
}  // namespace provost
