// Which exceptions are about which phone, and when.
#include "hardening_testing.h"

#include <ostream>

namespace provost::testing_hardening {
namespace {

const Timestamp now = from_rfc3339("2026-11-23T12:00:00Z").value();

// Root 1 with a child 2, and a stranger 3.
std::shared_ptr<const PolicySnapshot> tree(std::vector<HardeningException> exceptions) {
    std::vector<Tenant> tenants(3);
    for (TenantId id = 1; id <= 3; ++id) {
        tenants[static_cast<std::size_t>(id) - 1].id = id;
        tenants[static_cast<std::size_t>(id) - 1].slug = "t" + std::to_string(id);
    }
    tenants[1].parent = 1;
    return PolicySnapshot::make(std::move(tenants), {}, {}, profile(), std::move(exceptions)).value();
}

// The phone: tenant 2, site "leeds", vendor "acme", model "X10", MAC 001565000001.
struct Place {
    const char* name;
    TenantId tenant;
    const char *site, *vendor, *model, *device;
    int minutes;  // until its end; 0: none
    bool lifts;
};
std::ostream& operator<<(std::ostream& out, const Place& place) {
    return out << place.name;
}

class ExceptionPlace : public testing::TestWithParam<Place> {};

TEST_P(ExceptionPlace, R_D1_LiftsWhereItIsAbout) {
    const auto& place = GetParam();
    HardeningException one;
    one.id = 7;
    one.rule = "web-ui-off";
    one.tenant = place.tenant;
    one.site = place.site;
    one.vendor = place.vendor;
    one.model = place.model;
    if (*place.device != '\0') one.device = MacAddress::parse(place.device);
    if (place.minutes != 0) one.until = now + std::chrono::minutes(place.minutes);
    const auto policies = tree({one});
    Device device;
    device.mac = *MacAddress::parse("001565000001");
    device.tenant = 2;
    device.site = "leeds";
    device.vendor = "acme";
    device.model = "X10";
    LiftedRules lifted;
    policies->lift(device, now, lifted);
    const auto& rules = policies->hardening();
    for (const auto& rule : rules.rules)
        EXPECT_EQ(lifted.has(rules.place(rule)), place.lifts && rule.id == "web-ui-off") << rule.id;
    EXPECT_EQ(policies->exceptions_for(device, now).size(), place.lifts ? 1U : 0U);
}

constexpr Place places[] = {
    {"OwnTenant", 2, "", "", "", "", 0, true},
    {"TenantAbove", 1, "", "", "", "", 0, true},
    {"AnotherTenant", 3, "", "", "", "", 0, false},
    {"OwnSite", 2, "leeds", "", "", "", 0, true},
    {"AnotherSite", 2, "york", "", "", "", 0, false},
    {"ASiteOfThatNameAbove", 1, "leeds", "", "", "", 0, false},
    {"OwnVendor", 2, "", "acme", "", "", 0, true},
    {"OwnModel", 1, "", "acme", "X10", "", 0, true},
    {"AnotherModel", 2, "", "acme", "X20", "", 0, false},
    {"AnotherVendorsModelOfThatName", 2, "", "other", "X10", "", 0, false},
    {"SiteAndModel", 2, "leeds", "acme", "X10", "", 0, true},
    {"SiteAndAnotherModel", 2, "leeds", "acme", "X20", "", 0, false},
    {"TheDevice", 2, "", "", "", "001565000001", 0, true},
    {"AnotherDevice", 2, "", "", "", "001565000002", 0, false},
    {"TheDeviceInAnotherTenant", 3, "", "", "", "001565000001", 0, false},
    {"NotEnded", 2, "", "", "", "", 1, true},
    {"Ended", 2, "", "", "", "", -1, false},
};
INSTANTIATE_TEST_SUITE_P(Places, ExceptionPlace, testing::ValuesIn(places),
                         [](const testing::TestParamInfo<Place>& one) {
                             return std::string(one.param.name);
                         });

TEST(Exception, R_D1_EndsAtTheMomentItSays) {
    HardeningException one;
    EXPECT_TRUE(one.holds(now));
    one.until = now;
    EXPECT_FALSE(one.holds(now));
    EXPECT_TRUE(one.holds(now - std::chrono::milliseconds(1)));
}

TEST(Exception, R_D1_OfARuleThatIsGoneLiftsNothing) {
    HardeningException one;
    one.tenant = 2;
    one.rule = "rule-of-an-older-profile";
    Device device;
    device.tenant = 2;
    LiftedRules lifted;
    tree({one})->lift(device, now, lifted);
    EXPECT_EQ(lifted, LiftedRules());
}

}  // namespace
}  // namespace provost::testing_hardening
