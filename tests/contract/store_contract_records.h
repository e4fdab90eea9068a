// More of what every store must do: what is written down beside tenants, devices and secrets.
#pragma once

#include "tests/contract/store_contract.h"

namespace provost::contract {

TEST_P(StoreContract, R_D1_ExceptionsComeBackAndGoWithTheirDevice) {
    const Device device = sample_device(1, tenant);
    insert(device);
    HardeningException one;
    one.tenant = tenant;
    one.site = "berlin";
    one.vendor = "yealink";
    one.model = "T54W";
    one.rule = "web-ui-off";
    one.owner = "Jo";
    one.reason = "lift phone";
    one.made = at(1);
    one.until = at(2);
    one.actor = "cli:root";
    HardeningException two = one;
    two.device = device.mac;
    two.until = std::nullopt;
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(one.id, t.insert_exception(one));
        PROVOST_TRY(two.id, t.insert_exception(two));
        return {};
    });
    const auto both = store->exceptions().value();
    ASSERT_EQ(both.size(), 2u);
    EXPECT_EQ(both[0].site, "berlin");
    EXPECT_EQ(both[0].until, at(2));
    EXPECT_EQ(both[1].device, device.mac);
    EXPECT_EQ(both[1].until, std::nullopt);
    change([&](Transaction& t) { return t.delete_device(device.mac); });
    EXPECT_EQ(store->exceptions().value().size(), 1u);
    change([&](Transaction& t) { return t.delete_exception(one.id); });
    EXPECT_EQ(refusal([&](Transaction& t) { return t.delete_exception(one.id); }), "P-6005");
    HardeningException nowhere = one;
    nowhere.tenant = 4711;
    EXPECT_EQ(refusal([&](Transaction& t) { return t.insert_exception(nowhere).map([](std::int64_t) {}); }),
              "P-6004");
}

TEST_P(StoreContract, R_C5_BansComeBackOneForEachNetwork) {
    Ban one;
    one.network = parse_networks("192.0.2.7", "test").value().front();
    one.rule = "mac-sweep";
    one.evidence = "30 MACs within 12 s";
    one.made = at(1);
    one.until = at(2);
    one.actor = "guard";
    Ban other = one;
    other.network = parse_networks("2001:db8::/48", "test").value().front();
    other.until = std::nullopt;
    change([&](Transaction& t) -> Status {
        EXPECT_FALSE(t.ban(one.network).value());
        PROVOST_TRY(one.id, t.put_ban(one));
        PROVOST_TRY(other.id, t.put_ban(other));
        one.level = 2;
        PROVOST_TRY(const auto again, t.put_ban(one));
        EXPECT_NE(again, one.id);
        one.id = again;
        EXPECT_EQ(t.ban(one.network).value()->level, 2);
        return {};
    });
    const auto both = store->bans().value();
    ASSERT_EQ(both.size(), 2u);
    EXPECT_EQ(both[0].id, one.id);
    EXPECT_EQ(both[0].network, one.network);
    EXPECT_EQ(both[0].evidence, one.evidence);
    EXPECT_EQ(both[0].until, at(2));
    EXPECT_EQ(both[1].network, other.network);
    EXPECT_EQ(both[1].until, std::nullopt);
    change([&](Transaction& t) { return t.drop_bans(at(3)); });
    EXPECT_EQ(store->bans().value().size(), 1u);
    change([&](Transaction& t) { return t.delete_ban(other.id); });
    EXPECT_EQ(refusal([&](Transaction& t) { return t.delete_ban(other.id); }), "P-6005");
}

// What is refused makes nobody known (R-C5): neither a stranger, nor a phone that proved itself and was sent
// away, nor one that nobody registered.
TEST_P(StoreContract, R_C4_R_C5_SourcesWhereDevicesWereServedAreToldOnceEach) {
    insert(sample_device(1, tenant));
    const auto come = [&](const char* source, int second, const char* rule, bool proved, TenantId whose) {
        Event event = visit(mac(1), second);
        event.source = source;
        event.rule = rule;
        event.proved = proved;
        event.tenant = whose;
        store->record(event);
    };
    come("2001:db8::1", 50, "first-delivery", true, tenant);
    come("2001:db8::1", 55, "resync", true, tenant);
    come("192.0.2.9", 10, "resync", true, tenant);
    come("192.0.2.66", 60, "key-mismatch", true, tenant);
    come("192.0.2.67", 60, "clone-suspected", true, tenant);
    come("192.0.2.68", 60, "no-certificate", false, 0);
    come("192.0.2.69", 60, "resync", true, 0);
    ASSERT_EQ(events_after(0, 7).size(), 7u);
    const auto all = store->sources(at(0), 10).value();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].address, "2001:db8::1");
    EXPECT_EQ(all[0].at, at(55));
    EXPECT_EQ(all[1].address, "192.0.2.9");
    EXPECT_EQ(store->sources(at(11), 10).value().size(), 1u);
    EXPECT_EQ(store->sources(at(0), 1).value().size(), 1u);
}

