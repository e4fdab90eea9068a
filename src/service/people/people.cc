#include "service/people/people.h"

#include "crypto/digest.h"
#include "domain/text.h"
#include "service/people/desk.h"
#include "service/people/handed_over.h"
#include "service/people/reach.h"
#include "service/people/secrets.h"
#include "service/tenants.h"

namespace provost {

namespace {

constexpr std::string_view first_admin = "admin";

Error no_such_person() {
    return {"P-8611", "there is no such person", "id", "", "List them: 'provost person list'."};
}

Error refused(std::string_view field, std::string why) {
    return {"P-8612", "a person's data were refused", std::string(field), std::move(why)};
}

// One has to be left who can let others in.
Status check_last(PeopleChanges& people, bool was_one) {
    if (!was_one) return {};
    PROVOST_TRY(const auto left, people.platform_admins());
    if (left > 0) return {};
    return fail({"P-8613", "this is the last platform admin that can sign in", "person", "",
                 "Make another one first, and let that one sign in."});
}

// What it had proved itself by is of no use any more.
Status strip(PeopleChanges& people, PersonId id) {
    PROVOST_CHECK(people.put_secrets(id, {}));
    PROVOST_CHECK(people.delete_passkeys(id));
    PROVOST_CHECK(people.put_recovery_codes(id, {}));
    PROVOST_CHECK(people.delete_sessions(id));
    return people.delete_tokens(id);
}

Result<LoginLink> make_link(PeopleChanges& people, const Person& person, Timestamp now) {
    const auto token = draw_link_token();
    LoginLink link{"/login#token=" + token, now + one_time_login_lasts, person.login};
    PROVOST_CHECK(people.put_one_time_login({sha256(token), person.id, now, link.until}));
    return link;
}

// Of the person's tenant, whoever did it.
Status tell(Transaction& transaction, Event event, const Person& whose, std::string detail = {}) {
    event.tenant = whose.tenant.value_or(0);
    event.detail = whose.login + std::move(detail);
    return transaction.insert_event(event).map([](std::int64_t) {});
}

}  // namespace

Result<People::Entry> People::with_factors(Person person) {
    PROVOST_TRY(const auto factors, house_.store.people().factors(person.id));
    return Entry{std::move(person), factors};
}

// Who may not see a person does not learn that it is there.
Status People::check_sight(const Actor& actor, const Person& person) const {
    if (within_sight(*house_.policies.current(), actor, {person.role, person.tenant})) return {};
    return fail(no_such_person());
}

Result<People::Entry> People::find_to_manage(PersonId id, const Actor& actor) {
    PROVOST_TRY(auto entry, find(id, actor));
    if (within_reach(*house_.policies.current(), actor, {entry.person.role, entry.person.tenant}))
        return entry;
    return fail(no_such_person());
}

Result<std::vector<People::Entry>> People::list(const Actor& actor) {
    PROVOST_TRY(auto people, house_.store.people().people());
    std::vector<Entry> entries;
    for (auto& person : people) {
        if (!check_sight(actor, person)) continue;
        PROVOST_TRY(auto entry, with_factors(std::move(person)));
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<People::Entry> People::find(PersonId id, const Actor& actor) {
    PROVOST_TRY(auto person, house_.store.people().person(id));
    if (!person) return fail(no_such_person());
    PROVOST_CHECK(check_sight(actor, *person));
    return with_factors(std::move(*person));
}

Result<People::Entry> People::find(const std::string& login, const Actor& actor) {
    PROVOST_TRY(const auto person, house_.store.people().person_by_login(login));
    return person ? find(person->id, actor) : fail(no_such_person());
}

Status People::take_draft(const Draft& draft, const Actor& actor, Person& person) const {
    if (!draft.login.empty()) {
        if (!is_login(draft.login))
            return fail(refused("login", "it is not 2 to 64 of a-z, 0-9 and . _ - @ +"));
        person.login = draft.login;
    }
    if (!draft.name.empty()) person.name = draft.name;
    if (person.name.empty()) person.name = person.login;
    if (person.name.size() > 128 || !is_clean_text(person.name))
        return fail(refused("name", "it is longer than 128 bytes or holds control characters"));
    if (!draft.role.empty()) {
        const auto role = parse_role(draft.role);
        if (!role)
            return fail(refused("role", "it is not platform, reseller, tenant-admin, support or auditor"));
        person.role = *role;
    }
    if (!draft.state.empty()) {
        const auto state = parse_person_state(draft.state);
        if (!state) return fail(refused("state", "it is neither active nor disabled"));
        person.state = *state;
    }
    PROVOST_TRY(person.tenant,
                read_reach(Sight(actor, house_.policies.current()), draft.tenant, person.tenant));
    return check_place(person.role, person.tenant);
}

Result<People::Created> People::create(const Draft& draft, const Actor& actor) {
    if (draft.login.empty() || draft.role.empty())
        return fail(refused(draft.login.empty() ? "login" : "role", "it is missing"));
    Person person;
    person.created = house_.clock.now();
    person.tenant = parse_role(draft.role) == Role::platform ? std::nullopt : std::optional(TenantId{0});
    PROVOST_CHECK(take_draft(draft, actor, person));
    PROVOST_CHECK(check_grant(*house_.policies.current(), actor, {person.role, person.tenant}));
    Created created;
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(person.id, transaction.people().insert_person(person));
        PROVOST_CHECK(note_handed_over(transaction, {actor.person, person.id, person.created}));
        PROVOST_TRY(created.link, make_link(transaction.people(), person, house_.clock.now()));
        return tell(transaction, person_event("person.created", actor.name, actor.source, house_.clock.now()),
                    person, ", " + std::string(to_text(person.role)));
    }));
    PROVOST_TRY(created.entry, with_factors(std::move(person)));
    return created;
}

