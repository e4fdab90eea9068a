// The trail in its table: with each change or not at all, and never against its keys.
#include "service/audit_keeper.h"
#include "service/audit_verifier.h"
#include "temporary_store.h"
#include "tests/contract/store_samples.h"

#include <chrono>
#include <thread>

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

namespace provost {
namespace {

using contract::sample_tenant;

AuditEntry entry(const std::string& detail) {
    AuditEntry e;
    e.at = contract::at(5);
    e.kind = "delivery.begun";
    e.device = contract::mac(1);
    e.detail = detail;
    return e;
}

class AuditTrailTest : public SqliteStoreTest {
 protected:
    AuditTrailTest() { open_with_keys(); }
    void open_with_keys() {
        store.reset();
        auto opened = open_sqlite_store(file, keys);
        ASSERT_TRUE(opened) << opened.error().text();
        store = std::move(*opened);
    }
    std::string refusal() {
        store.reset();
        const auto opened = open_sqlite_store(file, keys);
        return opened ? "" : opened.error().code;
    }
    Status add(const std::string& detail) {
        return store->apply([&](Transaction& t) { return t.audit(entry(detail)); });
    }
    AuditVerdict verify() {
        AuditVerifier verifier({keys->start()}, {});
        EXPECT_TRUE(read_audit(file, [&](const AuditRow& row) { verifier.take(row); }));
        return verifier.finish();
    }
    void execute(const std::string& sql) {
        sqlite3* raw = nullptr;
        ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(raw);
        sqlite3_close(raw);
    }

