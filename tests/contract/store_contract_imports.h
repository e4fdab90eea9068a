// Imports and what it takes to undo them, in the store.
#pragma once

#include "tests/contract/store_contract.h"

namespace provost::contract {

class ImportContract : public StoreContract {
 protected:
    ImportRecord record(std::int64_t number) {
        ImportRecord one;
        one.number = number;
        one.actor = "anna";
        one.owner = tenant;
        one.made = at(1);
        one.total = 3;
        return one;
    }
    ImportImage image(std::uint64_t number) {
        ImportImage one;
        one.mac = mac(number);
        one.row = 10 - number;
        one.tenant = tenant;
        one.version = 3;
        one.generation = 7;
        one.state = DeviceState::delivering;
        return one;
    }
    static DeviceBefore before() {
        DeviceBefore one{"berlin", "yealink", "T54W", SecretMode::rotate, Access::digest, sample_settings()};
        one.raw = parse_raw_overrides("raw.yealink.static.network.lldp.enable=1\n").value();
        one.state = DeviceState::provisioned;
        one.version = 2;
        one.secrets_gone = true;
        return one;
    }
    void keep(std::int64_t number, const ImportImage& image) {
        change([&](Transaction& t) { return t.imports().keep(number, image); });
    }
    std::vector<ImportTrace> traces(std::int64_t number, MacAddress after = {}, std::size_t limit = 100) {
        return store->imports().traces(number, after, limit).value();
    }
    void deliver(std::uint64_t number) {
        change([&](Transaction& t) -> Status {
            DeliveryRecord delivery;
            delivery.at = at(1);
            delivery.device = mac(number);
            return t.insert_delivery(delivery).map([](std::int64_t) {});
        });
    }
};

TEST_P(ImportContract, A6_ARecordIsKeptWhole) {
    auto one = record(7);
    change([&](Transaction& t) { return t.imports().insert(one); });
    EXPECT_EQ(store->imports().find(7).value(), one);
    EXPECT_FALSE(store->imports().find(8).value());
    one.stage = ImportStage::cancelled;
    one.done = 2, one.added = 1, one.changed = 1;
    one.ended = at(2), one.until = at(3), one.due = at(4);
    one.undo = {UndoState::failed, "jo", "wrong list", std::nullopt, at(5), at(6), 1, 2, 3, 4, "disk"};
    change([&](Transaction& t) { return t.imports().update(one); });
    EXPECT_EQ(store->imports().find(7).value(), one);
    change([&](Transaction& t) { return t.imports().insert(record(9)); });
    EXPECT_EQ(store->imports().list(1).value().front().number, 9);
    EXPECT_EQ(store->imports().list(10).value().size(), 2U);
    change([&](Transaction& t) { return t.imports().remove(7); });
    EXPECT_FALSE(store->imports().find(7).value());
    EXPECT_EQ(refusal([&](Transaction& t) { return t.imports().update(one); }), "P-6005");
}

TEST_P(ImportContract, A6_WhatIsDueComesOldestFirst) {
    for (const std::int64_t number : {1, 2, 3}) {
        auto one = record(number);
        if (number != 3) one.due = at(100 - number);
        change([&](Transaction& t) { return t.imports().insert(one); });
    }
    EXPECT_TRUE(store->imports().due(at(97), 10).value().empty());
    const auto due = store->imports().due(at(99), 10).value();
    ASSERT_EQ(due.size(), 2U);
    EXPECT_EQ(due[0].number, 2);
    EXPECT_EQ(store->imports().due(at(99), 1).value().size(), 1U);
}

TEST_P(ImportContract, A6_AnImageIsKeptWholeWithWhatHasBecomeOfTheDevice) {
    insert(full_device(1, tenant));
    auto changed = image(1);
    changed.before = before();
    keep(7, changed);
    keep(7, image(2));
    keep(8, image(3));
    const auto found = traces(7);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].image, changed);
    ASSERT_TRUE(found[0].now);
    EXPECT_EQ(found[0].now->tenant, tenant);
    EXPECT_EQ(found[0].now->version, 3);
    EXPECT_EQ(found[0].now->generation, 7);
    EXPECT_EQ(found[0].now->state, DeviceState::delivering);
    EXPECT_EQ(found[1].image, image(2));
    EXPECT_FALSE(found[1].now);
    EXPECT_EQ(traces(7, mac(1)).size(), 1U);
    EXPECT_EQ(traces(7, {}, 1).size(), 1U);
}

