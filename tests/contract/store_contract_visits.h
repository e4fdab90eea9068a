// What a phone's visits leave in a store, and when a device is due.
#pragma once

#include "tests/contract/store_contract.h"

namespace provost::contract {

TEST_P(StoreContract, R_F3_APictureIsWrittenWhenItChanges) {
    const Device device = sample_device(1, tenant);
    change([&](Transaction& t) { return t.insert_device(device); });
    EXPECT_FALSE(store->fetched(device.mac).value());
    FetchedPicture picture{device.mac, at(1), "yealink", "T54W", "96.86", true, std::string("p\0a\xff", 4)};
    change([&](Transaction& t) { return t.put_fetched(picture); });
    auto found = store->fetched(device.mac).value().value();
    EXPECT_EQ(found.parameters, picture.parameters);
    EXPECT_EQ(found.model, "T54W");
    EXPECT_EQ(found.firmware, "96.86");
    EXPECT_TRUE(found.with_secrets);
    picture.at = at(2);
    change([&](Transaction& t) { return t.put_fetched(picture); });
    EXPECT_EQ(store->fetched(device.mac).value()->at, at(1)) << "only the time differs";
    picture.with_secrets = false;
    change([&](Transaction& t) { return t.put_fetched(picture); });
    EXPECT_EQ(store->fetched(device.mac).value()->at, at(2));
    change([&](Transaction& t) { return t.delete_device(device.mac); });
    EXPECT_FALSE(store->fetched(device.mac).value());
    change([&](Transaction& t) { return t.put_fetched(picture); });
    EXPECT_FALSE(store->fetched(device.mac).value()) << "a device that went has none";
}

TEST_P(StoreContract, VisitsAreRecordedAndBringTheDeviceUpToDate) {
    Device device = sample_device(1, tenant);
    device.version = 4;
    insert(device);
    Event event = visit(mac(1), 10);
    event.model = "T54W";
    event.firmware = "96.86";
    store->record(event);
    event = visit(mac(1), 11);
    event.model = "another";
    store->record(event);
    event = visit(mac(1), 12);
    event.proved = false;
    event.firmware = "forged";
    store->record(event);
    EXPECT_EQ(events_after(0, 3).size(), 3u);
    auto seen = *store->device(mac(1)).value();
    EXPECT_EQ(seen.last_seen, at(11));
    EXPECT_EQ(seen.last_source, "192.0.2.11");
    EXPECT_EQ(seen.firmware, "96.86");
    EXPECT_FALSE(seen.model.empty());
    EXPECT_EQ(seen.version, 4);
    const std::string model = seen.model;
    event = visit(mac(1), 13);
    event.model = "T42";
    store->record(event);
    EXPECT_EQ(events_after(0, 4).size(), 4u);
    EXPECT_EQ(store->device(mac(1)).value()->model, model) << "a model that is known stays";
}

TEST_P(StoreContract, R_A6_KeepsHowEachDeviceWasLastRatedAndCountsThem) {
    const auto visit = [&](std::uint64_t number, std::int64_t second, Rating rating) {
        auto event = sample_event("visit", second);
        event.device = mac(number);
        event.proved = true;
        event.at = at(second);
        event.rating = rating;
        store->record(event);
    };
    for (std::uint64_t number = 1; number <= 4; ++number) insert(sample_device(number, tenant));
    EXPECT_FALSE(store->rating(mac(1)).value().has_value());
    visit(1, 10, {4, "worse", "do this"});
    visit(1, 20, {5, "good", ""});
    visit(1, 30, {5, "good", ""});
    visit(2, 10, {5, "good", ""});
    visit(3, 10, {4, "worse", "do this"});
    visit(3, 20, {});            // a refusal says nothing of it
    visit(77, 10, {5, "", ""});  // a stranger
    ASSERT_EQ(events_after(0, 7).size(), 7u);
    EXPECT_EQ(store->rating(mac(1)).value(), (DeviceRating{5, "good", "", at(20)}));
    EXPECT_EQ(store->rating(mac(3)).value(), (DeviceRating{4, "worse", "do this", at(10)}));
    EXPECT_FALSE(store->rating(mac(77)).value().has_value());
    std::map<int, std::int64_t> counted;
    const auto groups = store->ratings(std::nullopt).value();
    for (const auto& group : groups) counted[group.stars] += group.devices;
    EXPECT_EQ(counted, (std::map<int, std::int64_t>{{0, 1}, {4, 1}, {5, 2}}));
    EXPECT_TRUE(store->ratings(tenant + 1).value().empty());
    change([&](Transaction& t) { return t.delete_device(mac(3)); });
    EXPECT_FALSE(store->rating(mac(3)).value().has_value());
}

TEST_P(StoreContract, R_B3_DevicesFallDueOldestFirst) {
    const auto add = [&](std::uint64_t number, DeviceState state) {
        Device device = full_device(number, tenant);
        device.state = state;
        insert(device);
    };
    add(1, DeviceState::armed);        // armed until 100
    add(2, DeviceState::grace);        // until 60
    add(3, DeviceState::delivering);   // since 50, so looked at again from 650
    add(4, DeviceState::provisioned);  // never
    EXPECT_TRUE(store->due(at(59), 10).value().empty());
    EXPECT_THAT(store->due(at(100), 10).value(), testing::ElementsAre(mac(2), mac(1)));
    EXPECT_THAT(store->due(at(650), 2).value(), testing::ElementsAre(mac(2), mac(1)));
    EXPECT_EQ(store->due_count(at(650)).value(), 3);
    change([&](Transaction& t) {
        Device device = full_device(2, tenant);
        device.state = DeviceState::provisioned;
        return t.update_device(device);
    });
    EXPECT_EQ(store->due_count(at(650)).value(), 2);
}

TEST_P(StoreContract, R_B3_WhatIsDueFollowsADeviceReadAndChanged) {
    insert(full_device(2, tenant));
    const auto become = [&](DeviceState state, std::int64_t grace_until) {
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(auto device, t.device(mac(2)));
            device->state = state;
            device->grace_until = at(grace_until);
            return t.update_device(*device);
        });
    };
    become(DeviceState::grace, 60);
    become(DeviceState::grace, 60);  // nothing that an index holds
    EXPECT_THAT(store->due(at(60), 10).value(), testing::ElementsAre(mac(2)));
    become(DeviceState::grace, 70);
    EXPECT_TRUE(store->due(at(60), 10).value().empty());
    EXPECT_EQ(store->due_count(at(70)).value(), 1);
    become(DeviceState::provisioned, 70);
    EXPECT_EQ(store->due_count(at(70)).value(), 0);
}

}  // namespace provost::contract
