// Imports and their undo over the real store: what goes back, what stays because somebody built on it, what
// an end in the middle leaves, and what is kept for how long.
#include "house_fixture.h"
#include "service/diagnostics.h"
#include "service/import_devices.h"
#include "service/undo_import.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

namespace provost::testing_house {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

class ImportUndoTest : public HouseTest {
 protected:
    static Actor anybody() {
        Actor actor;
        actor.name = "anna";
        actor.tenant.reset();
        return actor;
    }
    static bool always(std::size_t = 0, std::size_t = 0) { return true; }
    static std::string row(int number, const std::string& cells) {
        return mac_of(number).lower() + "," + cells + "\n";
    }

    void import(std::int64_t number, const std::string& file, bool arm = false) {
        ImportOptions options;
        options.tenant = "acme";
        options.actor = "anna";
        options.who = anybody();
        options.arm = arm;
        options.number = number;
        ImportRecord record;
        record.number = number;
        ASSERT_TRUE(store->apply([&](Transaction& t) { return t.imports().insert(record); }));
        ImportDevices importer(*house);
        auto plan = importer.check(file, options, always).value();
        ASSERT_EQ(plan.report.refused, 0u) << plan.report.problems.front().error.text();
        ASSERT_TRUE(importer.apply(plan, always));
        ASSERT_TRUE(plan.report.problems.empty()) << plan.report.problems.front().error.text();
    }
    ImportUndo undo(std::int64_t number, const Actor& actor = anybody()) {
        EXPECT_TRUE(UndoImport(*house, number, actor).run([] { return true; }).value());
        EXPECT_TRUE(store->imports().traces(number, {}, 1).value().empty());
        return store->imports().find(number).value()->undo;
    }
    // "2 left changed, 3 restored secrets-gone"
    std::string told(std::int64_t number) {
        std::string text;
        const auto rows = store->imports().undone(number, 0, 100).value();
        for (const auto& one : rows)
            text += (text.empty() ? "" : ", ") + std::to_string(one.row) + " " +
                    std::string(to_text(one.step)) + " " + std::string(to_text(one.why));
        return text;
    }
    // With a store for which so many changes may wait.
    void reopen(std::size_t changes_waiting) {
        store.reset();
        SqliteOptions options;
        options.changes_waiting = changes_waiting;
        store = open_sqlite_store(folder / "provost.db", audit_keys, options).value();
        house.reset(new House{*store, *keys, clock, policies, house->vendors, testing_house::read_profile()});
    }
    std::optional<Device> found(int number) { return store->device(mac_of(number)).value(); }
    void call_home(int number) {
        PhoneService phones(*house, DoorTraits());
        const auto reply = visit(phones, proof(number), file_of(number));
        ASSERT_EQ(reply.status, 200);
        phones.transferred(reply.delivery, Transfer::complete);
        ASSERT_TRUE(store->apply([](Transaction&) { return Status(); })) << "what was queued is written";
    }
    void change(int number, Devices::Draft draft) {
        ASSERT_TRUE(DeviceService(*house).change(mac_of(number), draft, std::nullopt, "jo"));
    }
    std::vector<OutboxEntry> outbox() { return store->outbox(true, {}).value(); }
};

constexpr const char* header = "mac,line.1.user\n";

TEST_F(ImportUndoTest, A6_WhatItAddedGoesAsIfItHadNeverBeen) {
    import(1, header + row(1, "u1") + row(2, "u2"), true);
    EXPECT_EQ(device(1).state, DeviceState::armed);
    EXPECT_GT(secrets(1), 0u);
    EXPECT_EQ(outbox().size(), 2u);
    const auto undone = undo(1);
    EXPECT_EQ(undone.removed, 2u);
    EXPECT_EQ(undone.left + undone.restored, 0u);
    EXPECT_FALSE(found(1) || found(2));
    EXPECT_EQ(secrets(1), 0u);
    ASSERT_EQ(outbox().size(), 2u);
    for (const auto& entry : outbox())
        EXPECT_TRUE(entry.withdraw) << "the registrar is to forget the account";
    EXPECT_EQ(store->counts()->secrets, 0);
    EXPECT_EQ(told(1), "");
    EventFilter removed;
    removed.kind = "device.removed";
    const auto events = store->last_events(removed, 10).value();
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[0].actor, "anna");
    EXPECT_EQ(events[0].detail, "import i00000001 undone");
}

TEST_F(ImportUndoTest, A6_WhatItChangedGoesBackWhole) {
    add_armed(1);
    Devices::Draft draft;
    draft.site = "berlin";
    draft.model = "T54W";
    draft.settings = {{"line.1.label", "Desk"}};
    change(1, draft);
    const auto before = device(1);
    import(1, "mac,model,site,secret_mode,line.1.user,line.1.label,line.1.display_name\n" +
                  row(1, "T46U,wien,rotate,u9,Hall,Nine"));
    ASSERT_EQ(device(1).site, "wien");
    const auto sealed = secrets(1);
    const auto undone = undo(1);
    EXPECT_EQ(undone.restored, 1u);
    EXPECT_EQ(undone.to_arm, 0u);
    auto after = device(1);
    EXPECT_EQ(after.version, before.version + 2);
    EXPECT_EQ(after.site, "berlin");
    EXPECT_EQ(after.model, "T54W");
    EXPECT_EQ(after.secret_mode, before.secret_mode);
    EXPECT_EQ(after.settings, before.settings);
    EXPECT_EQ(after.state, DeviceState::armed);
    EXPECT_EQ(secrets(1), sealed) << "an import that did not touch them leaves them, and so does its undo";
}

