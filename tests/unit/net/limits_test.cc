#include "door_fixture.h"
#include "net/address_budget.h"

#include <arpa/inet.h>
#include <netinet/in.h>

namespace provost::test {
namespace {

using namespace std::chrono_literals;
using Limits = DoorTest;

TEST_F(Limits, ASlowHandshakeIsCut) {
    settings_.limits.handshake_seconds = 1;
    open();
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(plain_exchange(port(), "\x16\x03\x01"), "");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 5s);
    EXPECT_TRUE(eventually([this] { return door_->counters().open == 0; }));
}

TEST_F(Limits, ASlowHeaderIsCut) {
    settings_.limits.header_seconds = 1;
    open();
    Phone phone(port());
    for (int i = 0; i < 30 && phone.send("GET"); ++i) std::this_thread::sleep_for(100ms);
    EXPECT_TRUE(phone.ended());
    EXPECT_TRUE(deliver_.requests().empty());
}

TEST_F(Limits, ASlowUploadIsCut) {
    settings_.limits.body_seconds = 1;
    open();
    Phone phone(port());
    ASSERT_TRUE(phone.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"));
    EXPECT_TRUE(phone.ended());
    EXPECT_TRUE(deliver_.requests().empty());
}

TEST_F(Limits, AnIdleConnectionIsClosedInOrder) {
    settings_.limits.idle_seconds = 1;
    open();
    Phone phone(port());
    ASSERT_TRUE(phone.ask(get()));
    EXPECT_EQ(phone.read_to_end(), "");
    EXPECT_NE(SSL_get_shutdown(phone.ssl()) & SSL_RECEIVED_SHUTDOWN, 0);
}

// Whatever the reason: by the service at once or late, by the parser, with a certificate or without.
TEST_F(Limits, R_C5_ARefusalLeavesSoLongAfterItsRequest) {
    settings_.limits.refusal_milliseconds = 300;
    deliver_.answer_with([](const Evidence&, const DeviceRequest&) { return text_reply("", 0, 403); });
    open();
    const auto wait_of = [this](const PhoneKind& kind, std::string_view request) {
        Phone phone(port(), kind);
        const auto start = std::chrono::steady_clock::now();
        EXPECT_TRUE(phone.send(request));
        EXPECT_TRUE(phone.read_to_end().starts_with("HTTP/1.1 403"));
        return std::chrono::steady_clock::now() - start;
    };
    const PhoneKind stranger{nullptr};
    EXPECT_GE(wait_of({}, get()), 300ms);
    EXPECT_GE(wait_of(stranger, get()), 300ms);
    EXPECT_GE(wait_of(stranger, "nonsense\r\n\r\n"), 300ms);
    deliver_.answer_later(100ms);
    EXPECT_GE(wait_of(stranger, get()), 300ms);
}

TEST_F(Limits, R_C5_SoDoesAChallenge) {
    settings_.limits.refusal_milliseconds = 300;
    deliver_.answer_with([](const Evidence&, const DeviceRequest&) {
        auto reply = text_reply("", 0, 401);
        reply.refusal = true;
        return reply;
    });
    open();
    Phone phone(port());
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(phone.ask(get()));
    EXPECT_GE(std::chrono::steady_clock::now() - start, 300ms);
}

TEST_F(Limits, AnAnswerIsNotHeld) {
    settings_.limits.refusal_milliseconds = 60'000;
    open();
    EXPECT_TRUE(Phone(port()).ask(get()));
}

TEST_F(Limits, AHeldRefusalEndsWithTheDoor) {
    settings_.limits.refusal_milliseconds = 60'000;
    deliver_.answer_with([](const Evidence&, const DeviceRequest&) { return text_reply("", 0, 403); });
    open();
    Phone first(port()), second(port());
    ASSERT_TRUE(first.send(get()) && second.send(get()));
    EXPECT_TRUE(eventually([this] { return door_->counters().requests == 2; }));
    first.reset();
    door_->stop(Duration(0));
    EXPECT_EQ(second.read_to_end(), "");
}

TEST_F(Limits, R_C4_ConnectionsPerAddress) {
    settings_.limits.connections_per_address = 2;
    open();
    Phone first(port()), second(port());
    ASSERT_TRUE(first.connected() && second.connected());
    EXPECT_FALSE(Phone(port()).connected());
    EXPECT_EQ(door_->counters().shed, 1U);
    first.close_in_order();
    EXPECT_TRUE(eventually([this] { return door_->counters().open == 1; }));
    EXPECT_TRUE(Phone(port()).connected());
}

TEST_F(Limits, R_C4_ConnectionsInTotal) {
    settings_.limits.connections = 1;
    open();
    Phone first(port());
    ASSERT_TRUE(first.connected());
    EXPECT_FALSE(Phone(port()).connected());
    EXPECT_TRUE(first.ask(get()));
}

TEST_F(Limits, SeveralLoopsShareThePort) {
    settings_.threads = 4;
    open();
    for (int i = 0; i < 16; ++i) EXPECT_TRUE(Phone(port()).ask(get()));
    EXPECT_TRUE(eventually([this] { return door_->counters().open == 0; }));
    EXPECT_EQ(door_->counters().requests, 16U);
}

TEST_F(Limits, AnAddressInUseIsSaid) {
    open();
    auto second = settings_;
    second.port = port();
    const auto door = open_phone_door(second, judge_, deliver_);
    ASSERT_FALSE(door);
    EXPECT_EQ(door.error().code, "P-7003");
    second.address = "localhost";
    EXPECT_EQ(open_phone_door(second, judge_, deliver_).error().code, "P-7003");
}

sockaddr_storage address_of(const char* text) {
    sockaddr_storage storage{};
    auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
    auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
    const bool six = inet_pton(AF_INET6, text, &v6.sin6_addr) == 1;
    if (!six) inet_pton(AF_INET, text, &v4.sin_addr);
    storage.ss_family = six ? AF_INET6 : AF_INET;
    return storage;
}

TEST(AddressBudget, R_C4_CountsByAddressAndBySlash64) {
    const auto network = [](const char* text) { return PeerAddress(address_of(text)).network; };
    EXPECT_EQ(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::2"));
    EXPECT_NE(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    EXPECT_EQ(network("192.0.2.1"), network("::ffff:192.0.2.1"));
    EXPECT_NE(network("192.0.2.1"), network("192.0.2.2"));
    EXPECT_EQ(PeerAddress(address_of("::ffff:192.0.2.1")).text, "192.0.2.1");
    EXPECT_EQ(PeerAddress(address_of("2001:db8::7")).text, "2001:db8::7");
}

TEST(AddressBudget, R_C4_TheLastQuarterIsForKnownAddresses) {
    AddressBudget budget(8, 8);
    const PeerAddress stranger(address_of("192.0.2.1")), phone(address_of("192.0.2.2"));
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(budget.take(stranger, false));
    EXPECT_FALSE(budget.take(stranger, false));
    EXPECT_TRUE(budget.take(phone) && budget.take(phone));
    EXPECT_FALSE(budget.take(phone));
}

TEST(AddressBudget, GivesBack) {
    AddressBudget budget(3, 2);
    const PeerAddress one(address_of("192.0.2.1")), other(address_of("192.0.2.2"));
    EXPECT_TRUE(budget.take(one) && budget.take(one));
    EXPECT_FALSE(budget.take(one));
    EXPECT_TRUE(budget.take(other));
    EXPECT_FALSE(budget.take(other));
    budget.give_back(one);
    EXPECT_TRUE(budget.take(other));
    EXPECT_EQ(budget.open(), 3U);
}

}  // namespace
}  // namespace provost::test
