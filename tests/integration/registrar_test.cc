// From the outbox to the registrar: what is told when, in which order, and what becomes of it when one of the
// two dies.
#include "service/drift.h"
#include "service/registration.h"
#include "service/rotation.h"
#include "tests/integration/registrar_fixture.h"

#include <random>

namespace provost {
namespace {

using namespace std::chrono_literals;
using namespace testing_house;

TEST_F(RegistrarTest, R_B2_TheFirstCredentialsGoAtOnceAndLaterOnesWithTheirDelivery) {
    add_armed(1);
    step();
    const auto first = fetch(1);
    EXPECT_EQ(digest(1), ha1_of(1, first)) << "it was there before the phone came";
    ASSERT_TRUE(rotate_device(*house, mac_of(1), {}, "test"));
    step();
    EXPECT_EQ(digest(1), ha1_of(1, first)) << "the old password holds";
    fetch(1, Transfer::broken);
    step();
    EXPECT_EQ(digest(1), ha1_of(1, first)) << "a broken transfer leaves it good";
    const auto second = fetch(1);
    EXPECT_NE(ha1_of(1, first), ha1_of(1, second));
    step();
    EXPECT_EQ(digest(1), ha1_of(1, second));
    EXPECT_EQ(server.took.size(), 2u);
}

TEST_F(RegistrarTest, R_B2_ARotationThatNobodyFetchesLeavesTheOldCredentials) {
    add_armed(1);
    const auto first = fetch(1);
    ASSERT_TRUE(rotate_device(*house, mac_of(1), {}, "test"));
    clock.advance(15 * 24h);
    tick();
    step();
    EXPECT_EQ(device(1).state, DeviceState::provisioned);
    EXPECT_TRUE(device(1).rotation) << "it stays in the list";
    EXPECT_EQ(secrets(1), 0u);
    EXPECT_EQ(digest(1), ha1_of(1, first));
    const auto entries = store->outbox(false, {}).value();
    for (const auto& entry : entries) EXPECT_EQ(entry.ha1_md5, "") << "none is left";
    ASSERT_TRUE(rotate_device(*house, mac_of(1), {}, "test"));
    const auto second = fetch(1);
    step();
    EXPECT_EQ(digest(1), ha1_of(1, second));
    EXPECT_FALSE(device(1).rotation);
}

TEST_F(RegistrarTest, R_B2_OnSuspicionTheOldCredentialsAreVoidAtOnce) {
    add_armed(1);
    const auto first = fetch(1);
    step();
    const auto rotated = rotate_device(*house, mac_of(1), {false, true}, "test");
    ASSERT_TRUE(rotated);
    EXPECT_EQ(rotated->rotation->cause, RotationCause::suspicion);
    step();
    EXPECT_NE(digest(1), ha1_of(1, first));
    const auto second = fetch(1);
    EXPECT_EQ(digest(1), ha1_of(1, second));
    ASSERT_TRUE(rotate_device(*house, mac_of(1), {true, false}, "test"));
    clock.advance(15 * 24h);
    tick();
    step();
    EXPECT_EQ(device(1).state, DeviceState::expired);
    EXPECT_EQ(digest(1), "");
}

TEST_F(RegistrarTest, AReplacedPhonesAccountIsNotWithdrawnFromItsSuccessor) {
    add_armed(1);
    const auto old = fetch(1);
    Devices::Draft draft;
    draft.mac = mac_of(2).lower();
    draft.tenant = "acme";
    draft.settings = {{"line.1.user", "u1"}};
    DeviceService devices(*house);
    ASSERT_TRUE(devices.create(draft, "test"));
    ASSERT_TRUE(devices.arm(mac_of(2), {}, "test"));
    step();
    EXPECT_EQ(digest(1), ha1_of(1, old)) << "the old phone works until the new one has taken over";
    const auto fresh = fetch(2);
    step();
    EXPECT_EQ(digest(1), ha1_of(1, fresh));
    ASSERT_TRUE(devices.retire(mac_of(1), "test"));
    step();
    EXPECT_EQ(digest(1), ha1_of(1, fresh));
    ASSERT_TRUE(devices.retire(mac_of(2), "test"));
    step();
    EXPECT_EQ(digest(1), "");
}

TEST_F(RegistrarTest, ALineThatChangesItsUserLeavesNoAccountBehind) {
    add_armed(1);
    fetch(1);
    step();
    Devices::Draft draft;
    draft.settings = {{"line.1.user", "u7"}};
    DeviceService devices(*house);
    ASSERT_TRUE(devices.change(mac_of(1), draft, std::nullopt, "test"));
    ASSERT_TRUE(rotate_device(*house, mac_of(1), {}, "test"));
    step();
    EXPECT_NE(digest(1), "") << "until the phone has the new one";
    EXPECT_NE(digest(7), "") << "which is nobody else's";
    fetch(1);
    step();
    EXPECT_EQ(digest(1), "");
    EXPECT_NE(digest(7), "");
}

TEST_F(RegistrarTest, R_B5_OnceToldTheStoreHoldsNoDigest) {
    add_armed(1);
    const auto ha1 = store->outbox(false, {}).value().at(0).ha1_md5;
    ASSERT_EQ(ha1.size(), 32u);
    step();
    ASSERT_TRUE(store->checkpoint());
    for (const auto& file : fs::directory_iterator(folder)) {
        if (!file.is_regular_file()) continue;
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        EXPECT_EQ(bytes.find(ha1), bytes.npos) << file.path();
    }
    EXPECT_EQ(store->outbox(false, {}).value().at(0).fingerprint, fingerprint_of(ha1));
}

TEST_F(RegistrarTest, AwayForTenMinutesNothingIsLostAndItIsTold) {
    for (int i = 1; i <= 30; ++i) add_armed(i);
    server.away = true;
    for (int second = 0; second < 600; ++second) pass(1s);
    EXPECT_LT(server.calls, 15) << "with growing pauses";
    EXPECT_EQ(count("registrar.away"), 1u);
    EXPECT_TRUE(drain->state().away_since);
    EXPECT_EQ(store->registrar_queue().state("sip").value().waiting, 30);
    server.away = false;
    for (int second = 0; second < 301 && server.took.size() < 30; ++second) pass(1s);
    ASSERT_EQ(server.took.size(), 30u);
    for (std::size_t i = 1; i < server.took.size(); ++i)
        EXPECT_LT(server.took[i - 1].id, server.took[i].id) << "in order";
    EXPECT_EQ(count("registrar.back"), 1u);
    EXPECT_FALSE(drain->state().away_since);
    EXPECT_EQ(store->registrar_queue().state("sip").value().waiting, 0);
}

TEST_F(RegistrarTest, KilledInTheMiddleOfABatchItGoesOnWhereItWas) {
    for (int i = 1; i <= 20; ++i) add_armed(i);
    server.dies_after = 7;
    step();
    EXPECT_EQ(server.took.size(), 7u) << "it took them, and we don't know";
    EXPECT_EQ(store->registrar_queue().state("sip").value().waiting, 20);
    connect();
    server.dies_after = -1;
    step();
    EXPECT_EQ(server.accounts.size(), 20u);
    EXPECT_EQ(server.took.size(), 27u) << "seven were told twice, which changes nothing";
}

TEST_F(RegistrarTest, OneThatIsRefusedKeepsNobodyElseBack) {
    for (int i = 1; i <= 3; ++i) add_armed(i);
    server.refuses = {"u2"};
    step();
    EXPECT_EQ(server.accounts.size(), 2u);
    EXPECT_EQ(count("registrar.refused"), 1u);
    add_armed(4);
    step();
    EXPECT_NE(digest(4), "");
    ASSERT_TRUE(DeviceService(*house).retire(mac_of(2), "test"));
    step();
    EXPECT_TRUE(server.took.back().withdraw || digest(2).empty());
    server.refuses.clear();
    for (int i = 0; i < 5; ++i) pass(1s);
    EXPECT_EQ(digest(2), "") << "withdrawn before it was ever told";
    EXPECT_EQ(store->registrar_queue().state("sip").value().waiting, 0);
}

TEST_F(RegistrarTest, ARegistrationEndsTheGraceIfItIsLaterThanTheDelivery) {
    add_armed(1);
    step();
    fetch(1);
    ASSERT_EQ(device(1).state, DeviceState::grace);
    const RegistrarAccount account{"u1", "sip.acme.example"};
    server.registered = {{account, "sip:u1@192.0.2.1", "", "", clock.now(), clock.now() + 1h}};
    pass(6s);
    EXPECT_EQ(device(1).state, DeviceState::grace) << "in the second of the delivery it may be an older one";
    server.registered[0].renewed = clock.now();
    pass(6s);
    EXPECT_EQ(device(1).state, DeviceState::provisioned);
    EXPECT_EQ(secrets(1), 0u);
    EXPECT_EQ(count("device.registered"), 1u);
    ASSERT_TRUE(rotate_device(*house, mac_of(1), {}, "test"));
    server.away = true;
    fetch(1);
    pass(6s);
    server.away = false;
    server.registered[0].renewed = clock.now();
    server.refuses = {"u1"};
    for (int i = 0; i < 10; ++i) pass(6s);
    EXPECT_EQ(device(1).state, DeviceState::grace) << "the registrar has the old password still";
    server.refuses.clear();
    for (int i = 0; i < 60; ++i) pass(6s);
    server.registered[0].renewed = clock.now();
    pass(6s);
    EXPECT_EQ(device(1).state, DeviceState::provisioned);
}

TEST_F(RegistrarTest, R_B1_ALoginWithTheNewPasswordEndsTheGraceWheneverItWas) {
    add_armed(1);
    const auto login = [&](std::int64_t generation) {
        confirm_login(*house, {mac_of(1), generation, "line.1"}, "registrar");
        EXPECT_TRUE(store->apply([](Transaction&) -> Status { return {}; }));
    };
    login(device(1).generation);
    EXPECT_EQ(device(1).state, DeviceState::armed) << "the delivery decides, not a login";
    fetch(1);
    login(device(1).generation - 1);
    EXPECT_EQ(device(1).state, DeviceState::grace) << "with the password before";
    for (int i = 0; i < 3; ++i) login(device(1).generation);
    EXPECT_EQ(device(1).state, DeviceState::provisioned)
        << "in the second of the delivery, before it is told";
    EXPECT_EQ(secrets(1), 0u);
    EXPECT_EQ(count("device.registered"), 1u);
    confirm_login(*house, {mac_of(2), 1, "line.1"}, "registrar");
}

TEST_F(RegistrarTest, R_B1_ARegistrationThatIsDatedAheadHidesNoOther) {
    add_armed(1);
    step();
    fetch(1);
    server.registered = {{{"u9", "sip.acme.example"}, "sip:u9@192.0.2.9", "", "", clock.now() + 24h, {}}};
    pass(6s);
    const RegistrarAccount account{"u1", "sip.acme.example"};
    server.registered.insert(server.registered.begin(), {account, "", "", "", clock.now(), {}});
    pass(6s);
    EXPECT_EQ(device(1).state, DeviceState::provisioned);
}

TEST_F(RegistrarTest, ADriftCheckTellsWhatDiffersAndWithdrawsAgain) {
    for (int i = 1; i <= 4; ++i) add_armed(i);
    step();
    ASSERT_TRUE(DeviceService(*house).retire(mac_of(4), "test"));
    step();
    server.accounts[{"u4", "sip.acme.example"}] = "back again";
    server.accounts[{"u1", "sip.acme.example"}] = "another";
    server.accounts.erase({"u2", "sip.acme.example"});
    server.accounts[{"a-stranger", "elsewhere"}] = "x";
    auto report = check_registrar(*house, "sip", drain->registrar(), false).value();
    EXPECT_EQ(report.accounts, 4u);
    EXPECT_EQ(report.alike, 1u);
    std::map<std::string, DriftKind> found;
    for (const auto& one : report.drifts) found[one.account.user] = one.kind;
    EXPECT_EQ(found, (std::map<std::string, DriftKind>{{"a-stranger", DriftKind::foreign},
                                                       {"u1", DriftKind::different},
                                                       {"u2", DriftKind::missing},
                                                       {"u4", DriftKind::not_gone}}));
    report = check_registrar(*house, "sip", drain->registrar(), true).value();
    EXPECT_EQ(report.repaired, 1u);
    step();
    EXPECT_EQ(digest(4), "");
    EXPECT_EQ(server.accounts.count({"a-stranger", "elsewhere"}), 1u);
    ASSERT_TRUE(rotate_device(*house, mac_of(1), {}, "test"));
    report = check_registrar(*house, "sip", drain->registrar(), false).value();
    EXPECT_EQ(report.waiting, 1u) << "what is about to be told is not compared";
    EXPECT_EQ(report.found, 2u);
}

// Whatever fails when: in the end the registrar has what the phones have, each account was told in its order,
// and nothing waits.
TEST_F(RegistrarTest, R_B2_RandomFailuresLoseNothingAndChangeNoOrder) {
    for (unsigned seed = 1; seed <= 3; ++seed) {
        std::mt19937 random(seed);
        const auto once_in = [&](unsigned n) { return random() % n == 0; };
        std::map<int, std::string> has;  // what each phone registers with
        const int base = static_cast<int>(seed) * 100;
        for (int i = base; i < base + 5; ++i) add_armed(i);
        for (int round = 0; round < 120; ++round) {
            const int number = base + static_cast<int>(random() % 5);
            server.away = once_in(4);
            server.dies_after = once_in(4) ? static_cast<int>(random() % 3) : -1;
            server.refuses.clear();
            if (once_in(3)) server.refuses.insert("u" + std::to_string(number));
            if (once_in(5)) connect();
            if (once_in(3) && device(number).state != DeviceState::armed)
                (void)rotate_device(*house, mac_of(number), {once_in(5), false}, "test");
            if (once_in(3) && device(number).state == DeviceState::armed) {
                const bool whole = !once_in(3);
                const auto file = fetch(number, whole ? Transfer::complete : Transfer::broken);
                if (whole) has[number] = ha1_of(number, file);
            }
            if (once_in(10)) clock.advance(11min), tick();
            pass(std::chrono::seconds(random() % 20));
        }
        server.away = false, server.dies_after = -1, server.refuses.clear();
        for (int i = 0; i < 40; ++i) pass(10s);
        EXPECT_EQ(store->registrar_queue().state("sip").value().waiting, 0) << seed;
        for (int i = base; i < base + 5; ++i) {
            const bool settled = !device(i).rotation && device(i).state != DeviceState::delivering &&
                                 device(i).state != DeviceState::expired;
            if (has.contains(i) && settled) {
                EXPECT_EQ(digest(i), has[i]) << "seed " << seed << " phone " << i;
            }
        }
        std::map<std::string, std::int64_t> last;
        for (const auto& entry : server.took) {
            EXPECT_LE(last[entry.user], entry.id) << "seed " << seed << " " << entry.user;
            last[entry.user] = entry.id;
        }
    }
}

}  // namespace
}  // namespace provost
