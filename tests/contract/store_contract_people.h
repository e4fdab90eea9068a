// People, their factors, sessions and tokens.
#pragma once

#include "tests/contract/store_contract.h"

namespace provost::contract {

class PeopleContract : public StoreContract {
 protected:
    static Person sample(const std::string& login, Role role = Role::support) {
        Person person;
        person.login = login;
        person.name = "Name of " + login;
        person.role = role;
        person.tenant = role == Role::platform ? std::nullopt : std::optional(TenantId{1});
        person.created = at(1);
        return person;
    }
    Person add(Person person) {
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(person.id, t.people().insert_person(person));
            return {};
        });
        return person;
    }
    static Session sample_session(PersonId person, std::uint8_t mark) {
        Session session;
        session.hash.fill(mark);
        session.person = person;
        session.stage = SessionStage::whole;
        session.created = at(1);
        session.used = at(2);
        session.until = at(100);
        session.proved = at(3);
        session.how = "passkey";
        session.source = "192.0.2.1";
        session.agent = "a browser";
        session.failures = 2;
        return session;
    }
    Session open(Session session) {
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(session.id, t.people().insert_session(session));
            return {};
        });
        return session;
    }
    void give_passkey(PersonId person, std::uint8_t mark) {
        change([&](Transaction& t) {
            Passkey key;
            key.person = person;
            key.credential = Bytes(16, mark);
            key.key = Bytes(40, mark);
            key.name = "key " + std::to_string(mark);
            key.created = at(1);
            return t.people().insert_passkey(key).map([](std::int64_t) {});
        });
    }
    // What a change answers, with its commit.
    template <class Act>
    auto ask(Act act) -> typename std::invoke_result_t<Act, PeopleChanges&>::value_type {
        std::optional<typename std::invoke_result_t<Act, PeopleChanges&>::value_type> answer;
        change([&](Transaction& t) -> Status {
            auto given = act(t.people());
            if (!given) return tl::make_unexpected(given.error());
            answer.emplace(std::move(*given));
            return {};
        });
        return std::move(*answer);
    }
    PeopleStore& people() { return store->people(); }
};

TEST_P(PeopleContract, R_F2_PersonComesBackAsItWas) {
    auto anna = add(sample("anna", Role::platform));
    auto bert = add(sample("bert"));
    EXPECT_EQ(people().person(anna.id).value(), anna);
    EXPECT_EQ(people().person_by_login("bert").value(), bert);
    EXPECT_FALSE(people().person_by_login("Bert").value());
    EXPECT_FALSE(people().person(4711).value());
    bert.name = "Grüße = \"x\"";
    bert.role = Role::tenant_admin;
    bert.tenant = 7;
    bert.state = PersonState::disabled;
    bert.version = 2;
    change([&](Transaction& t) { return t.people().update_person(bert); });
    EXPECT_EQ(people().people().value(), (std::vector<Person>{anna, bert}));
    EXPECT_EQ(refusal([&](Transaction& t) {
                  return t.people().insert_person(sample("anna")).map([](PersonId) {});
              }),
              "P-6008");
    bert.login = "anna";
    EXPECT_EQ(refusal([&](Transaction& t) { return t.people().update_person(bert); }), "P-6008");
    anna.id = 4711;
    anna.login = "carl";
    EXPECT_EQ(refusal([&](Transaction& t) { return t.people().update_person(anna); }), "P-6005");
    EXPECT_EQ(refusal([&](Transaction& t) { return t.people().delete_person(4711); }), "P-6005");
}

TEST_P(PeopleContract, R_F2_APersonGoesWithAllThatIsItsOwn) {
    const auto anna = add(sample("anna"));
    give_passkey(anna.id, 1);
    open(sample_session(anna.id, 1));
    change([&](Transaction& t) -> Status {
        ApiToken token;
        token.handle = "h";
        token.owner = anna.id;
        PROVOST_TRY([[maybe_unused]] const auto id, t.people().insert_token(token));
        PROVOST_CHECK(t.people().put_recovery_codes(anna.id, {Sha256{1}}));
        PROVOST_CHECK(t.people().put_one_time_login({Sha256{2}, anna.id, at(1), at(9)}));
        return t.people().delete_person(anna.id);
    });
    EXPECT_EQ(people().factors(anna.id).value(), Factors());
    EXPECT_FALSE(people().passkey(Bytes(16, 1)).value());
    EXPECT_FALSE(people().session(sample_session(0, 1).hash).value());
    EXPECT_TRUE(people().tokens().value().empty());
    EXPECT_FALSE(ask([](PeopleChanges& p) { return p.use_one_time_login(Sha256{2}, at(2)); }));
    EXPECT_GT(add(sample("anna")).id, anna.id) << "a number is never given twice";
}

