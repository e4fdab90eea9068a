// Tenants and devices, their secrets, and how changes are made: whole, alone, from many threads.
#pragma once

#include "tests/contract/store_contract.h"

#include <atomic>
#include <condition_variable>
#include <latch>
#include <map>
#include <mutex>

namespace provost::contract {

TEST_P(StoreContract, DeviceComesBackWithEveryField) {
    const Device plain = sample_device(1, tenant);
    const Device full = full_device(2, tenant);
    insert(plain);
    insert(full);
    EXPECT_TRUE(same(*store->device(plain.mac).value(), plain));
    EXPECT_TRUE(same(*store->device(full.mac).value(), full));
    EXPECT_FALSE(store->device(mac(3)).value());
    change([&](Transaction& t) {
        Device changed = full;
        changed.mac = plain.mac;
        changed.token.reset();
        return t.update_device(changed);
    });
    EXPECT_EQ(store->device(plain.mac).value()->settings, full.settings);
}

TEST_P(StoreContract, R_A7_ADeviceIsFoundByItsToken) {
    insert(sample_device(1, tenant));
    Device device = full_device(2, tenant);
    insert(device);
    const auto hash = device.token->hash;
    EXPECT_TRUE(same(*store->device_by_token(hash).value(), device));
    EXPECT_FALSE(store->device_by_token(Sha256{}).value());
    const auto become = [&](std::optional<AccessToken> token) {
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(auto read, t.device(mac(2)));
            read->token = std::move(token);
            return t.update_device(*read);
        });
    };
    become(AccessToken{Sha256{9}, at(1), {}, std::nullopt});
    EXPECT_FALSE(store->device_by_token(hash).value()) << "a new one replaces it";
    EXPECT_TRUE(store->device_by_token(Sha256{9}).value());
    become(std::nullopt);
    EXPECT_FALSE(store->device_by_token(Sha256{9}).value());
    EXPECT_FALSE(store->device(mac(2)).value()->token);
}

TEST_P(StoreContract, R_A7_CredentialsOutliveSecretsAndGoByGeneration) {
    insert(sample_device(1, tenant));
    insert(sample_device(2, tenant));
    AccessCredential basic = sample_credential(2, 1);
    basic.digests.clear();
    basic.basic = Sha256{5};
    change([&](Transaction& t) -> Status {
        for (const std::int64_t generation : {3, 4})
            PROVOST_CHECK(t.put_credential(sample_credential(1, generation)));
        PROVOST_CHECK(t.put_secret(sample_secret(mac(1), "line.1.password", 1)));
        PROVOST_CHECK(t.put_credential(basic));
        EXPECT_TRUE(t.credential(basic.user).value());
        return {};
    });
    EXPECT_EQ(refusal([&](Transaction& t) { return t.put_credential(basic); }), "P-6007");
    EXPECT_EQ(refusal([](Transaction& t) { return t.put_credential(sample_credential(9, 1)); }), "P-6005");
    EXPECT_FALSE(store->credential("nobody").value());
    const auto one = store->credential("user2x1").value().value();
    EXPECT_EQ(one.device, mac(2));
    EXPECT_EQ(one.basic, Sha256{5});
    EXPECT_TRUE(one.digests.empty());
    const auto newer = store->credential("user1x4").value().value();
    EXPECT_EQ(newer.generation, 4);
    EXPECT_TRUE(newer.has_older);
    ASSERT_EQ(newer.digests.size(), 2u);
    EXPECT_TRUE(same(newer.digests[0], sample_credential(1, 4).digests[0]));
    EXPECT_FALSE(store->credential("user1x3").value()->has_older);
    EXPECT_EQ(store->secrets(mac(1)).value().size(), 1u) << "no delivery carries what verifies";
    change([](Transaction& t) -> Status {
        EXPECT_EQ(t.secrets_of_epoch(4, 10).value().size(), 5u) << "epochs close over them too";
        PROVOST_CHECK(t.destroy_secrets(mac(1)));
        EXPECT_EQ(t.credential("user1x4").value()->digests.size(), 2u);
        return t.drop_credentials(mac(1), 0, 4);
    });
    EXPECT_FALSE(store->credential("user1x3").value());
    EXPECT_FALSE(store->credential("user1x4").value()->has_older);
    change([](Transaction& t) -> Status {
        PROVOST_CHECK(t.drop_credentials(mac(1), 5, 9));
        EXPECT_EQ(t.secrets_of_epoch(4, 10).value().size(), 2u);
        return t.delete_device(mac(1));
    });
    EXPECT_FALSE(store->credential("user1x4").value());
    EXPECT_EQ(store->counts().value().secrets, 0);
    EXPECT_TRUE(store->credential("user2x1").value());
}

