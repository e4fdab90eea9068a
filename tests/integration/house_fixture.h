// A real house in a temporary folder: SQLite, key files, the repository's vendor files; only the clock is
// ours.
#pragma once

#include "service/devices.h"
#include "service/housekeeper.h"
#include "service/phone_service.h"
#include "service/tenants.h"
#include "storage/sqlite/sqlite_store.h"
#include "vault/audit_key_file.h"
#include "vault/file_key_holder.h"
#include "vault/holder_client.h"
#include "vendor/hardening_file.h"
#include "vendor/vendor_file.h"

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>

#include <gtest/gtest.h>

namespace provost::testing_house {

namespace fs = std::filesystem;

inline std::shared_ptr<const VendorShelf> read_vendors() {
    std::vector<VendorSpec> vendors;
    for (const auto& entry : fs::directory_iterator(fs::path(PROVOST_SOURCE_DIR) / "vendors")) {
        std::ifstream in(entry.path());
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        auto outcome = read_vendor_file(text, entry.path().filename().string());
        if (outcome.spec) vendors.push_back(std::move(*outcome.spec));
    }
    return VendorShelf::make(std::move(vendors)).value();
}

inline HardeningProfile read_profile() {
    std::ifstream in(fs::path(PROVOST_SOURCE_DIR) / "policy/hardening.yaml");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return read_hardening_file(text, "hardening.yaml").profile.value();
}

class HouseTest : public testing::Test {
 protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("provost-house." + std::to_string(::getpid()) + "." +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder);
        fs::create_directories(folder / "keys");
        fs::permissions(folder / "keys", fs::perms::owner_all);
        ASSERT_TRUE(make_key_files(folder / "keys", clock.now()));
        ASSERT_TRUE(make_audit_keys(folder / "keys", "made by a test"));
        open();
        Tenants::Draft acme;
        acme.slug = "acme";
        acme.settings = {{"line.registrar_host", "sip.acme.example"}};
        ASSERT_TRUE(TenantService(*house).create(acme, "test"));
    }
    void TearDown() override {
        house.reset();
        store.reset();
        audit_keys.reset();
        keys.reset();
        fs::remove_all(folder);
    }

    void open() {
        audit_keys.reset();
        keys.reset();
        auto held = hold();
        keys = std::move(held.keys);
        audit_keys = std::move(held.audit);
        store = open_sqlite_store(folder / "provost.db", audit_keys).value();
        static const auto vendors = read_vendors();
        house.reset(new House{*store, *keys, clock, policies, vendors, read_profile()});
        ASSERT_TRUE(policies.refresh(*store, house->hardening));
    }

    virtual HeldKeys hold() {
        return {open_key_files(folder / "keys").value(), open_audit_keys(folder / "keys").value()};
    }

    static MacAddress mac_of(int number) {
        return MacAddress(0x001565000000ULL + static_cast<std::uint64_t>(number));
    }

    void add_armed(int number) {
        Devices::Draft draft;
        draft.mac = mac_of(number).lower();
        draft.tenant = "acme";
        draft.settings = {{"line.1.user", "u" + std::to_string(number)}};
        DeviceService devices(*house);
        ASSERT_TRUE(devices.create(draft, "test"));
        ASSERT_TRUE(devices.arm(mac_of(number), {}, "test"));
    }

    // A phone with its factory certificate.
    static std::shared_ptr<const Evidence> proof(int number, std::uint8_t key = 1) {
        auto evidence = std::make_shared<Evidence>();
        evidence->vendor = "yealink";
        evidence->mac = mac_of(number);
        evidence->prefix_allowed = true;
        evidence->key.emplace().fill(key);
        return evidence;
    }
    static std::string file_of(int number) { return "/" + mac_of(number).lower() + ".cfg"; }
    static DeviceReply visit(PhoneService& phones, const std::shared_ptr<const Evidence>& evidence,
                             const std::string& target) {
        DeviceRequest request;
        request.method = Method::get;
        request.target = target;
        request.source = "127.0.0.1";
        std::promise<DeviceReply> promise;
        phones.handle(evidence, request, [&](DeviceReply reply) { promise.set_value(std::move(reply)); });
        return promise.get_future().get();
    }

    [[nodiscard]] Device device(int number) const { return store->device(mac_of(number)).value().value(); }
    [[nodiscard]] std::size_t secrets(int number) const {
        return store->secrets(mac_of(number)).value().size();
    }

    fs::path folder;
    ManualClock clock{from_rfc3339("2026-11-23T12:00:00Z").value()};
    PolicyBoard policies;
    std::unique_ptr<KeyHolder> keys;
    std::shared_ptr<AuditKeys> audit_keys;
    std::unique_ptr<Store> store;
    std::unique_ptr<House> house;
};

}  // namespace provost::testing_house