TEST_F(ImportUndoTest, A6_WhatSomebodyOrAPhoneBuiltOnIsLeftAndTold) {
    for (const int i : {5, 6}) add_armed(i);
    import(1,
           header + row(1, "u1") + row(2, "u2") + row(3, "u3") + row(4, "u4") + row(5, "v5") + row(6, "v6") +
               row(7, "u7"),
           true);
    call_home(1);   // an added one that was delivered
    change(2, {});  // ... that a person touched
    ASSERT_TRUE(DeviceService(*house).remove(mac_of(3), "jo"));
    add_armed(3);  // ... that is another device now
    clock.advance(1s);
    ASSERT_TRUE(Diagnostics(*house).open(mac_of(4), {"one-way audio", std::nullopt, false}, "jo"));
    call_home(5);  // a changed one that was delivered
    const auto preview = preview_undo(*house, 1, anybody(), 3).value();
    EXPECT_EQ(preview.left, 5u);
    EXPECT_EQ(preview.restored, 1u);
    EXPECT_EQ(preview.removed, 1u);
    EXPECT_EQ(preview.rows.size(), 3u);
    EXPECT_TRUE(found(7)) << "a preview changes nothing";
    const auto undone = undo(1);
    EXPECT_EQ(undone.left, 5u);
    EXPECT_EQ(undone.restored, 1u);
    EXPECT_EQ(undone.removed, 1u);
    EXPECT_EQ(told(1), "2 left delivered, 3 left changed, 4 left removed, 5 left attached, 6 left delivered");
    EXPECT_EQ(device(1).state, DeviceState::grace);
    EXPECT_TRUE(found(2) && found(3) && found(4));
    EXPECT_FALSE(found(7));
    EXPECT_EQ(to_text(device(6).settings[0].key) + device(6).settings[0].value, "line.1.useru6");
}

TEST_F(ImportUndoTest, A6_SecretsThatItDestroyedDoNotComeBack) {
    add_armed(1);  // its secrets wait
    add_armed(2);
    call_home(2);
    clock.advance(2h);
    Housekeeper keeper(*house);
    ASSERT_TRUE(keeper.tick(clock.now(), std::chrono::steady_clock::time_point()));
    ASSERT_EQ(device(2).state, DeviceState::provisioned);  // its secrets went to the phone long ago
    const auto credentials_since = device(2).credentials_since;
    import(1, "mac,access\n" + row(1, "digest") + row(2, "digest"));
    ASSERT_EQ(device(1).state, DeviceState::registered);
    ASSERT_EQ(device(2).state, DeviceState::registered);
    const auto undone = undo(1);
    EXPECT_EQ(undone.restored, 2u);
    EXPECT_EQ(undone.to_arm, 1u);
    EXPECT_EQ(told(1), "2 restored secrets-gone");
    EXPECT_EQ(device(1).access, Access::certificate);
    EXPECT_EQ(device(1).state, DeviceState::registered) << "it gets nothing until a person arms it";
    EXPECT_EQ(secrets(1), 0u);
    EXPECT_EQ(device(2).access, Access::certificate);
    EXPECT_EQ(device(2).state, DeviceState::provisioned) << "its phone has what it had";
    EXPECT_EQ(device(2).credentials_since, credentials_since);
}

TEST_F(ImportUndoTest, A6_ImportsAreUndoneOneAfterTheOtherBackwards) {
    add_armed(1);
    const auto before = device(1).settings;
    import(1, header + row(1, "v1") + row(2, "v2"));
    import(2, header + row(1, "w1") + row(2, "w2"));
    EXPECT_EQ(preview_undo(*house, 1, anybody(), 10)->left, 2u) << "the second built on it";
    EXPECT_EQ(undo(2).restored, 2u);
    EXPECT_EQ(device(1).settings[0].value, "v1");
    const auto undone = undo(1);
    EXPECT_EQ(undone.restored, 1u);
    EXPECT_EQ(undone.removed, 1u);
    EXPECT_EQ(device(1).settings, before);
    EXPECT_FALSE(found(2));
}

TEST_F(ImportUndoTest, R_F2_WhatIsOutOfSightByNowIsLeft) {
    Tenants::Draft kid;
    kid.slug = "kid";
    kid.parent = "acme";
    ASSERT_TRUE(TenantService(*house).create(kid, "test"));
    import(1, "mac,tenant,line.1.user\n" + row(1, "acme,u1") + row(2, "kid,u2"));
    Actor of_kid = anybody();
    of_kid.tenant = device(2).tenant;
    const auto undone = undo(1, of_kid);
    EXPECT_EQ(undone.left, 1u);
    EXPECT_EQ(undone.removed, 1u);
    EXPECT_EQ(told(1), "2 left out-of-sight");
    EXPECT_TRUE(found(1));
}

