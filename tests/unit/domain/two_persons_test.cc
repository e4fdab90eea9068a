// Who waits for a second person, as a table (R-F2).
#include "domain/two_persons.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using enum SecondPerson;

Actor person() {
    Actor actor;
    actor.person = 7;
    actor.source = "192.0.2.1";
    return actor;
}

Actor token() {
    auto actor = person();
    actor.source = "192.0.2.2";
    return actor;
}

Actor at_the_host() {
    Actor actor;
    actor.source = "unix";
    return actor;
}

// Somebody who claims that he sits at the host.
Actor pretender() {
    auto actor = person();
    actor.source = "unix";
    return actor;
}

struct Row {
    const char* name;
    ApprovalRules rules;
    Actor who;
    Action action;
    bool of_tenant;
    SecondPerson wanted;
};

TEST(TwoPersonsTest, R_F2_WaitsWhereTheRulesSaySo) {
    const ApprovalRules none, trust{true, 0}, size{false, 100}, both{true, 100};
    const Row rows[] = {
        {"trust", trust, person(), Action::trust_change, false, needed},
        {"trust, not ruled", size, person(), Action::trust_change, false, not_needed},
        {"trust, at the host", both, at_the_host(), Action::trust_change, false, not_needed},
        {"trust, by a token", both, token(), Action::trust_change, false, needed},
        {"trust, a person who names the socket", both, pretender(), Action::trust_change, false, needed},
        {"a tenant's rotation", size, person(), Action::tenant_rotate, true, by_size},
        {"a tenant's rotation, not ruled", trust, person(), Action::tenant_rotate, true, not_needed},
        {"a rotation at the host", both, at_the_host(), Action::tenant_rotate, true, not_needed},
        {"about no tenant", both, person(), Action::tenant_rotate, false, not_needed},
        {"one device", both, person(), Action::device_arm, true, not_needed},
        {"a read", both, person(), Action::device_read, true, not_needed},
        {"nothing ruled", none, person(), Action::trust_change, true, not_needed},
    };
    for (const auto& row : rows)
        EXPECT_EQ(second_person(row.rules, row.who, row.action, row.of_tenant), row.wanted) << row.name;
}

// Whatever is refused to one alone is listed in the table of roles, nowhere else.
TEST(TwoPersonsTest, R_F2_AsksForNoActionThatTheTableDoesNotName) {
    for (const auto& traits : actions()) {
        const bool asks = second_person({true, 1}, person(), traits.action, true) != not_needed;
        EXPECT_EQ(asks, traits.two_persons) << traits.name;
    }
}

}  // namespace
}  // namespace provost
