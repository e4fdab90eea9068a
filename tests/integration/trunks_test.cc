// SIP trunks to PBXs: the life of a device, a file that is shown once, and nothing by address alone (R-F5).
#include "service/trunks.h"

#include "house_fixture.h"
#include "service/site_needs.h"

namespace provost {
namespace {

class TrunksTest : public testing_house::HouseTest {
 protected:
    void SetUp() override {
        HouseTest::SetUp();
        DoorTraits door;
        door.access.token = true;
        door.url = "https://prov.example:8444/";
        policies.set_doors({door});
        Tenants::Draft acme;
        acme.policy = {{"fallback", "token"}, {"fallback_networks", "any"}, {"minimum_rating", "1"}};
        ASSERT_TRUE(TenantService(*house).change("acme", acme, std::nullopt, "test"));
        ASSERT_TRUE(policies.refresh(*store, house->hardening));
    }
    static TrunkService::Draft draft(const std::string& pbx) {
        TrunkService::Draft draft;
        draft.tenant = "acme";
        draft.pbx = pbx;
        draft.user = "t4930";
        return draft;
    }
    MacAddress add(const std::string& pbx) {
        const auto made = trunks().create(draft(pbx), "test");
        EXPECT_TRUE(made) << made.error().text();
        return made ? made->mac : MacAddress();
    }
    TrunkService trunks() { return TrunkService(*house); }
    Device trunk(MacAddress mac) { return store->device(mac).value().value(); }
};

TEST_F(TrunksTest, R_F5_AnyKindOfPbxIsShownItsFileOnceAndItsSecretsAreGone) {
    for (const auto& vendor : house->vendors->catalogue().vendors()) {
        if (!vendor.is_pbx) continue;
        const auto mac = add(vendor.id);
        EXPECT_TRUE(mac.is_local() && !mac.is_group());
        EXPECT_EQ(trunk(mac).state, DeviceState::armed);
        EXPECT_GT(store->secrets(mac).value().size(), 0U);
        const auto file = trunks().show_once(mac, "cli:root");
        ASSERT_TRUE(file) << vendor.id << ": " << file.error().text();
        EXPECT_NE(file->text.view().find("t4930"), std::string_view::npos);
        EXPECT_EQ(trunk(mac).state, DeviceState::provisioned);
        EXPECT_EQ(store->secrets(mac).value().size(), 0U) << vendor.id;
        const auto again = trunks().show_once(mac, "cli:root");
        ASSERT_FALSE(again);
        EXPECT_EQ(again.error().code, "P-3403");
    }
}

TEST_F(TrunksTest, R_F5_R_C7_WhatIsShownIsOnRecordFirstAndHoldsNoSecretThere) {
    const auto mac = add("asterisk");
    const auto file = trunks().show_once(mac, "cli:root");
    ASSERT_TRUE(file);
    const std::string text(file->text.view());
    const auto at = text.find("MD5:");
    ASSERT_NE(at, std::string::npos) << "no digest in the file";
    const auto digest = text.substr(at + 4, 32);
    const auto deliveries = store->deliveries(mac, 10).value();
    ASSERT_EQ(deliveries.size(), 1U);
    EXPECT_EQ(deliveries[0].source, "cli:root");
    EXPECT_EQ(deliveries[0].transfer, Transfer::complete);
    AuditFilter filter;
    filter.device = mac;
    std::vector<std::string> kinds;
    const auto page = store->audit(filter, 0, 100).value();
    for (const auto& row : page.rows) {
        kinds.push_back(row.entry.kind);
        EXPECT_EQ(row.entry.detail.find(digest), std::string::npos);
    }
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "delivery.begun"), 1);
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "delivery.ended"), 1);
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "trunk.shown"), 1);
}

TEST_F(TrunksTest, R_F5_TheDigestShownIsTheOneTheRegistrarIsTold) {
    const auto mac = add("asterisk");
    const auto file = trunks().show_once(mac, "test");
    ASSERT_TRUE(file);
    std::string told;
    const auto entries = store->outbox(false, {}).value();
    for (const auto& entry : entries)
        if (entry.device == mac) told = entry.ha1_md5;
    ASSERT_EQ(told.size(), 32U);
    EXPECT_NE(file->text.view().find(told), std::string_view::npos);
}

TEST_F(TrunksTest, R_F5_ByAddressAloneIsRefused) {
    auto by_address = draft("asterisk");
    by_address.authentication = "address";
    const auto refused = trunks().create(by_address, "test");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "P-3401");
    EXPECT_TRUE(store->devices({}, {}).value().empty());
}

TEST_F(TrunksTest, R_F5_OnlyPbxsAreTrunks) {
    EXPECT_EQ(trunks().create(draft("yealink"), "test").error().code, "P-3402");
    EXPECT_EQ(trunks().create(draft(""), "test").error().code, "P-3402");
    add_armed(1);
    const auto shown = trunks().show_once(mac_of(1), "test");
    ASSERT_FALSE(shown) << "a phone's password is shown to nobody";
    EXPECT_EQ(shown.error().code, "P-3402");
    EXPECT_EQ(device(1).state, DeviceState::armed);
    EXPECT_EQ(trunks().show_once(mac_of(2), "test").error().code, "P-2027");
}

TEST_F(TrunksTest, R_F5_AFileThatCantBeMadeLeavesTheTrunkAsItWas) {
    auto odd = draft("asterisk");
    odd.user = "a;b";  // begins a comment there
    const auto refused = trunks().create(odd, "test");
    EXPECT_FALSE(refused);
    EXPECT_TRUE(store->devices({}, {}).value().empty()) << "nothing half-done stays";
}

TEST_F(TrunksTest, R_F5_ATrunkThatCantBeArmedIsNotLeftBehind) {
    Tenants::Draft closed;
    closed.settings = {{"line.registrar_host", ""}};
    ASSERT_TRUE(TenantService(*house).change("acme", closed, std::nullopt, "test"));
    EXPECT_FALSE(trunks().create(draft("asterisk"), "test"));
    EXPECT_TRUE(store->devices({}, {}).value().empty());
}

TEST_F(TrunksTest, R_D5_ASitesNeedsAreCountedByDevices) {
    DeviceService devices(*house);
    for (int number = 1; number <= 3; ++number) {
        Devices::Draft draft;
        draft.mac = mac_of(number).lower();
        draft.tenant = "acme";
        draft.site = number == 3 ? "" : "north";
        draft.settings = {{"line.1.user", "u" + std::to_string(number)}, {"line.1.transport", "tls"}};
        if (number == 2) draft.settings["time.ntp_server"] = "192.0.2.123";
        ASSERT_TRUE(TenantService(*house).put_site("acme", "north", {}, "test"));
        const auto made = devices.create(draft, "test");
        ASSERT_TRUE(made) << made.error().text();
    }
    const auto needs = site_needs(*house, "acme", "north", {10000, 20000});
    ASSERT_TRUE(needs) << needs.error().text();
    EXPECT_EQ(needs->at({"sip", "tcp", "sip.acme.example", 5061, 5061}), 2);
    EXPECT_EQ(needs->at({"time", "udp", "192.0.2.123", 123, 123}), 1);
    EXPECT_EQ(site_needs(*house, "acme", "south", {}).error().code, "P-2016");
    EXPECT_EQ(site_needs(*house, "nobody", "north", {}).error().code, "P-2010");
}

}  // namespace
}  // namespace provost