// Who was let in to one tenant is never let in to another that came in its place.
TEST_P(PeopleContract, R_F2_ATenantGoesAfterItsPeopleAndItsNumberIsNotUsedAgain) {
    const auto insert = [&](const std::string& slug) {
        Tenant tenant;
        tenant.slug = tenant.name = slug;
        TenantId id = 0;
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(id, t.insert_tenant(tenant));
            return {};
        });
        return id;
    };
    const auto old = insert("old");
    auto anna = sample("anna");
    anna.tenant = old;
    anna = add(anna);
    const auto remove = [&] { return store->apply([&](Transaction& t) { return t.delete_tenant(old); }); };
    EXPECT_EQ(remove().error().code, "P-6003");
    change([&](Transaction& t) { return t.people().delete_person(anna.id); });
    EXPECT_TRUE(remove());
    EXPECT_GT(insert("new"), old);
}

TEST_P(PeopleContract, R_F2_SecretsAndTotpSteps) {
    const auto anna = add(sample("anna"));
    EXPECT_EQ(people().secrets(anna.id).value(), PersonSecrets());
    const PersonSecrets secrets{"$argon2id$...", Bytes(16, 1), Bytes(16, 2), Bytes(16, 3), 5};
    change([&](Transaction& t) { return t.people().put_secrets(anna.id, secrets); });
    EXPECT_EQ(people().secrets(anna.id).value(), secrets);
    EXPECT_EQ(people().factors(anna.id).value(), (Factors{true, true, 0, 0}));
    const auto use = [&](std::int64_t step) {
        return ask([&](PeopleChanges& p) { return p.use_totp(anna.id, step); });
    };
    EXPECT_FALSE(use(5));
    EXPECT_TRUE(use(6));
    EXPECT_FALSE(use(6)) << "once";
    EXPECT_FALSE(use(4)) << "none before one that was taken";
    EXPECT_TRUE(use(7));
    EXPECT_EQ(people().secrets(4711).value(), PersonSecrets());
}

