#include "door_fixture.h"
#include "net/address_budget.h"

#include <atomic>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

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

// Requests in good time one after the other keep it no longer than that (SECURITY 6).
TEST_F(Limits, R_C4_AConnectionTakesNoRequestAfterItsTime) {
    settings_.limits.connection_seconds = 2;
    open();
    Phone phone(port());
    const auto start = std::chrono::steady_clock::now();
    int answered = 0;
    while (phone.ask(get()) && ++answered < 1000) std::this_thread::sleep_for(50ms);
    EXPECT_GT(answered, 5);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 8s);
    EXPECT_NE(SSL_get_shutdown(phone.ssl()) & SSL_RECEIVED_SHUTDOWN, 0) << "in order";
    Phone silent(port());
    ASSERT_TRUE(silent.ask(get()));
    EXPECT_EQ(silent.read_to_end(), "") << "idle as long as it may be, but not longer than it lives";
}

TEST_F(Limits, R_C4_AStallAtAnyByteOfTheHandshakeIsCut) {
    settings_.limits.handshake_seconds = 1;
    open();
    const std::string hello("\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03", 11);
    std::vector<std::thread> stalls;
    std::atomic<int> cut = 0;
    for (std::size_t size = 0; size <= hello.size(); ++size)
        stalls.emplace_back(
            [&, size] { cut += plain_exchange(port(), hello.substr(0, size)).empty() ? 1 : 0; });
    for (auto& stall : stalls) stall.join();
    EXPECT_EQ(cut, static_cast<int>(hello.size()) + 1);
    EXPECT_TRUE(eventually([this] { return door_->counters().open == 0; }));
}

// Nobody is served, and nobody's place is left taken.
TEST_F(Limits, R_C4_ConnectionsThatAreShedLeaveNothingBehind) {
    settings_.limits.connections = 1;
    settings_.limits.header_seconds = 120;
    open();
    Phone first(port());
    ASSERT_TRUE(first.connected());
    constexpr int tries = 500;
    for (int i = 0; i < tries; ++i) EXPECT_EQ(plain_exchange(port(), "x"), "");
    EXPECT_TRUE(eventually([this] { return door_->counters().shed == tries; }));
    EXPECT_EQ(door_->counters().handshakes, 1U);
    EXPECT_TRUE(first.ask(get()));
}

// Out of file handles: who waits in the queue is taken once there are some, and until then nobody spins.
TEST_F(Limits, R_C4_OutOfFileHandlesItWaitsWithoutSpinning) {
    open();
    Phone before(port());
    ASSERT_TRUE(before.ask(get()));
    const int waiting = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const rlimit none{static_cast<rlim_t>(waiting), limit.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_port = htons(port());
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool connected = ::connect(waiting, reinterpret_cast<sockaddr*>(&here), sizeof here) == 0;
    timespec start{}, end{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    std::this_thread::sleep_for(1s);
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    const auto served = before.ask(get());
    ::setrlimit(RLIMIT_NOFILE, &limit);
    EXPECT_TRUE(connected) << "the system takes it into the queue";
    EXPECT_TRUE(served) << "who is there already is served";
    const double busy = static_cast<double>(end.tv_sec - start.tv_sec) +
                        static_cast<double>(end.tv_nsec - start.tv_nsec) / 1e9;
    EXPECT_LT(busy, 0.3);
    EXPECT_TRUE(eventually([this] { return door_->counters().accepted == 2; }));
    ::close(waiting);
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