TEST_P(ImportContract, A6_WhatHappensToADeviceSinceIsSeen) {
    for (const std::uint64_t number : {1, 2, 3, 4}) insert(full_device(number, tenant));
    deliver(1);
    for (const std::uint64_t number : {1, 2, 3, 4}) keep(7, image(number));
    deliver(2);
    DiagnosticWindow window;
    window.device = mac(3);
    change([&](Transaction& t) -> Status {
        PROVOST_CHECK(t.diagnostic_windows().insert(window));
        return t.delete_device(mac(4));
    });
    insert(full_device(4, tenant));
    const auto found = traces(7);
    ASSERT_EQ(found.size(), 4U);
    EXPECT_FALSE(found[0].delivered) << "that was before";
    EXPECT_TRUE(found[1].delivered);
    EXPECT_TRUE(found[2].attached);
    EXPECT_FALSE(found[0].attached || found[0].image.gone || found[1].image.gone);
    EXPECT_TRUE(found[3].image.gone) << "what has its MAC now is another device";
}

TEST_P(ImportContract, A6_SettledImagesGoAndWhatIsToldOfThemStays) {
    for (const std::uint64_t number : {1, 2, 3}) keep(7, image(number));
    const UndoneRow left{9, mac(1), UndoStep::leave, UndoReason::failed, "no, \"really\""};
    const UndoneRow armless{8, mac(2), UndoStep::restore, UndoReason::secrets_gone, ""};
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(const auto next, t.imports().next(7, 2));
        EXPECT_EQ(next.size(), 2U);
        PROVOST_CHECK(t.imports().settle(7, mac(1), left));
        PROVOST_CHECK(t.imports().settle(7, mac(2), armless));
        return t.imports().settle(7, mac(3), std::nullopt);
    });
    EXPECT_TRUE(traces(7).empty());
    EXPECT_EQ(store->imports().undone(7, 0, 10).value(), (std::vector{armless, left})) << "by row";
    EXPECT_EQ(store->imports().undone(7, 8, 10).value(), std::vector{left});
    std::size_t dropped = 0;
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(dropped, t.imports().drop_undone(7, 1));
        return {};
    });
    EXPECT_EQ(dropped, 1U);
    EXPECT_EQ(store->imports().undone(7, 0, 10).value().size(), 1U);
}

TEST_P(ImportContract, A6_ImagesAreDroppedAPartAtATime) {
    for (const std::uint64_t number : {1, 2, 3}) keep(7, image(number));
    keep(8, image(1));
    std::vector<std::size_t> dropped;
    for (int i = 0; i < 3; ++i)
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(const auto count, t.imports().drop_images(7, 2));
            dropped.push_back(count);
            return {};
        });
    EXPECT_THAT(dropped, testing::ElementsAre(2, 1, 0));
    EXPECT_EQ(traces(8).size(), 1U);
}

TEST_P(ImportContract, A6_ADeviceThatIsAsAnEarlierImportLeftItCanBeUndoneToThere) {
    keep(7, image(1));
    auto other = image(1);
    other.version = 9;
    keep(8, other);
    change([&](Transaction& t) { return t.imports().rebase(mac(1), 3, 10); });
    EXPECT_EQ(traces(7)[0].image.version, 10);
    EXPECT_EQ(traces(8)[0].image.version, 9);
}

}  // namespace provost::contract
