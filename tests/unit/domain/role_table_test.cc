#include "domain/role_table.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace provost {
namespace {

// 1 - 2 - 3, and 9 beside them; the actor is bound to 2.
const std::vector<TenantId> above{1}, own{1, 2}, kid{1, 2, 3}, foreign{9}, nowhere{};

Actor bound(Role role) {
    Actor actor;
    actor.role = role;
    actor.tenant = 2;
    actor.stepped_up = true;
    return actor;
}
Actor whole(Role role) {
    auto actor = bound(role);
    actor.tenant = std::nullopt;
    return actor;
}
Ruling at(const Actor& actor, Action action, const std::vector<TenantId>& path) {
    return authorize(actor, action, {Target::Kind::tenant, path});
}

TEST(RoleTable, R_F2_what_the_main_actions_come_to) {
    using enum Ruling;
    struct Case {
        Role role;
        Action action;
        Ruling own, kid;
    };
    constexpr Case cases[] = {
        {Role::platform, Action::tenant_remove, allowed, allowed},
        {Role::reseller, Action::tenant_remove, forbidden, allowed},
        {Role::reseller, Action::tenant_create, allowed, allowed},
        {Role::reseller, Action::device_arm, allowed, allowed},
        {Role::tenant_admin, Action::tenant_create, forbidden, forbidden},
        {Role::tenant_admin, Action::tenant_remove, forbidden, forbidden},
        {Role::tenant_admin, Action::device_arm, allowed, allowed},
        {Role::tenant_admin, Action::tenant_rotate, second_person, second_person},
        {Role::support, Action::device_read, allowed, allowed},
        {Role::support, Action::device_resync, allowed, allowed},
        {Role::support, Action::device_note, allowed, allowed},
        {Role::support, Action::device_diagnose, allowed, allowed},
        {Role::support, Action::device_change, forbidden, forbidden},
        {Role::support, Action::audit_read, forbidden, forbidden},
        {Role::auditor, Action::audit_read, allowed, allowed},
        {Role::auditor, Action::device_read, allowed, allowed},
        {Role::auditor, Action::device_resync, forbidden, forbidden},
        {Role::auditor, Action::device_note, forbidden, forbidden},
    };
    for (const auto& one : cases) {
        const auto name = std::string(to_text(one.role)) + " " + std::string(traits_of(one.action).name);
        EXPECT_EQ(at(bound(one.role), one.action, own), one.own) << name;
        EXPECT_EQ(at(bound(one.role), one.action, kid), one.kid) << name;
    }
}

TEST(RoleTable, R_F2_what_is_beside_above_or_nowhere_is_out_of_sight_for_every_role_and_action) {
    for (const auto& traits : actions())
        for (std::size_t i = 0; i < role_count; ++i) {
            const auto actor = bound(static_cast<Role>(i));
            const auto expected = traits.grants[i] == Grant::none ? Ruling::forbidden : Ruling::hidden;
            for (const auto* const path : {&above, &foreign, &nowhere})
                EXPECT_EQ(at(actor, traits.action, *path), expected) << traits.name;
        }
}

TEST(RoleTable, R_F2_the_whole_server_is_for_who_is_bound_to_no_tenant) {
    for (const auto& traits : actions())
        for (std::size_t i = 0; i < role_count; ++i)
            EXPECT_EQ(authorize(bound(static_cast<Role>(i)), traits.action, {Target::Kind::server, {}}),
                      Ruling::forbidden);
    EXPECT_EQ(authorize(whole(Role::auditor), Action::ban_read, {Target::Kind::server, {}}), Ruling::allowed);
    EXPECT_EQ(authorize(whole(Role::auditor), Action::ban_change, {Target::Kind::server, {}}),
              Ruling::forbidden);
    EXPECT_EQ(authorize(whole(Role::platform), Action::trust_change, {Target::Kind::server, {}}),
              Ruling::second_person);
}

TEST(RoleTable, R_F2_an_actor_as_made_may_do_nothing) {
    for (const auto& traits : actions())
        for (const auto kind : {Target::Kind::anybody, Target::Kind::server, Target::Kind::several})
            EXPECT_EQ(authorize(Actor(), traits.action, {kind, {}}), Ruling::forbidden) << traits.name;
    EXPECT_FALSE(sees(Actor(), std::vector<TenantId>{0}));
    auto broken = bound(Role::platform);
    broken.role = static_cast<Role>(77);
    EXPECT_EQ(at(broken, Action::device_read, own), Ruling::forbidden);
}

TEST(RoleTable, R_F2_a_token_that_only_reads_changes_nothing_and_step_up_is_asked_for) {
    for (const auto& traits : actions()) {
        auto token = whole(Role::platform);
        token.read_only = true;
        EXPECT_EQ(at(token, traits.action, own) == Ruling::forbidden, traits.changes) << traits.name;
        auto stale = whole(Role::platform);
        stale.stepped_up = false;
        EXPECT_EQ(at(stale, traits.action, own) == Ruling::step_up, traits.step_up) << traits.name;
    }
}

TEST(RoleTable, R_F2_an_auditor_changes_nothing_and_the_platform_may_everything) {
    for (const auto& traits : actions()) {
        EXPECT_EQ(traits.grants[static_cast<std::size_t>(Role::platform)], Grant::within) << traits.name;
        if (!traits.changes) continue;
        EXPECT_EQ(traits.grants[static_cast<std::size_t>(Role::auditor)], Grant::none) << traits.name;
    }
}

// Reveal, re-arm, trust, exports, people (ASVS 7.5.3).
TEST(RoleTable, R_F2_what_asks_for_a_fresh_proof) {
    std::set<std::string_view> asked;
    for (const auto& traits : actions())
        if (traits.step_up) asked.insert(traits.name);
    for (const auto* const name :
         {"device.arm", "trunk.reveal", "trust.change", "trust.refuse", "backup.create", "people.manage",
          "token.manage", "outbox.read", "tenant.rotate"})
        EXPECT_TRUE(asked.contains(name)) << name;
}

TEST(RoleTable, R_F2_fields_by_role) {
    const auto use = [](Role role, std::string_view name, FieldUse what, const std::vector<TenantId>& path) {
        return may_use(bound(role), *find_field("tenant", name), what, path);
    };
    EXPECT_FALSE(use(Role::support, "policy", FieldUse::read, own));
    EXPECT_FALSE(use(Role::support, "policy", FieldUse::write, own));
    EXPECT_TRUE(use(Role::auditor, "policy", FieldUse::read, own));
    EXPECT_FALSE(use(Role::tenant_admin, "policy", FieldUse::write, own));
    EXPECT_TRUE(use(Role::tenant_admin, "settings", FieldUse::write, own));
    EXPECT_FALSE(use(Role::reseller, "policy", FieldUse::write, own));
    EXPECT_TRUE(use(Role::reseller, "policy", FieldUse::write, kid));
    EXPECT_EQ(find_field("tenant", "version"), nullptr);
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const auto& field : fields())
        EXPECT_TRUE(seen.emplace(field.entity, field.name).second) << field.entity << "." << field.name;
}

TEST(RoleTable, R_F2_names_are_unique_and_read_back) {
    std::set<std::string_view> names;
    for (const auto& traits : actions()) EXPECT_TRUE(names.insert(traits.name).second) << traits.name;
    for (std::size_t i = 0; i < role_count; ++i)
        EXPECT_EQ(parse_role(to_text(static_cast<Role>(i))), static_cast<Role>(i));
    EXPECT_EQ(parse_role("root"), std::nullopt);
}

}  // namespace
}  // namespace provost
