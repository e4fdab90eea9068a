// The desk over the real store: verdicts of journey B from what phones really did, figures by site, imports
// that stop, and their preview.
#include "house_fixture.h"
#include "service/fleet_figures.h"
#include "service/import_devices.h"
#include "service/import_preview.h"

#include <gmock/gmock.h>

namespace provost::testing_house {
namespace {

using testing::HasSubstr;

class DeskTest : public HouseTest {
 protected:
    // Records of visits are written a moment later.
    void await_visits(std::size_t count) const {
        EventFilter filter;
        filter.kind = "visit";
        for (int wait = 0; wait < 3000; ++wait) {
            if (store->last_events(filter, 1000).value().size() >= count) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        FAIL() << "no " << count << " visits";
    }
    Devices::Explanation explain(int number) { return DeviceService(*house).explain(mac_of(number)).value(); }
    void put_at_site(int number, const std::string& site) {
        Devices::Draft draft;
        draft.site = site;
        ASSERT_TRUE(DeviceService(*house).change(mac_of(number), draft, std::nullopt, "test"));
    }
    static ImportDevices::Progress on() {
        return [](std::size_t, std::size_t) { return true; };
    }
    ImportDevices::Plan check(const std::string& file) {
        ImportOptions options;
        options.tenant = "acme";
        options.actor = "test";
        options.who.tenant.reset();  // it sees all
        return ImportDevices(*house).check(file, options, on()).value();
    }
};

TEST_F(DeskTest, JourneyB_NeverSeenKnowsWhetherTheSiteIsOpen) {
    for (int i = 1; i <= 3; ++i) {
        add_armed(i);
        put_at_site(i, "berlin");
    }
    EXPECT_EQ(explain(1).kind, "never-seen");
    EXPECT_THAT(explain(1).verdict, HasSubstr("No other phone at this site"));
    PhoneService phones(*house, DoorTraits());
    EXPECT_EQ(visit(phones, proof(2), file_of(2)).status, 200);
    await_visits(1);
    EXPECT_THAT(explain(1).verdict,
                HasSubstr("1 other phone at this site was seen today, so the network is open"));
    EXPECT_EQ(explain(2).kind, "served");
    EXPECT_THAT(explain(2).next_step, HasSubstr("u2 at the registrar"));
    EXPECT_THAT(explain(2).verdict, HasSubstr("Last change: device.changed"));
}

TEST_F(DeskTest, JourneyB_APhoneInNoTenantIsExplainedOnceItKnocks) {
    add_armed(1);
    const auto unknown = DeviceService(*house).explain(mac_of(7));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "P-2027");
    PhoneService phones(*house, DoorTraits());
    EXPECT_EQ(visit(phones, proof(1), file_of(1)).status, 200);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(visit(phones, proof(7), file_of(7)).status, 403);
    await_visits(4);
    const auto explained = explain(7);
    EXPECT_FALSE(explained.known);
    EXPECT_EQ(explained.kind, "unknown-knocking");
    EXPECT_THAT(explained.verdict, HasSubstr("asked 3 times since"));
    EXPECT_THAT(explained.next_step, HasSubstr("--tenant acme (other phones at its address are there)"));
    EXPECT_EQ(explained.contacts.size(), 3u);
}

TEST_F(DeskTest, JourneyB_AClonedConfigurationIsSeenFromBothPhones) {
    add_armed(1);
    add_armed(2);
    PhoneService phones(*house, DoorTraits());
    EXPECT_EQ(visit(phones, proof(1), file_of(2)).status, 403);
    await_visits(1);
    EXPECT_EQ(explain(1).kind, "wrong-name");
    EXPECT_THAT(explain(1).verdict, HasSubstr("certificate is for " + mac_of(1).lower()));
    EXPECT_EQ(explain(2).kind, "wrong-name");
    EXPECT_THAT(explain(2).verdict, HasSubstr("certificate is for " + mac_of(1).lower()));
    EXPECT_EQ(explain(2).contacts.size(), 0u);
}

TEST_F(DeskTest, JourneyB_ServedButItsContentIsOld) {
    add_armed(1);
    PhoneService phones(*house, DoorTraits());
    EXPECT_EQ(visit(phones, proof(1), file_of(1)).status, 200);
    await_visits(1);
    for (int wait = 0; wait < 3000 && !store->fetched(mac_of(1)).value(); ++wait)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_EQ(explain(1).kind, "served");
    Devices::Draft draft;
    draft.settings = {{"line.1.label", "Front desk"}};
    ASSERT_TRUE(DeviceService(*house).change(mac_of(1), draft, std::nullopt, "anna"));
    EXPECT_EQ(explain(1).kind, "old-content");
    EXPECT_THAT(explain(1).next_step, HasSubstr("calls home"));
}

TEST_F(DeskTest, JourneyB_AHandshakeThatFailedIsToldWithTheLastAddress) {
    add_armed(1);
    PhoneService phones(*house, DoorTraits());
    EXPECT_EQ(visit(phones, proof(1), file_of(1)).status, 200);
    await_visits(1);
    clock.advance(std::chrono::minutes(5));
    phones.handshake_failed("127.0.0.1", {HandshakeTrouble::Kind::alert, 48, 0x0303});
    EXPECT_EQ(explain(1).kind, "phone-refused-us");
    EXPECT_THAT(explain(1).verdict, HasSubstr("127.0.0.1"));
    EXPECT_THAT(explain(1).verdict, HasSubstr("unknown CA"));
}

TEST_F(DeskTest, JourneyB_ABannedAddressIsToldWithItsRuleAndWhoMayLiftIt) {
    add_armed(1);
    PhoneService phones(*house, DoorTraits());
    EXPECT_EQ(visit(phones, proof(1), file_of(1)).status, 200);
    await_visits(1);
    ASSERT_TRUE(store->apply([&](Transaction& transaction) {
        Ban ban;
        ban.network = parse_networks("127.0.0.0/8", "test")->front();
        ban.rule = "guessing";
        ban.made = clock.now();
        ban.actor = "guard";
        return transaction.put_ban(ban).map([](std::int64_t) {});
    }));
    EXPECT_EQ(explain(1).kind, "locked-out");
    EXPECT_THAT(explain(1).next_step, HasSubstr("provost ban remove"));
}

TEST_F(DeskTest, A8_ArmedPhonesCountAsSilentAfterADay) {
    for (int i = 1; i <= 4; ++i) {
        add_armed(i);
        put_at_site(i, i == 4 ? "wien" : "berlin");
    }
    auto figures = fleet_figures(*house, std::nullopt).value();
    ASSERT_EQ(figures.silent.size(), 2u);
    EXPECT_EQ(figures.silent[0].overdue, 0);
    EXPECT_EQ(figures.silent[0].waiting, 3);
    clock.advance(std::chrono::hours(25));
    add_armed(5);
    put_at_site(5, "berlin");
    figures = fleet_figures(*house, std::nullopt).value();
    EXPECT_EQ(figures.silent[0].site, "berlin");
    EXPECT_EQ(figures.silent[0].overdue, 3);
    EXPECT_EQ(figures.silent[0].waiting, 1);
    EXPECT_EQ(figures.never_seen, 5);
    EXPECT_EQ(fleet_figures(*house, std::vector<TenantId>{99})->devices, 0);
}

TEST_F(DeskTest, A2_TheFileIsDescribedAndItsColumnsAreNamed) {
    const auto plan = check("MAC Address;Extension;Display Name;reason\n001565000001;101;Änne;\n;;;\n");
    const auto& report = plan.report;
    EXPECT_EQ(report.facts, "UTF-8, separator ';', 1 row, 1 empty row ignored");
    ASSERT_EQ(report.columns.size(), 4u);
    EXPECT_EQ(report.columns[0].meaning, "mac");
    EXPECT_EQ(report.columns[1].meaning, "line.1.user");
    EXPECT_EQ(report.columns[3].meaning, "");
    ASSERT_EQ(report.samples.size(), 1u);
    EXPECT_THAT(report.samples[0].text, HasSubstr("101"));
}

TEST_F(DeskTest, A3_RefusedCellsComeWithTheirValueAndWhatTheyMayHaveMeant) {
    const auto plan = check(
        "mac,tenant,model,line.1.user\nOO1565000002,acme,T54W,1\n001565000003,acmee,T54W,1\n"
        "001565000004,acme,T54,1\n8.05512E+11,acme,T54W,1\n001565000006,acme,T54W,7\n001565000007,acme,T54W,"
        "7\n");
    const auto& problems = plan.report.problems;
    ASSERT_EQ(problems.size(), 4u);
    EXPECT_EQ(problems[0].row, 2u);
    EXPECT_EQ(problems[0].column, "mac");
    EXPECT_EQ(problems[0].value, "OO1565000002");
    EXPECT_THAT(problems[0].suggestions, testing::ElementsAre("001565000002"));
    EXPECT_THAT(problems[1].suggestions, testing::ElementsAre("acme"));
    EXPECT_EQ(problems[2].value, "T54");
    EXPECT_THAT(problems[2].suggestions, testing::Contains("T54W"));
    EXPECT_TRUE(problems[3].suggestions.empty()) << "its digits are lost";
    ASSERT_EQ(plan.report.row_warnings.size(), 1u);
    EXPECT_THAT(plan.report.row_warnings[0].text, HasSubstr("rows 6 and 7 have the same SIP account 7"));
}

TEST_F(DeskTest, A4_ChangesAreShownAndOthersOfTheTenantStayAsTheyAre) {
    for (int i = 1; i <= 5; ++i) add_armed(i);
    const auto plan = check("mac,line.1.user,line.1.label\n" + mac_of(1).lower() + ",u1,Desk\n" +
                            mac_of(2).lower() + ",u2,\n" + mac_of(9).lower() + ",u9,\n");
    const auto& report = plan.report;
    EXPECT_EQ(report.to_change, 1u);
    EXPECT_EQ(report.unchanged, 1u);
    EXPECT_EQ(report.to_add, 1u);
    EXPECT_EQ(report.not_in_file, 3);
    ASSERT_EQ(report.changes.size(), 1u);
    ASSERT_EQ(report.changes[0].fields.size(), 1u);
    EXPECT_EQ(report.changes[0].fields[0].name, "line.1.label");
    EXPECT_EQ(report.changes[0].fields[0].after, "Desk");
}

TEST_F(DeskTest, A5_ARowWhosePhoneWasChangedMeanwhileIsRefused) {
    for (int i = 1; i <= 2; ++i) add_armed(i);
    auto plan = check("mac,line.1.label\n" + mac_of(1).lower() + ",Desk\n" + mac_of(2).lower() + ",Hall\n");
    ASSERT_EQ(plan.report.to_change, 2u);
    Devices::Draft draft;
    draft.settings = {{"line.1.user", "jo"}};
    ASSERT_TRUE(DeviceService(*house).change(mac_of(1), draft, std::nullopt, "jo"));
    ASSERT_TRUE(ImportDevices(*house).apply(plan, on()));
    ASSERT_EQ(plan.report.problems.size(), 1u);
    EXPECT_EQ(plan.report.problems[0].row, 2u);
    EXPECT_EQ(plan.report.problems[0].error.code, "P-2015");
    const auto settings = [&](int number) {
        return format_settings(store->device(mac_of(number)).value()->settings);
    };
    EXPECT_THAT(settings(1), HasSubstr("line.1.user=jo"));
    EXPECT_THAT(settings(1), testing::Not(HasSubstr("line.1.label")));
    EXPECT_THAT(settings(2), HasSubstr("line.1.label=Hall"));
}

TEST_F(DeskTest, A5_AnImportStopsBetweenBatchesAndRepeatsAsUnchanged) {
    std::string file = "mac,line.1.user\n";
    for (int i = 1; i <= 450; ++i) file += mac_of(i).lower() + ",u" + std::to_string(i) + "\n";
    auto plan = check(file);
    const auto stop_at_200 = [](std::size_t done, std::size_t) { return done < 200; };
    ImportRecord record;
    record.number = plan.options.number = 7;
    ASSERT_TRUE(store->apply([&](Transaction& t) { return t.imports().insert(record); }));
    const auto stopped = ImportDevices(*house).apply(plan, stop_at_200);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, "P-2511");
    EXPECT_EQ(plan.report.applied, 200u);
    record = store->imports().find(7).value().value();
    EXPECT_EQ(record.done, 200u);
    EXPECT_EQ(record.added, 200u);
    plan = check(file);
    EXPECT_EQ(plan.report.unchanged, 200u);
    EXPECT_EQ(plan.report.to_add, 250u);
    ASSERT_TRUE(ImportDevices(*house).apply(plan, on()));
    EXPECT_EQ(check(file).report.unchanged, 450u);
    EXPECT_EQ(house->store.fleet().page({})->total, 450);
}

}  // namespace
}  // namespace provost::testing_house
