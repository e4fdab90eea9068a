// Diagnostic windows in the store.
#pragma once

#include "tests/contract/store_contract.h"

namespace provost::contract {

class WindowContract : public StoreContract {
 protected:
    DiagnosticWindow window(std::uint64_t device, std::int64_t until) {
        DiagnosticWindow one;
        one.device = mac(device);
        one.person = "Jo Smith";
        one.reason = "one-way audio";
        one.opened = at(0);
        one.until = at(until);
        return one;
    }
    DiagnosticWindow put(DiagnosticWindow one) {
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(one.id, t.diagnostic_windows().insert(one));
            return {};
        });
        return one;
    }
    std::optional<DiagnosticWindow> stored(std::uint64_t device) {
        return store->diagnostic_windows().of(mac(device)).value();
    }
};

TEST_P(WindowContract, R_D2_AWindowIsKeptWhole) {
    insert(sample_device(1, tenant));
    auto one = put(window(1, 100));
    EXPECT_EQ(stored(1), one);
    EXPECT_FALSE(stored(2));
    one.ended = at(90);
    one.taken = at(20);
    one.exposed = true;
    one.opened_by = 5;
    one.closed_by = 6;
    change([&](Transaction& t) { return t.diagnostic_windows().update(one); });
    EXPECT_EQ(stored(1), one);
    change([&](Transaction& t) { return t.diagnostic_windows().remove(one.device); });
    EXPECT_FALSE(stored(1));
    EXPECT_EQ(refusal([&](Transaction& t) { return t.diagnostic_windows().update(one); }), "P-6005");
}

TEST_P(WindowContract, R_B6_ANewerOneTakesTheOldOnesPlaceUnderANumberOfItsOwn) {
    insert(sample_device(1, tenant));
    const auto first = put(window(1, 100));
    const auto second = put(window(1, 200));
    EXPECT_GT(second.id, first.id);
    EXPECT_EQ(stored(1), second);
    change([&](Transaction& t) { return t.diagnostic_windows().remove(mac(1)); });
    EXPECT_GT(put(window(1, 300)).id, second.id) << "never used again";
}

TEST_P(WindowContract, R_D2_ThoseWhoseTimeHasPassedComeOldestFirst) {
    for (std::uint64_t number = 1; number <= 4; ++number) insert(sample_device(number, tenant));
    put(window(1, 300));
    put(window(2, 100));
    put(window(3, 200));
    auto ended = window(4, 50);
    ended.ended = at(40);
    put(ended);
    const auto due = [&](std::int64_t now) { return store->diagnostic_windows().due(at(now), 10).value(); };
    EXPECT_THAT(due(99), testing::IsEmpty());
    EXPECT_THAT(due(100), testing::ElementsAre(mac(2)));
    EXPECT_THAT(due(250), testing::ElementsAre(mac(2), mac(3)));
    EXPECT_EQ(store->diagnostic_windows().due(at(999), 2).value().size(), 2U);
    EXPECT_TRUE(store->diagnostic_windows().of(mac(4)).value()) << "ended, and not due again";
}

TEST_P(WindowContract, R_B6_ItsPasswordIsNoSecretOfThePhonesAndGoesWithTheDevice) {
    insert(sample_device(1, tenant));
    put(window(1, 100));
    const std::string purpose(window_purpose);
    change([&](Transaction& t) -> Status {
        PROVOST_CHECK(t.put_secret(sample_secret(mac(1), purpose, 1)));
        return t.put_secret(sample_secret(mac(1), "line.1.password", 2));
    });
    EXPECT_EQ(store->secrets(mac(1)).value().size(), 1U);
    change([&](Transaction& t) { return t.destroy_secrets(mac(1)); });
    EXPECT_TRUE(store->secret(mac(1), purpose).value()) << "a re-arm leaves the window as it is";
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(const auto found, t.diagnostic_windows().password(mac(1)));
        EXPECT_TRUE(found);
        return {};
    });
    change([&](Transaction& t) { return t.delete_device(mac(1)); });
    EXPECT_FALSE(store->secret(mac(1), purpose).value());
    EXPECT_FALSE(stored(1));
}

TEST_P(WindowContract, NoDeviceNoWindow) {
    EXPECT_EQ(refusal([&](Transaction& t) -> Status {
                  return t.diagnostic_windows().insert(window(9, 1)).map([](std::int64_t) {});
              }),
              "P-6005");
}

}  // namespace provost::contract
