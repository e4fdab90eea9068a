// Figures, what needs a person, history and search terms: all without a store.
#include "service/attention.h"
#include "service/fleet_history.h"
#include "service/search_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace provost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

FleetGroup group(const std::string& site, DeviceState state, bool never, std::int64_t devices) {
    FleetGroup one;
    one.tenant = 1;
    one.site = site;
    one.vendor = "snom";
    one.model = "D785";
    one.state = state;
    one.never_seen = never;
    one.devices = devices;
    return one;
}

TEST(FleetFigures, CountEachDeviceOnceInEachWay) {
    std::vector<FleetGroup> groups = {group("a", DeviceState::provisioned, false, 5),
                                      group("b", DeviceState::armed, true, 3),
                                      group("b", DeviceState::retired, false, 2)};
    groups[0].stars = 5;
    groups[0].firmware = "10.1";
    groups.push_back(groups[0]);
    groups[3].vendor = "yealink";
    groups[3].devices = 4;
    groups[3].stars = 4;
    const auto figures = count_fleet(groups);
    EXPECT_EQ(figures.devices, 14);
    EXPECT_EQ(figures.never_seen, 3);
    EXPECT_EQ(figures.retired, 2);
    EXPECT_THAT(figures.by_vendor, ElementsAre(NameCount{"snom", 8}, NameCount{"yealink", 4}));
    EXPECT_THAT(figures.by_model, ElementsAre(NameCount{"snom D785", 8}, NameCount{"yealink D785", 4}));
    EXPECT_THAT(figures.by_rating, ElementsAre(3, 0, 0, 0, 4, 5));
    EXPECT_EQ(figures.by_state.at("retired"), 2);
}

TEST(FleetFigures, A8_PhonesThatNeverCameAreTakenTogetherBySiteWithAGuess) {
    const auto figures = count_fleet(
        {group("dark", DeviceState::expired, true, 30), group("lit", DeviceState::provisioned, false, 40),
         group("lit", DeviceState::expired, true, 2), group("half", DeviceState::provisioned, false, 3),
         group("half", DeviceState::expired, true, 20), group("new", DeviceState::armed, true, 9),
         group("well", DeviceState::provisioned, false, 9)});
    ASSERT_EQ(figures.silent.size(), 4u);
    EXPECT_EQ(figures.silent[0].site, "dark");
    EXPECT_THAT(figures.silent[0].guess(), HasSubstr("DHCP option"));
    EXPECT_THAT(figures.silent[0].guess(), HasSubstr("firewall"));
    EXPECT_EQ(figures.silent[1].site, "half");
    EXPECT_THAT(figures.silent[1].guess(), HasSubstr("3 of 23"));
    EXPECT_EQ(figures.silent[2].site, "lit");
    EXPECT_THAT(figures.silent[2].guess(), HasSubstr("its network is open"));
    EXPECT_EQ(figures.silent[3].site, "new");
    EXPECT_THAT(figures.silent[3].guess(), HasSubstr("less than a day"));
}

AttentionFacts facts() {
    AttentionFacts all;
    all.now = from_rfc3339("2026-11-23T12:00:00Z").value();
    all.slug = [](TenantId) { return std::string("acme"); };
    return all;
}

std::vector<std::string> kinds(const AttentionFacts& all) {
    std::vector<std::string> names;
    for (const auto& one : what_needs_a_person(all)) names.push_back(one.kind);
    return names;
}

TEST(Attention, NothingIsSaidOfAFleetThatIsWell) {
    auto all = facts();
    all.figures = count_fleet({group("a", DeviceState::provisioned, false, 5)});
    EXPECT_THAT(kinds(all), ElementsAre());
}