Result<People::Entry> People::change(PersonId id, const Draft& draft, std::optional<std::int64_t> version,
                                     const Actor& actor) {
    PROVOST_TRY(const auto before, find_to_manage(id, actor));
    if (version && *version != before.person.version)
        return fail({"P-2015", "this person was changed by someone else meanwhile", "If-Match", "",
                     "Read it again and repeat the change."});
    auto person = before.person;
    PROVOST_CHECK(take_draft(draft, actor, person));
    PROVOST_CHECK(check_grant(*house_.policies.current(), actor, {person.role, person.tenant}));
    ++person.version;
    const bool other_rights = person.role != before.person.role || person.tenant != before.person.tenant ||
                              person.state != before.person.state;
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        auto& people = transaction.people();
        PROVOST_CHECK(people.update_person(person));
        if (other_rights) {
            PROVOST_CHECK(people.delete_sessions(id));
            PROVOST_CHECK(people.delete_tokens(id));
            PROVOST_CHECK(note_handed_over(transaction, {actor.person, id, house_.clock.now()}));
        }
        PROVOST_CHECK(check_last(people, before.person.role == Role::platform && before.factors.enough()));
        return tell(transaction, person_event("person.changed", actor.name, actor.source, house_.clock.now()),
                    person,
                    ", " + std::string(to_text(person.role)) + ", " + std::string(to_text(person.state)));
    }));
    return with_factors(std::move(person));
}

Status People::remove(PersonId id, const Actor& actor) {
    PROVOST_TRY(const auto entry, find_to_manage(id, actor));
    return house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.people().delete_person(id));
        PROVOST_CHECK(
            check_last(transaction.people(), entry.person.role == Role::platform && entry.factors.enough()));
        return tell(transaction, person_event("person.removed", actor.name, actor.source, house_.clock.now()),
                    entry.person);
    });
}

Result<LoginLink> People::reset(PersonId id, const Actor& actor) {
    PROVOST_TRY(const auto entry, find_to_manage(id, actor));
    if (id == actor.person)
        return fail({"P-8614", "nobody resets itself", "id", "",
                     "Change your factors under your own account, or ask another administrator."});
    LoginLink link;
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(strip(transaction.people(), id));
        PROVOST_CHECK(note_handed_over(transaction, {actor.person, id, house_.clock.now()}));
        PROVOST_CHECK(
            check_last(transaction.people(), entry.person.role == Role::platform && entry.factors.enough()));
        PROVOST_TRY(link, make_link(transaction.people(), entry.person, house_.clock.now()));
        return tell(transaction, person_event("person.reset", actor.name, actor.source, house_.clock.now()),
                    entry.person);
    }));
    return link;
}

Status People::end_sessions(PersonId id, const Actor& actor) {
    PROVOST_TRY(const auto entry, find_to_manage(id, actor));
    return house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.people().delete_sessions(id));
        return tell(transaction, person_event("session.ended", actor.name, actor.source, house_.clock.now()),
                    entry.person, ", all sessions");
    });
}

Result<LoginLink> reset_admin(House& house, const std::string& login, const std::string& actor) {
    const std::string wanted = login.empty() ? std::string(first_admin) : login;
    if (!is_login(wanted)) return fail(refused("login", "it is not 2 to 64 of a-z, 0-9 and . _ - @ +"));
    LoginLink link;
    PROVOST_CHECK(house.store.apply([&](Transaction& transaction) -> Status {
        auto& people = transaction.people();
        const auto now = house.clock.now();
        PROVOST_TRY(auto person, people.person_by_login(wanted));
        if (!person) {
            person.emplace();
            person->login = person->name = wanted;
            person->role = Role::platform;
            person->tenant = std::nullopt;
            person->created = now;
            PROVOST_TRY(person->id, people.insert_person(*person));
        } else if (person->role != Role::platform) {
            return fail({"P-8614", "this person is no platform admin", "login", "",
                         "'provost person reset' makes a link for any other."});
        } else {
            PROVOST_CHECK(strip(people, person->id));
            person->state = PersonState::active;
            ++person->version;
            PROVOST_CHECK(people.update_person(*person));
        }
        PROVOST_TRY(link, make_link(people, *person, now));
        return tell(transaction, person_event("login.one-time-made", actor, "", now), *person);
    }));
    return link;
}

Result<std::optional<LoginLink>> first_login(House& house) {
    PROVOST_TRY(const auto admins, house.store.people().platform_admins());
    if (admins > 0) return std::nullopt;
    PROVOST_TRY(auto link, reset_admin(house, "", "start"));
    return std::optional(std::move(link));
}

}  // namespace provost
