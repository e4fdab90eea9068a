// What people leave with devices, in the store.
#pragma once

#include "tests/contract/store_contract.h"

namespace provost::contract {

class CareContract : public StoreContract {
 protected:
    DeviceCare muted(std::uint64_t device, std::optional<std::int64_t> until) {
        DeviceCare one{mac(device), 1, {}, {}};
        one.mute = DeviceMute{"ticket 4711", "Jo Smith", at(0), {}, DeviceState::expired, 3};
        if (until) one.mute->until = at(*until);
        return one;
    }
    void put(const DeviceCare& one) {
        change([&](Transaction& t) { return t.device_cares().put(one); });
    }
    std::optional<DeviceCare> stored(std::uint64_t device) {
        return store->device_cares().of(mac(device)).value();
    }
    std::vector<MacAddress> listed(std::int64_t now, std::uint64_t after, std::size_t limit) {
        std::vector<MacAddress> macs;
        const auto found = store->device_cares().with_mute(at(now), mac(after), limit).value();
        for (const auto& one : found) macs.push_back(one.device);
        return macs;
    }
};

TEST_P(CareContract, R_F3_NoteAndMuteAreKeptWholeAndReplaced) {
    insert(sample_device(1, tenant));
    EXPECT_FALSE(stored(1));
    auto care = muted(1, 100);
    care.note = DeviceNote{"behind a second router", "Jo Smith", at(5)};
    put(care);
    EXPECT_EQ(stored(1), care);
    care.mute.reset();
    care.version = 2;
    put(care);
    EXPECT_EQ(stored(1), care);
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(const auto found, t.device_cares().of(mac(1)));
        EXPECT_EQ(found, care);
        return {};
    });
}

TEST_P(CareContract, R_F3_ItGoesWithTheDevice) {
    insert(sample_device(1, tenant));
    put(muted(1, {}));
    change([&](Transaction& t) { return t.delete_device(mac(1)); });
    insert(sample_device(1, tenant));
    EXPECT_FALSE(stored(1)) << "whoever has the MAC later finds nothing";
}

TEST_P(CareContract, R_F2_R_F3_ItStaysWithTheTenantItWasWrittenFor) {
    insert(sample_device(1, tenant));
    put(muted(1, {}));
    auto device = store->device(mac(1)).value().value();
    device.state = DeviceState::expired;
    change([&](Transaction& t) { return t.update_device(device); });
    EXPECT_TRUE(stored(1));
    change([&](Transaction& t) -> Status {
        Tenant other;
        other.slug = "other", other.name = "Other";
        PROVOST_TRY(device.tenant, t.insert_tenant(other));
        return t.update_device(device);
    });
    EXPECT_FALSE(stored(1));
}

TEST_P(CareContract, R_F3_MutedOnesComeByMacAsLongAsTheirMutesMayLast) {
    for (std::uint64_t number = 1; number <= 4; ++number) insert(sample_device(number, tenant));
    put(muted(1, 100));
    put(muted(2, {}));
    put(muted(3, 200));
    put(DeviceCare{mac(4), 1, DeviceNote{"no mute", "jo", at(0)}, {}});
    EXPECT_THAT(listed(50, 0, 10), testing::ElementsAre(mac(1), mac(2), mac(3)));
    EXPECT_THAT(listed(100, 0, 10), testing::ElementsAre(mac(2), mac(3)));
    EXPECT_THAT(listed(50, 1, 1), testing::ElementsAre(mac(2)));
}

TEST_P(CareContract, NoDeviceNoCare) {
    EXPECT_EQ(refusal([&](Transaction& t) { return t.device_cares().put(muted(9, 1)); }), "P-6005");
}

}  // namespace provost::contract