TEST(Attention, TellsEachThingWithItsNextStepAndAPlaceToLook) {
    auto all = facts();
    all.figures = count_fleet({group("Haus 1&2", DeviceState::expired, true, 12)});
    all.held_keys = 2;
    all.review_due = all.braked = true;
    all.bans = 1;
    all.registrars_away = {{"kam", "connection refused"}};
    all.alerts_failing = {{"mail", "no such host"}};
    all.webhooks_away = {{"crm", "it answered 500"}};
    all.certificates = {{"door main, EC", all.now + std::chrono::hours(48)},
                        {"door old, RSA", all.now - std::chrono::hours(48)}};
    EXPECT_THAT(kinds(all), ElementsAre("expiry-braked", "registrar-away", "certificate-ends", "alerts-fail",
                                        "held-keys", "certificate-ends", "webhook-away", "review-due", "bans",
                                        "expired", "silent-site"));
    for (const auto& one : what_needs_a_person(all)) {
        EXPECT_FALSE(one.title.empty() || one.next.empty()) << one.kind;
        EXPECT_TRUE(one.link.starts_with("/")) << one.kind;
        EXPECT_GE(one.count, 1) << one.kind;
    }
    const auto list = what_needs_a_person(all);
    EXPECT_EQ(list.back().link, "/devices?tenant=acme&site=Haus%201%262&never_seen=true");
    EXPECT_THAT(list.back().title, HasSubstr("acme, site Haus 1&2: 12 devices never came"));
    EXPECT_THAT(list[2].title, HasSubstr("ended on 2026-11-21"));
    EXPECT_THAT(list[5].title, HasSubstr("ends on 2026-11-25"));
    EXPECT_THAT(list[4].title, HasSubstr("2 devices"));
}

TEST(Fleet, APhoneIsOverdueAsTheCountsHaveIt) {
    const auto now = from_rfc3339("2026-11-23T12:00:00Z").value();
    const Duration window = std::chrono::hours(24 * 14);
    const auto armed_ago = [&](Duration ago) { return now - ago + window; };
    struct Row {
        DeviceState state;
        std::optional<Timestamp> armed_until, last_seen;
        bool wanted;
    };
    const std::vector<Row> rows{
        {DeviceState::registered, {}, {}, false},
        {DeviceState::armed, armed_ago(patience - std::chrono::seconds(1)), {}, false},
        {DeviceState::armed, armed_ago(patience), {}, true},
        {DeviceState::armed, armed_ago(patience), now, false},
        {DeviceState::armed, {}, {}, false},
        {DeviceState::expired, {}, {}, true},
        {DeviceState::expired, {}, now, false},
        {DeviceState::provisioned, {}, {}, true},
        {DeviceState::retired, {}, {}, false},
    };
    for (const auto& row : rows) {
        Device device;
        device.state = row.state;
        device.armed_until = row.armed_until;
        device.last_seen = row.last_seen;
        EXPECT_EQ(is_overdue(device, window, now), row.wanted) << to_text(row.state);
    }
}

TEST(Attention, LeavesOutWhatSomebodyMuted) {
    auto all = facts();
    all.figures = count_fleet({group("Haus 1&2", DeviceState::expired, true, 12)});
    const auto tenant = all.figures.silent.front().tenant;
    all.muted = {2, {{{tenant, "Haus 1&2"}, 2}}};
    const auto list = what_needs_a_person(all);
    ASSERT_EQ(list.size(), 2u);
    EXPECT_THAT(list.front().title, HasSubstr("10 devices"));
    EXPECT_THAT(list.back().title, HasSubstr("10 devices never came"));
    all.muted = {12, {{{tenant, "Haus 1&2"}, 12}}};
    EXPECT_THAT(kinds(all), ElementsAre());
    EXPECT_EQ(all.figures.by_state.at("expired"), 12) << "figures stay";
}