TEST_F(ImportUndoTest, A6_ItGoesOnWhereItStopped) {
    std::string file = header;
    for (int i = 1; i <= 250; ++i) file += row(i, "u" + std::to_string(i));
    import(1, file, true);
    int batches = 0;
    EXPECT_FALSE(UndoImport(*house, 1, anybody()).run([&] { return ++batches < 2; }).value());
    EXPECT_EQ(store->imports().find(1).value()->undo.removed, 100u);
    EXPECT_EQ(store->imports().traces(1, {}, 1000)->size(), 150u);
    EXPECT_EQ(undo(1).removed, 250u);
    EXPECT_EQ(house->store.fleet().page({})->total, 0);
    EXPECT_EQ(undo(1).removed, 250u) << "once more changes nothing";
}

TEST_F(ImportUndoTest, A6_AStoreThatTakesNothingCostsNoRow) {
    import(1, header + row(1, "u1") + row(2, "u2"));
    ImportOptions options;
    options.tenant = "acme";
    options.who = anybody();
    auto plan = ImportDevices(*house).check(header + row(3, "u3"), options, always).value();
    reopen(0);
    const auto refused = ImportDevices(*house).apply(plan, always);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "P-6011");
    EXPECT_TRUE(plan.report.problems.empty()) << "the row is not at fault";
    int tries = 0;
    EXPECT_FALSE(UndoImport(*house, 1, anybody()).run([&] { return ++tries < 3; }).value());
    reopen(100);
    EXPECT_EQ(undo(1).removed, 2u);
    EXPECT_EQ(told(1), "");
}

TEST_F(ImportUndoTest, A6_OneRowThatFailsHoldsBackNoOther) {
    import(1, header + row(1, "u1") + row(2, "u2") + row(3, "u3"));
    // A state that no program writes: it can't be read.
    const auto closed = [&](const std::string& sql) {
        store.reset();
        sqlite3* raw = nullptr;
        ASSERT_EQ(sqlite3_open((folder / "provost.db").c_str(), &raw), SQLITE_OK);
        ASSERT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(raw);
        open();
    };
    closed("UPDATE devices SET secret_mode = 'odd' WHERE mac = " + std::to_string(mac_of(2).value()));
    const auto undone = undo(1);
    EXPECT_EQ(undone.removed, 2u);
    EXPECT_EQ(undone.left, 1u);
    EXPECT_EQ(told(1), "3 left failed");
    EXPECT_THAT(store->imports().undone(1, 0, 10)->front().detail, HasSubstr("P-6014"));
}

TEST_F(ImportUndoTest, A6_ImagesAreKeptNoLongerThanTheyMayBeAskedForAndRecordsADay) {
    add_armed(9);
    import(1, header + row(1, "u1") + row(9, "v9"));
    import(2, header + row(2, "u2"));
    const auto until = clock.now() + undo_window;
    ASSERT_TRUE(store->apply([&](Transaction& t) -> Status {
        auto record = t.imports().find(1).value().value();
        record.stage = ImportStage::done;
        record.until = record.due = until;
        return t.imports().update(record);
    }));
    const auto images = [&] { return store->imports().traces(1, {}, 10)->size(); };
    ASSERT_TRUE(drop_late_imports(*house, until - 1s));
    EXPECT_EQ(images(), 2u);
    ASSERT_TRUE(drop_late_imports(*house, until));
    EXPECT_EQ(images(), 0u);
    EXPECT_EQ(store->imports().find(1).value()->undo.state, UndoState::late);
    EXPECT_EQ(store->imports().traces(2, {}, 10)->size(), 1u) << "that one is still being written";
    ASSERT_TRUE(drop_late_imports(*house, until + 23h));
    EXPECT_TRUE(store->imports().find(1).value());
    ASSERT_TRUE(drop_late_imports(*house, until + 24h));
    EXPECT_FALSE(store->imports().find(1).value());
}

TEST_F(ImportUndoTest, R_B4_NoImageHoldsASecret) {
    add_armed(1);
    const auto sealed = store->secrets(mac_of(1)).value();
    ASSERT_FALSE(sealed.empty());
    import(1, "mac,access,line.1.user\n" + row(1, "digest,u9") + row(2, ",u2"), true);
    const auto before = store->imports().traces(1, {}, 10)->front().image.before.value();
    EXPECT_TRUE(before.secrets_gone);
    ASSERT_TRUE(store->checkpoint());
    std::ifstream in(folder / "provost.db", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto& ciphertext = sealed.front().sealed.ciphertext;
    EXPECT_EQ(bytes.find(std::string(ciphertext.begin(), ciphertext.end())), bytes.npos);
}

}  // namespace
}  // namespace provost::testing_house