    std::shared_ptr<contract::AuditKeysOfTests> keys = contract::test_audit_keys();
};

TEST_F(AuditTrailTest, R_C7_BeginsWithItsKeysAndGoesOnAfterRestartsAndSteps) {
    for (int round = 0; round < 3; ++round) {
        ASSERT_TRUE(add("a"));
        ASSERT_TRUE(store->ratchet_audit());
        ASSERT_TRUE(add("b"));
        open_with_keys();
    }
    const auto verdict = verify();
    EXPECT_EQ(verdict.faulty, 0) << verdict.faults[0].what;
    EXPECT_EQ(verdict.entries, 7);
    EXPECT_EQ(verdict.macs_checked, 7);
    EXPECT_EQ(store->audit_tail()->seq, 7);
}

TEST_F(AuditTrailTest, R_C7_AnActIsInTheTrailToo) {
    change([](Transaction& t) -> Status {
        Event event;
        event.at = contract::at(9);
        event.kind = "device.armed";
        event.device = contract::mac(1);
        event.actor = "cli:root";
        return t.insert_event(event).map([](std::int64_t) {});
    });
    const auto page = store->audit({contract::mac(1), "device.", {}, {}, {}}, 0, 10).value();
    ASSERT_EQ(page.rows.size(), 1u);
    EXPECT_EQ(page.rows[0].entry.kind, "device.armed");
    EXPECT_EQ(page.rows[0].entry.actor, "cli:root");
    EXPECT_EQ(page.rows[0].entry.at, contract::at(9));
    EXPECT_GT(page.rows[0].entry.uptime, 0);
}

TEST_F(AuditTrailTest, R_C7_AChangeThatIsRolledBackTakesItsEntriesWithIt) {
    ASSERT_TRUE(add("kept"));
    const auto refused = store->apply([](Transaction& t) -> Status {
        PROVOST_CHECK(t.audit(entry("never was")));
        return fail({"P-9999", "no"});
    });
    EXPECT_FALSE(refused);
    ASSERT_TRUE(add("kept too"));
    const auto verdict = verify();
    EXPECT_EQ(verdict.faulty, 0);
    EXPECT_EQ(verdict.entries, 3);
}

// In one batch: a change that fails must not tear the chain of those that are committed with it.
TEST_F(AuditTrailTest, R_C7_ManyChangesAtOnceMakeOneChain) {
    std::atomic<int> done = 0;
    for (int i = 0; i < 500; ++i)
        store->submit(
            [i](Transaction& t) -> Status {
                PROVOST_CHECK(t.audit(entry(std::to_string(i))));
                if (i % 3 == 0) return fail({"P-9999", "no"});
                return {};
            },
            [&](Status) { ++done; });
    ASSERT_TRUE(add("last"));
    EXPECT_EQ(done, 500);
    const auto verdict = verify();
    EXPECT_EQ(verdict.faulty, 0);
    EXPECT_EQ(verdict.entries, 1 + 333 + 1);
}

TEST_F(AuditTrailTest, R_C7_NoAuditNoChange) {
    execute("CREATE TRIGGER broken BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no space'); END");
    const auto refused = store->apply([](Transaction& t) -> Status {
        PROVOST_CHECK(t.put_note("secret", "given away"));
        return t.audit(entry("x"));
    });
    EXPECT_FALSE(refused);
    EXPECT_EQ(store->note("secret").value(), "");
    execute("DROP TRIGGER broken");
    ASSERT_TRUE(add("and goes on by itself"));
    EXPECT_EQ(verify().faulty, 0);
}

TEST_F(AuditTrailTest, R_C7_EntriesGoneSinceTheKeysWereWrittenStopTheStart) {
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(add("a"));
    ASSERT_TRUE(store->ratchet_audit());
    ASSERT_TRUE(add("b"));
    store.reset();
    execute("DELETE FROM audit WHERE seq > 4");
    EXPECT_EQ(refusal(), "P-6040");
}

// A disk that fails and then lacks what it had acknowledged: no delivery goes on as if nothing were.
TEST_F(AuditTrailTest, R_C7_AnAcknowledgedEntryThatADiskLostIsNoticedWhenItHeals) {
    ASSERT_TRUE(add("a"));
    ASSERT_TRUE(add("lost"));
    execute("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)");
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit nothing{512, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &nothing), 0);
    EXPECT_EQ(add("refused").error().code, "P-6010");
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::string code;
    for (int i = 0; i < 100 && code != "P-6040"; ++i) {
        const auto done = add("never");
        ASSERT_FALSE(done);
        code = done.error().code;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(code, "P-6040");
}

TEST_F(AuditTrailTest, R_C7_AChangeSinceTheKeysWereWrittenStopsTheStart) {
    ASSERT_TRUE(add("a"));
    ASSERT_TRUE(store->ratchet_audit());
    ASSERT_TRUE(add("b"));
    ASSERT_TRUE(add("c"));
    store.reset();
    execute("UPDATE audit SET actor = 'nobody' WHERE seq = 3");
    EXPECT_EQ(refusal(), "P-6040");
    execute("UPDATE audit SET actor = '' WHERE seq = 3");
    EXPECT_EQ(refusal(), "") << "as it was before";
}

TEST_F(AuditTrailTest, R_C7_NewKeysGoOnWithTheTrailAndSayWhy) {
    ASSERT_TRUE(add("a"));
    const auto old = keys;
    keys = contract::test_audit_keys();
    open_with_keys();
    ASSERT_TRUE(add("b"));
    const auto page = store->audit({{}, "audit.", {}, {}, {}}, 0, 10).value();
    ASSERT_EQ(page.rows.size(), 2u);
    EXPECT_EQ(page.rows[0].entry.seq, 3);
    EXPECT_EQ(page.rows[0].entry.detail, "a test");
    EXPECT_EQ(verify().faults.at(0).seq, 1) << "the first keys were not given";
    AuditVerifier both({old->start(), keys->start()}, {});
    ASSERT_TRUE(read_audit(file, [&](const AuditRow& row) { both.take(row); }));
    EXPECT_EQ(both.finish().faulty, 0);
}

TEST_F(AuditTrailTest, ListsByFilterNewestFirstInPages) {
    for (int i = 0; i < 9; ++i) ASSERT_TRUE(add(std::to_string(i)));
    const auto first = store->audit({contract::mac(1), "", {}, {}, {}}, 0, 4).value();
    ASSERT_EQ(first.rows.size(), 4u);
    EXPECT_EQ(first.rows[0].entry.seq, 10);
    EXPECT_EQ(first.looked_until, 7);
    const auto rest = store->audit({contract::mac(1), "", {}, {}, {}}, first.looked_until, 100).value();
    ASSERT_EQ(rest.rows.size(), 5u);
    EXPECT_EQ(rest.looked_until, 0) << "there is no more";
    EXPECT_TRUE(store->audit({contract::mac(2), "", {}, {}, {}}, 0, 4)->rows.empty());
    EXPECT_TRUE(store->audit({{}, "delivery", {}, {}, {}}, 0, 4)->rows.empty()) << "not a whole kind";
    EXPECT_EQ(store->audit({{}, "delivery.", {}, {}, contract::at(5), contract::at(6)}, 0, 100)->rows.size(),
              9u);
    EXPECT_TRUE(store->audit({{}, "delivery.", {}, {}, contract::at(6), {}}, 0, 100)->rows.empty());
}

TEST_F(AuditTrailTest, R_C7_AHeadIsSentEachMinuteWithNewsEachHourWithoutAndUntilASinkTakesIt) {
    std::vector<AuditHead> sent;
    bool broken = false;
    AuditKeeper keeper(*store, keys, {[&](const AuditHead& head) -> Status {
        if (broken) return fail({"P-1110", "no space"});
        sent.push_back(head);
        return {};
    }});
    std::chrono::steady_clock::time_point monotonic;
    auto now = contract::at(0);
    const auto pass = [&](std::chrono::seconds time) {
        monotonic += time;
        now += time;
        return keeper.tick(now, monotonic).has_value();
    };
    using namespace std::chrono_literals;
    EXPECT_TRUE(pass(0s));
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_TRUE(is_signed_by(keys->start().public_key, sent[0]));
    EXPECT_EQ(keys->base(), sent[0].tail) << "nobody can change what the head names";
    ASSERT_TRUE(add("news"));
    EXPECT_TRUE(pass(59s));
    EXPECT_EQ(sent.size(), 1u);
    EXPECT_TRUE(pass(1s));
    EXPECT_EQ(sent.size(), 2u);
    EXPECT_TRUE(pass(60s));
    EXPECT_EQ(sent.size(), 2u) << "no news";
    EXPECT_TRUE(pass(3600s));
    EXPECT_EQ(sent.size(), 3u) << "a sign of life";
    ASSERT_TRUE(add("more"));
    broken = true;
    EXPECT_FALSE(pass(60s));
    broken = false;
    EXPECT_TRUE(pass(60s));
    ASSERT_EQ(sent.size(), 4u);
    EXPECT_EQ(sent.back().tail, store->audit_tail().value());
}

}  // namespace
}  // namespace provost