class FakeFleet final : public FleetReads {
 public:
    std::map<TenantId, std::vector<TallyRow>> rows;
    Result<FleetPage> page(const FleetQuestion&) override { return FleetPage(); }
    Result<std::vector<FleetGroup>> groups(const FleetFilter&) override { return std::vector<FleetGroup>(); }
    Result<std::vector<FoundDevice>> search(const SearchTerms&, const std::optional<std::vector<TenantId>>&,
                                            std::size_t) override {
        return std::vector<FoundDevice>();
    }
    Result<std::vector<MacAddress>> held_keys(const std::optional<std::vector<TenantId>>&,
                                              std::size_t) override {
        return std::vector<MacAddress>();
    }
    Result<std::vector<TallyRow>> tallies(TenantId tenant, TallySpan, Timestamp, Timestamp) override {
        return rows[tenant];
    }
    Result<std::vector<std::pair<std::string, std::int64_t>>> overdue(TenantId, Timestamp,
                                                                      std::size_t) override {
        return std::vector<std::pair<std::string, std::int64_t>>();
    }
};

TEST(FleetHistory, HasAPlaceForEachHourAndAddsTenantsUp) {
    const auto at = [](int hour) {
        return from_rfc3339("2026-11-23T00:00:00Z").value() + std::chrono::hours(hour);
    };
    FakeFleet fleet;
    fleet.rows[1] = {{at(1), "visits", 4}, {at(1), "refused.device-unknown", 3}, {at(2), "state.armed", 7}};
    fleet.rows[2] = {
        {at(1), "visits", 1}, {at(2), "state.armed", 1}, {at(2), "state.grace", 2}, {at(0), "delivered", 5}};
    const HistorySpan span{TallySpan::hour, at(0) + std::chrono::minutes(20), at(3)};
    const auto history = fleet_history(fleet, span, std::vector<TenantId>{1, 2}).value();
    EXPECT_THAT(history.times, ElementsAre(at(0), at(1), at(2)));
    EXPECT_THAT(history.visits, ElementsAre(0, 5, 0));
    EXPECT_THAT(history.delivered, ElementsAre(5, 0, 0));
    EXPECT_THAT(history.refusals_by_rule.at("device-unknown"), ElementsAre(0, 3, 0));
    EXPECT_THAT(history.states.at("armed"), ElementsAre(std::nullopt, std::nullopt, 8));
    EXPECT_THAT(history.states.at("grace"), ElementsAre(std::nullopt, std::nullopt, 2));
    EXPECT_FALSE(check_span({TallySpan::hour, at(3), at(3)}));
    EXPECT_FALSE(check_span({TallySpan::hour, at(0), at(0) + std::chrono::hours(24 * 100)}));
    EXPECT_TRUE(check_span({TallySpan::day, at(0), at(0) + std::chrono::hours(24 * 366 * 5)}));
}

TEST(SearchTerms, R_F3_TakeApartWhatPeopleType) {
    EXPECT_EQ(parse_search(" 00:15:65:AA-bb.1 ").mac_digits, "001565aabb1");
    EXPECT_EQ(parse_search("0015651122aabb").mac_digits, "") << "too long for a MAC";
    EXPECT_EQ(parse_search("x1").mac_digits, "");
    EXPECT_EQ(parse_search("203.0.113.7").address, "203.0.113.7");
    EXPECT_EQ(parse_search("2001:DB8::1").address, "2001:db8::1");
    EXPECT_EQ(parse_search("acme").address, "");
    EXPECT_EQ(parse_search("Anna.Berg").user, "anna.berg");
    EXPECT_THAT(parse_search("Anna.Berg").words, ElementsAre("anna", "berg"));
    EXPECT_EQ(parse_search("Anna Berg").user, "");
    EXPECT_THAT(parse_search("ÄRGER ×").words, ElementsAre("ärger", "×"));
    EXPECT_EQ(parse_search(std::string(1000, '1')).mac_digits, "");
    EXPECT_TRUE(fits_tenant("acme-nord", "Ärzte am Markt", parse_search("nord")));
    EXPECT_TRUE(fits_tenant("acme-nord", "Ärzte am Markt", parse_search("markt ärz")));
    EXPECT_FALSE(fits_tenant("acme-nord", "Ärzte am Markt", parse_search("markt süd")));
    EXPECT_FALSE(fits_tenant("acme-nord", "Ärzte am Markt", parse_search("")));
}

}  // namespace
}  // namespace provost