TEST_P(StoreContract, OutboxPagesAndIsMarkedSent) {
    OutboxEntry entry{0, at(1), tenant, mac(1), 7, "line.1", "1001", "example.org", "aa", "bb", false};
    change([&](Transaction& t) -> Status {
        for (int i = 0; i < 3; ++i) PROVOST_CHECK(t.put_outbox(entry));
        return {};
    });
    const auto all = store->outbox(false, {}).value();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_LT(all[0].id, all[1].id);
    EXPECT_EQ(all[2].ha1_sha256, "bb");
    entry = all[0];
    entry.sent = at(2);
    entry.ha1_md5 = "";
    change([&](Transaction& t) { return t.put_outbox(entry).map([](auto) {}); });
    EXPECT_EQ(store->outbox(true, {}).value().size(), 2u);
    EXPECT_EQ(store->outbox(false, {}).value()[0].sent, at(2));
    EXPECT_EQ(store->outbox(false, {}).value()[0].ha1_md5, "");
    EXPECT_EQ(store->outbox(true, {std::to_string(all[1].id), 10}).value().size(), 1u);
    EXPECT_FALSE(store->outbox(true, {"x", 10}));
}

TEST_P(StoreContract, DeliveriesBeginAndEnd) {
    DeliveryRecord record{0,         at(1),       mac(1),          7,  Rule::first_delivery,
                          Sha256{9}, "192.0.2.1", Transfer::begun, {}, Access::token};
    std::int64_t first = 0, second = 0;
    change([&](Transaction& t) -> Status {
        PROVOST_TRY(first, t.insert_delivery(record));
        PROVOST_TRY(second, t.insert_delivery(record));
        PROVOST_CHECK(t.end_delivery(first, Transfer::broken, at(2)));
        return t.delivery(first).map([](const auto& seen) { EXPECT_EQ(seen->transfer, Transfer::broken); });
    });
    const auto all = store->deliveries(mac(1), 10).value();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].id, second);
    EXPECT_EQ(all[0].transfer, Transfer::begun);
    EXPECT_EQ(all[1].ended, at(2));
    EXPECT_EQ(all[1].key, record.key);
    EXPECT_EQ(all[1].rule, Rule::first_delivery);
    EXPECT_EQ(all[1].proof, Access::token);
    EXPECT_EQ(store->deliveries(mac(1), 1).value().size(), 1u);
    EXPECT_EQ(refusal([](Transaction& t) { return t.end_delivery(99, Transfer::complete, at(3)); }),
              "P-6005");
}

TEST_P(StoreContract, EventsAreFilteredInOrder) {
    change([&](Transaction& t) -> Status {
        for (int i = 0; i < 6; ++i) {
            Event event = sample_event(i % 2 == 0 ? "visit" : "device.armed", i);
            if (i >= 3) event.device = mac(1);
            if (i == 4) event.rule = std::string(to_text(Rule::claim_mismatch));
            event.path = "/\xff\x01" + std::to_string(i);
            event.proof = "digest";
            PROVOST_CHECK(t.insert_event(event));
        }
        return {};
    });
    const auto all = store->events({}, 0, 100).value();
    ASSERT_EQ(all.size(), 6u);
    EXPECT_EQ(all[5].path,
              "/\xff\x01"
              "5");
    EXPECT_EQ(all[5].proof, "digest");
    EXPECT_LT(all[0].id, all[1].id);
    EXPECT_EQ(store->events({}, all[3].id, 100).value().size(), 2u);
    EXPECT_EQ(store->events({.device = mac(1)}, 0, 100).value().size(), 3u);
    EXPECT_EQ(store->events({.kind = "device.armed"}, 0, 2).value().size(), 2u);
    const auto last = store->last_events({.device = mac(1), .kind = "visit"}, 5).value();
    ASSERT_EQ(last.size(), 1u);
    EXPECT_EQ(last[0].at, at(4));
    EXPECT_EQ(store->last_events({}, 2).value()[0].at, at(5));
    EXPECT_EQ(store->last_events({.refusals_only = true}, 9).value().size(), 1u);
    EXPECT_EQ(store->last_events({.rule = std::string(to_text(Rule::resync))}, 9).value().size(), 0u);
    const auto acts = store->events({.without_visits = true}, all[1].id, 9).value();
    ASSERT_EQ(acts.size(), 2u);
    EXPECT_EQ(acts[0].kind, "device.armed");
}

TEST_P(StoreContract, TrustAndNotesAreKept) {
    std::int64_t id = 0;
    change([&](Transaction& t) -> Status {
        PROVOST_CHECK(t.insert_trust({0, "crl", "", "", "", "ab", "PEM", "", at(1), "cli:root"}));
        PROVOST_TRY(id,
                    t.insert_trust({0, "anchor", "snom", "a", "p", "cd", "PEM2", "why", at(2), "cli:root"}));
        EXPECT_EQ(t.note("clock.last").value(), "");
        PROVOST_CHECK(t.put_note("clock.last", "1"));
        return t.put_note("clock.last", "2");
    });
    EXPECT_EQ(store->note("clock.last").value(), "2");
    ASSERT_EQ(store->trust().value().size(), 2u);
    EXPECT_EQ(store->trust().value()[1].pem, "PEM2");
    change([&](Transaction& t) { return t.delete_trust(id); });
    EXPECT_EQ(store->trust().value().size(), 1u);
    EXPECT_EQ(refusal([&](Transaction& t) { return t.delete_trust(id); }), "P-6005");
}

}  // namespace provost::contract