TEST_P(PeopleContract, R_F2_Passkeys) {
    const auto anna = add(sample("anna")), bert = add(sample("bert"));
    give_passkey(anna.id, 1);
    give_passkey(anna.id, 2);
    const auto key = people().passkey(Bytes(16, 2)).value().value();
    EXPECT_EQ(key.person, anna.id);
    change([&](Transaction& t) { return t.people().note_passkey_use(key.id, 4'000'000'000U, at(9)); });
    const auto used = people().passkeys(anna.id).value().at(1);
    EXPECT_EQ(used.sign_count, 4'000'000'000U);
    EXPECT_EQ(used.used, at(9));
    EXPECT_EQ(refusal([&](Transaction& t) {
                  auto again = key;
                  again.person = bert.id;
                  return t.people().insert_passkey(again).map([](std::int64_t) {});
              }),
              "P-6008");
    EXPECT_EQ(refusal([&](Transaction& t) { return t.people().delete_passkey(bert.id, key.id); }), "P-6005")
        << "not another's";
    change([&](Transaction& t) { return t.people().delete_passkey(anna.id, key.id); });
    EXPECT_EQ(people().factors(anna.id).value().passkeys, 1);
}

TEST_P(PeopleContract, R_F2_RecoveryCodesWorkOnce) {
    const auto anna = add(sample("anna")), bert = add(sample("bert"));
    const auto use = [&](PersonId id, std::uint8_t mark) {
        return ask([&](PeopleChanges& p) { return p.use_recovery_code(id, Sha256{mark}); });
    };
    change([&](Transaction& t) { return t.people().put_recovery_codes(anna.id, {Sha256{1}, Sha256{2}}); });
    EXPECT_EQ(people().factors(anna.id).value().recovery_left, 2);
    EXPECT_FALSE(use(bert.id, 1)) << "not another's";
    EXPECT_TRUE(use(anna.id, 1));
    EXPECT_FALSE(use(anna.id, 1));
    change([&](Transaction& t) { return t.people().put_recovery_codes(anna.id, {Sha256{3}}); });
    EXPECT_FALSE(use(anna.id, 2)) << "earlier ones are void";
}

TEST_P(PeopleContract, R_F2_Sessions) {
    const auto anna = add(sample("anna")), bert = add(sample("bert"));
    auto one = open(sample_session(anna.id, 1));
    const auto two = open(sample_session(anna.id, 2)), other = open(sample_session(bert.id, 3));
    EXPECT_EQ(people().session(one.hash).value(), one);
    EXPECT_EQ(people().sessions(anna.id).value(), (std::vector<Session>{two, one}));
    one.hash.fill(9);
    one.stage = SessionStage::enrol;
    one.proved = std::nullopt;
    one.failures = 0;
    change([&](Transaction& t) { return t.people().update_session(one); });
    EXPECT_EQ(people().session_of(one.id).value(), one);
    EXPECT_FALSE(people().session(sample_session(0, 1).hash).value()) << "its old id is nothing";
    change([&](Transaction& t) { return t.people().touch_session(one.id, at(50)); });
    change([&](Transaction& t) { return t.people().touch_session(one.id, at(40)); });
    EXPECT_EQ(people().session_of(one.id).value()->used, at(50)) << "never back";
    EXPECT_FALSE(ask([&](PeopleChanges& p) { return p.delete_session(bert.id, one.id); })) << "not another's";
    change([&](Transaction& t) { return t.people().delete_sessions(anna.id, two.id); });
    EXPECT_EQ(people().sessions(anna.id).value(), std::vector<Session>{two});
    EXPECT_TRUE(ask([&](PeopleChanges& p) { return p.delete_session(anna.id, two.id); }));
    EXPECT_EQ(people().sessions(bert.id).value(), std::vector<Session>{other});
    change([&](Transaction& t) { return t.people().drop_sessions(at(99), at(1)); });
    EXPECT_EQ(people().sessions(bert.id).value().size(), 1U);
    change([&](Transaction& t) { return t.people().drop_sessions(at(99), at(2)); });
    EXPECT_TRUE(people().sessions(bert.id).value().empty()) << "idle";
}

TEST_P(PeopleContract, R_F2_Tokens) {
    ApiToken token;
    token.handle = "handle";
    token.hash.fill(7);
    token.name = "billing";
    token.role = Role::tenant_admin;
    token.tenant = 3;
    token.read_only = false;
    token.sensitive = true;
    token.owner = 5;
    token.creator = "anna";
    token.created = at(1);
    token.until = at(90);
    token.id = ask([&](PeopleChanges& p) { return p.insert_token(token); });
    EXPECT_EQ(people().token("handle").value(), token);
    change([&](Transaction& t) { return t.people().note_token_use(token.id, at(8)); });
    token.used = at(8);
    EXPECT_EQ(people().tokens().value(), std::vector<ApiToken>{token});
    change([&](Transaction& t) { return t.people().delete_tokens(6); });
    EXPECT_TRUE(people().token("handle").value());
    change([&](Transaction& t) { return t.people().delete_token(token.id); });
    EXPECT_FALSE(people().token("handle").value());
    EXPECT_EQ(refusal([&](Transaction& t) { return t.people().delete_token(token.id); }), "P-6005");
}

TEST_P(PeopleContract, R_F2_OneTimeLogins) {
    const auto anna = add(sample("anna"));
    const auto use = [&](std::uint8_t mark, Timestamp now) {
        return ask([&](PeopleChanges& p) { return p.use_one_time_login(Sha256{mark}, now); });
    };
    const auto put = [&](std::uint8_t mark) {
        change([&](Transaction& t) {
            return t.people().put_one_time_login({Sha256{mark}, anna.id, at(1), at(9)});
        });
    };
    put(1);
    EXPECT_FALSE(use(1, at(9))) << "ended";
    EXPECT_EQ(use(1, at(8)), anna.id);
    EXPECT_FALSE(use(1, at(8))) << "once";
    put(2);
    put(3);
    EXPECT_FALSE(use(2, at(8))) << "an earlier one is void";
    EXPECT_EQ(use(3, at(8)), anna.id);
}

TEST_P(PeopleContract, R_F2_AdminsThatCanSignIn) {
    const auto admins = [&] { return people().platform_admins().value(); };
    auto anna = add(sample("anna", Role::platform));
    EXPECT_EQ(admins(), 0) << "it has no factor";
    change([&](Transaction& t) { return t.people().put_secrets(anna.id, {"hash", {}, {}, {}, 0}); });
    EXPECT_EQ(admins(), 0) << "a password alone";
    change([&](Transaction& t) {
        return t.people().put_secrets(anna.id, {"hash", {}, Bytes(16, 1), {}, 0});
    });
    EXPECT_EQ(admins(), 1);
    const auto bert = add(sample("bert", Role::platform)), carl = add(sample("carl", Role::reseller));
    give_passkey(bert.id, 1);
    give_passkey(carl.id, 2);
    EXPECT_EQ(admins(), 2);
    anna.state = PersonState::disabled;
    change([&](Transaction& t) { return t.people().update_person(anna); });
    EXPECT_EQ(admins(), 1);
}

}  // namespace provost::contract