TEST_P(StoreContract, DeviceIsRefusedTwiceAndWithoutTenant) {
    insert(sample_device(1, tenant));
    EXPECT_EQ(refusal([&](Transaction& t) { return t.insert_device(sample_device(1, tenant)); }), "P-6001");
    EXPECT_EQ(refusal([&](Transaction& t) { return t.insert_device(sample_device(2, tenant + 100)); }),
              "P-6004");
    EXPECT_EQ(refusal([&](Transaction& t) { return t.update_device(sample_device(2, tenant)); }), "P-6005");
    EXPECT_EQ(refusal([&](Transaction& t) { return t.delete_device(mac(2)); }), "P-6005");
}

TEST_P(StoreContract, DevicesPageByMacUnderFilters) {
    const TenantId other = make_tenant("other");
    for (std::uint64_t i = 0; i < 10; ++i) {
        Device device = sample_device(9 - i, i % 2 == 0 ? tenant : other);
        device.state = i < 5 ? DeviceState::registered : DeviceState::expired;
        device.vendor = i == 3 ? "snom" : "yealink";
        insert(device);
    }
    EXPECT_THAT(macs({}, {"", 3}), testing::ElementsAre(mac(0), mac(1), mac(2)));
    EXPECT_THAT(macs({}, {mac(2).lower(), 2}), testing::ElementsAre(mac(3), mac(4)));
    EXPECT_THAT(macs({.tenant = other, .state = DeviceState::expired}),
                testing::ElementsAre(mac(0), mac(2), mac(4)));
    EXPECT_THAT(macs({.tenant = other, .vendor = "snom"}), testing::ElementsAre(mac(6)));
    EXPECT_THAT(macs({.mac_part = "65000007"}), testing::ElementsAre(mac(7)));
    EXPECT_THAT(macs({.mac_part = "' OR 1=1 --"}), testing::IsEmpty());
    EXPECT_FALSE(store->devices({}, {"nonsense", 3}));
}

TEST_P(StoreContract, TenantsFormATree) {
    Tenant child = sample_tenant("child");
    child.parent = tenant;
    child.policy = {4,
                    std::chrono::hours(1),
                    std::nullopt,
                    std::chrono::minutes(2),
                    std::chrono::days(90),
                    9,
                    AccessMethods{true, false, true, true},
                    parse_networks("192.0.2.0/24", "test").value()};
    child.settings = sample_settings();
    child.version = 5;
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(child.id, t.insert_tenant(child));
        PROVOST_TRY(const auto seen, t.tenant(child.id));
        return seen && seen->slug == "child" ? Status() : fail({"", "not seen in its own transaction"});
    });
    const auto tenants = store->tenants().value();
    ASSERT_EQ(tenants.size(), 2u);
    EXPECT_EQ(tenants[1].parent, tenant);
    EXPECT_EQ(tenants[1].policy.window, Duration(std::chrono::hours(1)));
    EXPECT_EQ(tenants[1].policy.grace, std::nullopt);
    EXPECT_EQ(tenants[1].policy.rotate_every, Duration(std::chrono::days(90)));
    EXPECT_EQ(tenants[1].policy.repeat_limit, 9);
    EXPECT_EQ(tenants[1].policy.access, child.policy.access);
    EXPECT_EQ(tenants[1].policy.fallback_networks, child.policy.fallback_networks);
    EXPECT_EQ(tenants[0].policy.access, std::nullopt);
    EXPECT_EQ(tenants[0].policy.fallback_networks, std::nullopt);
    EXPECT_EQ(tenants[1].settings, child.settings);
    EXPECT_EQ(tenants[1].version, 5);
    EXPECT_EQ(refusal([](Transaction& t) { return t.insert_tenant(sample_tenant("acme")).map([](auto) {}); }),
              "P-6002");
    EXPECT_EQ(refusal([&](Transaction& t) { return t.delete_tenant(tenant); }), "P-6003");
    insert(sample_device(1, child.id));
    EXPECT_EQ(refusal([&](Transaction& t) { return t.delete_tenant(child.id); }), "P-6003");
    change([&](Transaction& t) -> Status {
        PROVOST_CHECK(t.put_site({child.id, "berlin", {}}));
        PROVOST_CHECK(t.delete_device(mac(1)));
        return t.delete_tenant(child.id);
    });
    EXPECT_EQ(store->tenants().value().size(), 1u);
    EXPECT_TRUE(store->sites().value().empty());
}

