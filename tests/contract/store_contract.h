// What every store must do, whatever lies beneath. A backend's test instantiates StoreContract with its
// maker and includes the parts beside this file, which hold the tests: devices, records, visits.
#pragma once

#include "tests/contract/store_samples.h"

#include <functional>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace provost::contract {

using MakeStore = std::function<std::unique_ptr<Store>()>;  // an empty store

class StoreContract : public testing::TestWithParam<MakeStore> {
 protected:
    void SetUp() override {
        store = GetParam()();
        ASSERT_NE(store, nullptr);
        tenant = make_tenant("acme");
    }

    TenantId make_tenant(const std::string& slug) {
        TenantId id = 0;
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(id, t.insert_tenant(sample_tenant(slug)));
            return {};
        });
        return id;
    }

    // Applies what must succeed.
    void change(const Change& change) {
        const auto done = store->apply(change);
        ASSERT_TRUE(done) << done.error().text();
    }
    void insert(const Device& device) {
        change([&](Transaction& t) { return t.insert_device(device); });
    }
    std::string refusal(const Change& change) {
        const auto done = store->apply(change);
        return done ? "" : done.error().code;
    }
    std::vector<MacAddress> macs(const DeviceFilter& filter, const Page& page = {}) {
        std::vector<MacAddress> found;
        const auto devices = store->devices(filter, page).value();
        for (const auto& device : devices) found.push_back(device.mac);
        return found;
    }
    // What record() took, once it is there.
    std::vector<Event> events_after(std::int64_t id, std::size_t count) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (true) {
            auto events = store->events({}, id, 1000).value();
            if (events.size() >= count || std::chrono::steady_clock::now() > deadline) return events;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }

    std::unique_ptr<Store> store;
    TenantId tenant = 0;
};

}  // namespace provost::contract
