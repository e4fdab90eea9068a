// The chain of rules: strangers, known sources, bans, dry runs.
#include "guard_testing.h"

namespace provost {
namespace {

using namespace guard_testing;

GateSettings small() {
    GateSettings settings;
    settings.seed = seed;
    settings.slots = 4096;
    return settings;
}
void set(GateSettings& settings, Limit limit, Budget budget) {
    settings.limits[static_cast<std::size_t>(limit)].budget = budget;
}
std::uint64_t count(const Gate& gate, std::string_view name) {
    for (const auto& traits : limits())
        if (traits.name == name) return gate.stopped(traits.limit);
    return 0;
}
int connections(Gate& gate, const Source& source, Timestamp now, int tries) {
    int passed = 0;
    for (int i = 0; i < tries; ++i) passed += gate.connects(source, now) ? 0 : 1;
    return passed;
}
std::shared_ptr<const BanList> banned(const std::string& network) {
    Ban one;
    one.network = parse_networks(network, "test").value().at(0);
    return std::make_shared<const BanList>(std::vector<Ban>{one}, at(0));
}

TEST(Gate, R_C4_EachLimitStopsWhatItIsFor) {
    struct Row {
        Limit limit;
        Gate::Stop (*step)(Gate&, const Source&);
    };
    const auto connects = [](Gate& g, const Source& s) { return g.connects(s, at(0)); };
    const auto begins = [](Gate& g, const Source& s) { return g.begins_tls(s, at(0)); };
    const auto asks = [](Gate& g, const Source& s) { return g.asks(s, std::nullopt, at(0)); };
    const auto device = [](Gate& g, const Source& s) { return g.asks(s, mac(1), at(0)); };
    const Row rows[] = {{Limit::address_connections, connects}, {Limit::network_connections, connects},
                        {Limit::all_connections, connects},     {Limit::address_handshakes, begins},
                        {Limit::network_handshakes, begins},    {Limit::all_handshakes, begins},
                        {Limit::address_requests, asks},        {Limit::all_requests, asks},
                        {Limit::device_requests, device}};
    for (const auto& row : rows) {
        auto settings = small();
        set(settings, row.limit, {0.001, 3});
        Gate gate(settings);
        const auto source = gate.meet(ip("192.0.2.7"));
        for (int i = 0; i < 3; ++i) EXPECT_EQ(row.step(gate, source), std::nullopt);
        EXPECT_EQ(row.step(gate, source), row.limit) << traits_of(row.limit).name;
        EXPECT_EQ(count(gate, std::string(traits_of(row.limit).name)), 1u);
    }
}

TEST(Gate, R_C4_BytesAreCountedAfterTheyWentByAddressNetworkAndDevice) {
    auto settings = small();
    for (const auto limit :
         {Limit::address_bytes, Limit::network_bytes, Limit::known_bytes, Limit::device_bytes})
        set(settings, limit, {1, limit == Limit::network_bytes ? 250.0 : 100.0});
    set(settings, Limit::all_bytes, {1, 2'000'000});
    Gate gate(settings);
    const auto one = gate.meet(ip("192.0.2.7")), other = gate.meet(ip("192.0.2.8"));
    gate.note_bytes(one, std::nullopt, 99, at(0));
    EXPECT_EQ(gate.connects(one, at(0)), std::nullopt);
    gate.note_bytes(one, std::nullopt, 1'000'000, at(0));
    EXPECT_EQ(gate.connects(one, at(0)), Limit::address_bytes);
    EXPECT_EQ(gate.asks(one, std::nullopt, at(0)), Limit::address_bytes)
        << "also where the connection is open";
    EXPECT_EQ(gate.asks(one, mac(1), at(0)), std::nullopt) << "who proves himself does not pay for others";
    EXPECT_EQ(gate.connects(other, at(0)), Limit::network_bytes);
    EXPECT_EQ(gate.connects(gate.meet(ip("192.0.3.1")), at(0)), std::nullopt);
    EXPECT_EQ(gate.connects(other, at(300)), std::nullopt) << "no debt beyond what a bucket holds";

    gate.note_proof(other, at(300));
    gate.note_bytes(other, mac(2), 60, at(300));
    EXPECT_EQ(gate.connects(other, at(300)), std::nullopt);
    gate.note_bytes(other, mac(2), 60, at(300));
    EXPECT_EQ(gate.connects(other, at(300)), Limit::known_bytes);
    EXPECT_EQ(gate.asks(one, mac(2), at(300)), Limit::device_bytes) << "from wherever it comes";
    EXPECT_EQ(gate.asks(one, mac(3), at(300)), std::nullopt);
    for (const char* const name : {"address-bytes", "network-bytes", "known-bytes", "device-bytes"})
        EXPECT_GE(count(gate, name), 1u) << name;
}

TEST(Gate, R_C4_ATenantsPhonesHaveABudgetThatNobodyElseDraws) {
    auto settings = small();
    set(settings, Limit::tenant_requests, {1, 3});
    settings.allow = parse_networks("127.0.0.0/8", "test").value();
    Gate gate(settings);
    const auto source = gate.meet(ip("192.0.2.7"));
    for (int i = 0; i < 3; ++i) EXPECT_EQ(gate.asks_of_tenant(source, 5, at(0)), std::nullopt);
    EXPECT_EQ(gate.asks_of_tenant(source, 5, at(0)), Limit::tenant_requests);
    EXPECT_EQ(gate.asks_of_tenant(source, 6, at(0)), std::nullopt);
    EXPECT_EQ(gate.asks_of_tenant(gate.meet(ip("127.0.0.1")), 5, at(0)), std::nullopt);
    EXPECT_EQ(gate.asks_of_tenant(source, 5, at(1)), std::nullopt);
    EXPECT_EQ(count(gate, "tenant-requests"), 1u);
}

TEST(Gate, R_C4_ATenantsPhonesHaveABudgetOfBytes) {
    auto settings = small();
    set(settings, Limit::tenant_bytes, {1, 100});
    Gate gate(settings);
    const auto source = gate.meet(ip("192.0.2.7"));
    gate.note_answer(source, 5, 99, at(0));
    EXPECT_EQ(gate.asks_of_tenant(source, 5, at(0)), std::nullopt);
    gate.note_answer(source, 5, 8, at(0));
    EXPECT_EQ(gate.asks_of_tenant(source, 5, at(0)), Limit::tenant_bytes);
    EXPECT_EQ(gate.asks_of_tenant(source, 6, at(0)), std::nullopt);
    EXPECT_EQ(gate.asks_of_tenant(source, 5, at(10)), std::nullopt);
}

TEST(Gate, R_C4_AllStrangersTogetherHaveABudgetOfBytesThatPhonesDoNotDraw) {
    auto settings = small();
    set(settings, Limit::all_bytes, {1, 100});
    Gate gate(settings);
    const auto home = gate.meet(ip("203.0.113.7"));
    gate.note_proof(home, at(0));
    gate.note_bytes(home, std::nullopt, 5'000, at(0));
    EXPECT_EQ(connections(gate, gate.meet(ip("192.0.2.1")), at(0), 1), 1);
    for (std::uint32_t i = 0; i < 20; ++i) gate.note_bytes(gate.meet(ip(i * 65'536)), std::nullopt, 5, at(0));
    EXPECT_EQ(gate.connects(gate.meet(ip("192.0.2.1")), at(0)), Limit::all_bytes);
    EXPECT_EQ(connections(gate, home, at(0), 1), 1);
    EXPECT_EQ(connections(gate, gate.meet(ip("203.0.113.8")), at(0), 1), 1) << "the same network";
    EXPECT_EQ(connections(gate, gate.meet(ip("192.0.2.1")), at(10), 1), 1);
}

TEST(Gate, R_C4_DryRunCountsAndStopsNobody) {
    auto settings = small();
    set(settings, Limit::address_connections, {0.001, 3});
    settings.limits[static_cast<std::size_t>(Limit::address_connections)].dry_run = true;
    Gate gate(settings);
    EXPECT_EQ(connections(gate, gate.meet(ip("192.0.2.7")), at(0), 10), 10);
    EXPECT_EQ(count(gate, "address-connections"), 0u);
    EXPECT_EQ(gate.would_have_stopped(Limit::address_connections), 7u);
    EXPECT_EQ(gate.stopped(Limit::address_connections), 0u);
}

TEST(Gate, R_C4_KnownSourcesHaveAReserveThatStrangersCannotDrain) {
    auto settings = small();
    set(settings, Limit::all_connections, {1, 100});
    Gate gate(settings);
    const auto home = gate.meet(ip("203.0.113.7"));
    gate.note_proof(home, at(0));
    int strangers = 0;
    for (std::uint32_t i = 0; i < 100'000; ++i)
        strangers += gate.connects(gate.meet(ip(i * 256)), at(10)) ? 0 : 1;
    EXPECT_EQ(strangers, 100);
    EXPECT_EQ(connections(gate, home, at(10), 1000), 1000);
    // A phone whose address changed within the network it came from.
    EXPECT_EQ(connections(gate, gate.meet(ip("203.0.113.8")), at(10), 10), 10);
    EXPECT_EQ(connections(gate, gate.meet(ip("203.0.114.8")), at(10), 10), 0);
    // A week later nobody remembers.
    EXPECT_FALSE(gate.knows(home, at(8 * 24 * 3600)));
}

// R-C4: after a power cut 100,000 phones come back through four NAT addresses in ten minutes, while strangers
// from everywhere take all that is theirs.
TEST(Gate, R_C4_AHundredThousandPhonesBehindFourAddressesComeBackDuringAnAttack) {
    auto settings = small();
    Gate gate(settings);
    std::vector<Source> homes;
    for (const char* address : {"198.51.100.1", "198.51.100.2", "203.0.113.1", "2001:db8::1"}) {
        homes.push_back(gate.meet(ip(address)));
        gate.note_proof(homes.back(), at(0));
    }
    int lost = 0;
    std::uint32_t stranger = 0;
    for (int i = 0; i < 100'000; ++i) {
        const auto now = at(3600 + i * 0.006);
        for (int k = 0; k < 12; ++k) {  // 2,000 a second
            const auto source = gate.meet(ip(stranger++ * 97));
            if (!gate.connects(source, now)) (void)gate.begins_tls(source, now);
        }
        const auto& home = homes[static_cast<std::size_t>(i) % homes.size()];
        const auto phone = mac(static_cast<std::uint64_t>(i));
        const bool stopped = gate.connects(home, now) || gate.begins_tls(home, now) ||
                             gate.is_judged(home, phone, now) || gate.asks(home, phone, now);
        lost += stopped ? 1 : 0;
    }
    EXPECT_EQ(lost, 0);
    EXPECT_GT(count(gate, "all-handshakes"), 400'000u);
}

TEST(Gate, R_C5_ABanStopsStrangersBeforeTls) {
    Gate gate(small());
    gate.set_bans(banned("192.0.2.0/24"));
    EXPECT_EQ(gate.connects(gate.meet(ip("192.0.2.7")), at(0)), Limit::banned);
    EXPECT_EQ(gate.connects(gate.meet(ip("192.0.3.7")), at(0)), std::nullopt);
    EXPECT_EQ(count(gate, "banned"), 1u);
}

TEST(Gate, R_C5_ProofOutweighsABanOfTheSameAddress) {
    Gate gate(small());
    const auto home = gate.meet(ip("192.0.2.7"));
    gate.note_proof(home, at(0));
    gate.set_bans(banned("192.0.2.0/24"));
    EXPECT_EQ(gate.connects(home, at(1)), std::nullopt);
    EXPECT_EQ(gate.is_judged(home, mac(1), at(1)), std::nullopt);
    EXPECT_EQ(gate.is_judged(home, std::nullopt, at(1)), Limit::banned);
}

TEST(Gate, R_C4_WhoIsRefusedTooOftenWaits) {
    auto settings = small();
    set(settings, Limit::address_failures, {1, 3});
    Gate gate(settings);
    const auto source = gate.meet(ip("192.0.2.7")), home = gate.meet(ip("198.51.100.1"));
    gate.note_proof(home, at(0));
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(gate.connects(source, at(0)), std::nullopt);
        gate.note_failure(source, std::nullopt, at(0));
        gate.note_failure(home, std::nullopt, at(0));
    }
    EXPECT_EQ(gate.connects(source, at(0)), Limit::address_failures);
    EXPECT_EQ(gate.connects(source, at(2)), std::nullopt);
    // Behind the known address the genuine ones pass and the others don't.
    EXPECT_EQ(gate.connects(home, at(0)), std::nullopt);
    EXPECT_EQ(gate.is_judged(home, mac(1), at(0)), std::nullopt);
    EXPECT_EQ(gate.is_judged(home, std::nullopt, at(0)), Limit::address_failures);
}

TEST(Gate, R_C4_ADeviceThatAsksForOthersFilesWaitsAlone) {
    auto settings = small();
    set(settings, Limit::device_failures, {1, 2});
    Gate gate(settings);
    const auto home = gate.meet(ip("198.51.100.1"));
    for (int i = 0; i < 2; ++i) gate.note_failure(home, mac(1), at(0));
    EXPECT_EQ(gate.is_judged(home, mac(1), at(0)), Limit::device_failures);
    EXPECT_EQ(gate.is_judged(home, mac(2), at(0)), std::nullopt);
}

TEST(Gate, R_C5_TheAllowListIsNeverStoppedAndNeverLearned) {
    auto settings = small();
    settings.allow = parse_networks("127.0.0.0/8,2001:db8::/32", "test").value();
    set(settings, Limit::address_connections, {0.001, 1});
    Gate gate(settings);
    gate.set_bans(banned("127.0.0.0/8"));
    for (const char* address : {"127.0.0.1", "2001:db8::1"}) {
        const auto source = gate.meet(ip(address));
        for (int i = 0; i < 1000; ++i) gate.note_failure(source, std::nullopt, at(0));
        EXPECT_EQ(connections(gate, source, at(0), 100), 100) << address;
        EXPECT_EQ(gate.is_judged(source, std::nullopt, at(0)), std::nullopt);
    }
    const auto other = gate.meet(ip("192.0.2.1"));
    gate.note_proof(other, at(0));
    EXPECT_FALSE(gate.meet(ip("192.0.2.1")).allowed);
}

TEST(Gate, R_C4_AMillionAttackersCostAFixedAmountOfMemory) {
    Gate gate(small());
    const auto before = gate.bytes();
    for (std::uint32_t i = 0; i < 1'000'000; ++i) {
        const auto source = gate.meet(ip(i * 7));
        (void)gate.connects(source, at(i * 0.001));
        (void)gate.begins_tls(source, at(i * 0.001));
        gate.note_failure(source, std::nullopt, at(i * 0.001));
    }
    EXPECT_EQ(gate.bytes(), before);
    EXPECT_LT(Gate(GateSettings{}).bytes(), 20U << 20U);
}

}  // namespace
}  // namespace provost