TEST_P(StoreContract, SitesAndModelsAreReplaced) {
    change([&](Transaction& t) -> Status {
        PROVOST_CHECK(t.put_site({tenant, "berlin", {}}));
        PROVOST_CHECK(t.put_site({tenant, "berlin", sample_settings()}));
        PROVOST_CHECK(t.put_model_settings({tenant, "snom", "D785", {}}));
        return t.put_model_settings({tenant, "snom", "D785", sample_settings()});
    });
    ASSERT_EQ(store->sites().value().size(), 1u);
    EXPECT_EQ(store->sites().value()[0].settings, sample_settings());
    ASSERT_EQ(store->model_settings().value().size(), 1u);
    EXPECT_EQ(store->model_settings().value()[0].settings, sample_settings());
    EXPECT_EQ(refusal([](Transaction& t) { return t.put_site({999, "x", {}}); }), "P-6004");
}

TEST_P(StoreContract, SecretsAreReplacedMovedAndDestroyed) {
    insert(sample_device(1, tenant));
    insert(sample_device(2, tenant));
    const auto first = sample_secret(mac(1), "line.1.password", 1);
    const auto again = sample_secret(mac(1), "line.1.password", 2);
    const auto admin = sample_secret(mac(1), "admin.password", 3);
    const auto other = sample_secret(mac(2), "line.1.password", 4);
    change([&](Transaction& t) -> Status {
        for (const auto& secret : {first, again, admin, other}) PROVOST_CHECK(t.put_secret(secret));
        return {};
    });
    auto stored = store->secrets(mac(1)).value();
    ASSERT_EQ(stored.size(), 2u);
    EXPECT_TRUE(same(stored[0], admin));
    EXPECT_TRUE(same(stored[1], again));
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(auto living, t.secrets_of_epoch(4, 10));
        EXPECT_EQ(living.size(), 3u);
        EXPECT_EQ(t.secrets_of_epoch(4, 2).value().size(), 2u);
        EXPECT_EQ(t.secrets_of_epoch(5, 2).value().size(), 0u);
        PROVOST_CHECK(t.destroy_secrets(mac(1)));
        EXPECT_EQ(t.secrets(mac(1)).value().size(), 0u);
        return t.destroy_secrets(mac(1));
    });
    EXPECT_TRUE(store->secrets(mac(1)).value().empty());
    EXPECT_EQ(store->secrets(mac(2)).value().size(), 1u);
    change([](Transaction& t) { return t.delete_device(mac(2)); });
    EXPECT_TRUE(store->secrets(mac(2)).value().empty());
    EXPECT_EQ(refusal([&](Transaction& t) { return t.put_secret(other); }), "P-6005");
}

TEST_P(StoreContract, R_F4_WhatARegistrarAsksForIsKeptApartAndGoesAloneOrWithItsDevice) {
    insert(sample_device(1, tenant));
    const auto password = sample_secret(mac(1), "line.1.password", 1);
    const auto first = sample_secret(mac(1), "registrar.a", 2),
               second = sample_secret(mac(1), "registrar.b", 3);
    change([&](Transaction& t) -> Status {
        for (const auto& secret : {password, first, second}) PROVOST_CHECK(t.put_secret(secret));
        EXPECT_EQ(t.secrets(mac(1)).value().size(), 1u) << "no delivery carries them";
        EXPECT_EQ(t.secrets_of_epoch(4, 10).value().size(), 3u) << "they move on with their epoch";
        PROVOST_CHECK(t.destroy_secrets(mac(1)));
        PROVOST_CHECK(t.drop_all_credentials(mac(1)));
        return t.destroy_secret(mac(1), "registrar.a");
    });
    EXPECT_FALSE(store->secret(mac(1), "registrar.a").value());
    EXPECT_FALSE(store->secret(mac(2), "registrar.b").value());
    const auto kept = store->secret(mac(1), "registrar.b").value();
    ASSERT_TRUE(kept);
    EXPECT_TRUE(same(*kept, second));
    change([](Transaction& t) -> Status {
        PROVOST_CHECK(t.destroy_secret(mac(1), "registrar.none"));
        return t.delete_device(mac(1));
    });
    EXPECT_FALSE(store->secret(mac(1), "registrar.b").value());
}

