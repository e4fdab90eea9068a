// What the guard's gate does to connections: cut before TLS, after the handshake, at a request.
#include "door_fixture.h"

#include <algorithm>

namespace provost::test {
namespace {

class GuardedDoor : public DoorTest {
 protected:
    void open_with(Limit limit, Budget budget) {
        GateSettings settings;
        settings.limits[static_cast<std::size_t>(limit)].budget = budget;
        gate_ = std::make_unique<Gate>(settings);
        open();
    }
    [[nodiscard]] Source here() const { return gate_->meet(*IpAddress::parse("127.0.0.1")); }
    static Timestamp now() { return SystemClock().now(); }
    // Without a certificate.
    [[nodiscard]] bool stranger_is_answered() const {
        Phone phone(port(), {nullptr, TLS1_3_VERSION, ""});
        return phone.connected() && phone.ask(get()).has_value();
    }
};

TEST_F(GuardedDoor, R_C4_ConnectionsOverTheLimitAreCutBeforeTls) {
    open_with(Limit::address_connections, {0.001, 2});
    EXPECT_TRUE(Phone(port()).ask(get()));
    EXPECT_TRUE(Phone(port()).ask(get()));
    EXPECT_FALSE(Phone(port()).connected());
    EXPECT_EQ(door_->counters().shed, 1U);
    EXPECT_EQ(door_->counters().handshakes, 2U);
}

TEST_F(GuardedDoor, R_C4_HandshakesOverTheLimitAreCut) {
    open_with(Limit::all_handshakes, {0.001, 2});
    EXPECT_TRUE(Phone(port()).ask(get()));
    EXPECT_TRUE(Phone(port()).ask(get()));
    EXPECT_FALSE(Phone(port()).connected());
    EXPECT_EQ(door_->counters().handshakes, 2U);
}

TEST_F(GuardedDoor, R_C4_RequestsOfADeviceOverTheLimitAreCut) {
    open_with(Limit::device_requests, {0.001, 2});
    Phone phone(port());
    EXPECT_TRUE(phone.ask(get()));
    EXPECT_TRUE(phone.ask(get()));
    EXPECT_FALSE(phone.ask(get()));
    EXPECT_EQ(deliver_.requests().size(), 2U);
}

TEST_F(GuardedDoor, R_C4_BytesOverTheLimitCutTheNextConnection) {
    open_with(Limit::address_bytes, {0.001, 30});
    const std::string much(100'000, 'x');
    deliver_.answer_with([&](const Evidence&, const DeviceRequest&) { return text_reply(much); });
    EXPECT_TRUE(stranger_is_answered());
    EXPECT_TRUE(eventually([this] { return !stranger_is_answered(); }));
    EXPECT_GT(gate_->stopped(Limit::address_bytes), 0U);
}

TEST_F(GuardedDoor, R_C5_ABanCutsStrangersAndSparesPhonesBehindAKnownAddress) {
    open_with(Limit::banned, {1, 1});
    EXPECT_TRUE(stranger_is_answered());
    Ban ban;
    ban.network = parse_networks("127.0.0.0/24", "test").value().front();
    gate_->set_bans(std::make_shared<const BanList>(std::vector<Ban>{ban}, now()));
    EXPECT_FALSE(Phone(port()).connected());
    gate_->note_proof(here(), now());
    EXPECT_TRUE(Phone(port()).ask(get()));
    EXPECT_FALSE(stranger_is_answered());
}

TEST_F(GuardedDoor, R_C4_WhatIsNoTlsAndNoRequestCostsPatience) {
    open_with(Limit::address_failures, {0.001, 2});
    plain_exchange(port(), "GET / HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(eventually([this] { return door_->counters().handshake_failures == 1; }));
    EXPECT_TRUE(Phone(port()).ask("NONSENSE\r\n\r\n"));
    EXPECT_FALSE(Phone(port()).connected());
}

}  // namespace
}  // namespace provost::test