TEST_P(StoreContract, CountsWhatIsThere) {
    EXPECT_EQ(store->counts().value().events, 0);
    insert(sample_device(1, tenant));
    insert(full_device(2, tenant));
    change([&](Transaction& t) -> Status {
        PROVOST_CHECK(t.put_secret(sample_secret(mac(1), "line.1.password", 1)));
        PROVOST_CHECK(t.put_outbox({0, at(1), tenant, mac(1), 7, "line.1", "u", "r", "", "", true}));
        return t.insert_event(sample_event("visit", 1)).map([](auto) {});
    });
    const auto counts = store->counts().value();
    EXPECT_EQ(counts.devices, 2);
    EXPECT_EQ(counts.tenants, 1);
    EXPECT_EQ(counts.secrets, 1);
    EXPECT_EQ(counts.outbox_waiting, 1);
    EXPECT_EQ(counts.events, 1);
    EXPECT_THAT(counts.by_state, testing::UnorderedElementsAre(testing::Pair("registered", 1),
                                                               testing::Pair("delivering", 1)));
}

TEST_P(StoreContract, WhatCanWaitIsWrittenInItsPlaceAndSoon) {
    store->submit_later([&](Transaction& t) { return t.insert_device(sample_device(1, tenant)); });
    change([&](Transaction& t) { return t.delete_device(mac(1)); });
    EXPECT_FALSE(store->device(mac(1)).value());
    store->submit_later([&](Transaction& t) { return t.insert_device(sample_device(2, tenant)); });
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!store->device(mac(2)).value() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_TRUE(store->device(mac(2)).value()) << "without anything that comes after it";
}

TEST_P(StoreContract, AFailedChangeIsUndoneAloneAndWhole) {
    std::latch begun(1), all(3);
    std::atomic<int> good = 0;
    const auto count = [&](Status outcome) {
        if (outcome) ++good;
        all.count_down();
    };
    // Holds the writer, so that the others wait together and share a commit.
    store->submit(
        [&](Transaction&) -> Status {
            begun.wait();
            return {};
        },
        nullptr);
    store->submit([&](Transaction& t) { return t.insert_device(sample_device(1, tenant)); }, count);
    store->submit(
        [&](Transaction& t) -> Status {
            PROVOST_CHECK(t.insert_device(sample_device(2, tenant)));
            return fail({"P-1", "changed my mind"});
        },
        count);
    store->submit([&](Transaction& t) { return t.insert_device(sample_device(3, tenant)); }, count);
    begun.count_down();
    all.wait();
    EXPECT_EQ(good, 2);
    EXPECT_THAT(macs({}), testing::ElementsAre(mac(1), mac(3)));
    EXPECT_NE(refusal([&](Transaction& t) -> Status {
                  PROVOST_CHECK(t.insert_device(sample_device(4, tenant)));
                  throw std::runtime_error("accident");
              }),
              "");
    EXPECT_FALSE(store->device(mac(4)).value());
}

TEST_P(StoreContract, WhatSomebodyWaitsForRunsOnceAndCostsNoEvent) {
    int runs = 0;
    const auto halfway = [&](Transaction& t) -> Status {
        ++runs;
        PROVOST_CHECK(t.insert_device(sample_device(1, tenant)));
        return fail({"P-1", "changed my mind"});
    };
    store->submit_later([&](Transaction& t) { return t.insert_device(sample_device(2, tenant)); });
    store->record(visit(mac(2), 1));
    EXPECT_EQ(refusal(halfway), "P-1");
    EXPECT_EQ(runs, 1);
    EXPECT_THAT(macs({}), testing::ElementsAre(mac(2)));
    EXPECT_EQ(events_after(0, 10).size(), 1u);
}

TEST_P(StoreContract, ManyThreadsWriteAndRead) {
    constexpr std::uint64_t each = 50;
    std::vector<std::thread> threads;
    for (std::uint64_t n = 0; n < 4; ++n)
        threads.emplace_back([this, n] {
            for (std::uint64_t i = 0; i < each; ++i) {
                const Device device = sample_device(n * each + i, tenant);
                EXPECT_TRUE(store->apply([&](Transaction& t) { return t.insert_device(device); }));
                EXPECT_TRUE(store->device(device.mac).value()) << "a change that was acknowledged is read";
                store->record(visit(device.mac, 1));
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(store->counts().value().devices, static_cast<std::int64_t>(4 * each));
    EXPECT_EQ(events_after(0, 4 * each).size(), 4 * each);
}

TEST_P(StoreContract, ADoneCallbackMaySubmitAgain) {
    std::latch finished(1);
    store->submit([&](Transaction& t) { return t.insert_device(sample_device(1, tenant)); },
                  [&](Status) {
                      store->submit([&](Transaction& t) { return t.insert_device(sample_device(2, tenant)); },
                                    [&](Status) { finished.count_down(); });
                  });
    finished.wait();
    EXPECT_TRUE(store->device(mac(2)).value());
    EXPECT_TRUE(store->checkpoint());
}

}  // namespace provost::contract
