#include "storage/sqlite/people.h"

#include "storage/sqlite/rows.h"

namespace provost::sqlite {

namespace {

Status there(Database& database, Query query, const char* what) {
    PROVOST_CHECK(query.run());
    if (database.changes() != 0) return {};
    return fail({"P-6005", std::string("there is no such ") + what, "", "", "See the list of what is there"});
}

// A login, or a passkey's own id, that is there already.
Status unless_taken(Query query, const char* what) {
    auto done = query.run();
    if (!done && query.code() == SQLITE_CONSTRAINT_UNIQUE)
        return fail(
            {"P-6008", std::string("there is such a ") + what + " already", "", "", "Choose another"});
    return done;
}

}  // namespace

Result<PersonId> PeopleRows::insert_person(const Person& person) {
    PROVOST_CHECK(unless_taken(
        database_.query("INSERT INTO people (login, name, role, tenant, state, created, version) VALUES"
                        " (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        person.login, person.name, to_text(person.role), person.tenant, to_text(person.state),
                        person.created, person.version),
        "login"));
    return database_.last_id();
}

Status PeopleRows::update_person(const Person& person) {
    PROVOST_CHECK(
        unless_taken(database_.query("UPDATE people SET login = ?2, name = ?3, role = ?4, tenant = ?5,"
                                     " state = ?6, version = ?7 WHERE id = ?1",
                                     person.id, person.login, person.name, to_text(person.role),
                                     person.tenant, to_text(person.state), person.version),
                     "login"));
    if (database_.changes() != 0) return {};
    return fail({"P-6005", "there is no such person", "", "", "See the list of what is there"});
}

Status PeopleRows::delete_person(PersonId id) {
    PROVOST_CHECK(delete_tokens(id));
    return there(database_, database_.query("DELETE FROM people WHERE id = ?1", id), "person");
}

Status PeopleRows::put_secrets(PersonId id, const PersonSecrets& s) {
    return there(database_,
                 database_.query("UPDATE people SET password = ?2, pepper = ?3, totp = ?4, totp_new = ?5,"
                                 " totp_used = ?6 WHERE id = ?1",
                                 id, s.password, s.pepper, s.totp, s.totp_new, s.totp_used),
                 "person");
}

Result<bool> PeopleRows::use_totp(PersonId id, std::int64_t step) {
    PROVOST_CHECK(
        database_.run("UPDATE people SET totp_used = ?2 WHERE id = ?1 AND totp_used < ?2", id, step));
    return database_.changes() != 0;
}

Result<std::int64_t> PeopleRows::insert_passkey(const Passkey& key) {
    PROVOST_CHECK(unless_taken(
        database_.query("INSERT INTO passkeys (person, credential, public_key, sign_count, name, created,"
                        " used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        key.person, key.credential, key.key, key.sign_count, key.name, key.created, key.used),
        "passkey"));
    return database_.last_id();
}

Status PeopleRows::note_passkey_use(std::int64_t id, std::uint32_t sign_count, Timestamp at) {
    return database_.run("UPDATE passkeys SET sign_count = ?2, used = ?3 WHERE id = ?1", id, sign_count, at);
}

Status PeopleRows::delete_passkey(PersonId person, std::int64_t id) {
    return there(database_, database_.query("DELETE FROM passkeys WHERE id = ?1 AND person = ?2", id, person),
                 "passkey");
}

Status PeopleRows::delete_passkeys(PersonId person) {
    return database_.run("DELETE FROM passkeys WHERE person = ?1", person);
}

Status PeopleRows::put_recovery_codes(PersonId person, const std::vector<Sha256>& hashes) {
    PROVOST_CHECK(database_.run("DELETE FROM recovery_codes WHERE person = ?1", person));
    for (const auto& hash : hashes)
        PROVOST_CHECK(
            database_.run("INSERT INTO recovery_codes (person, hash) VALUES (?1, ?2)", person, hash));
    return {};
}

Result<bool> PeopleRows::use_recovery_code(PersonId person, const Sha256& hash) {
    PROVOST_CHECK(database_.run("DELETE FROM recovery_codes WHERE person = ?1 AND hash = ?2", person, hash));
    return database_.changes() != 0;
}

Result<std::int64_t> PeopleRows::insert_session(const Session& s) {
    PROVOST_CHECK(
        database_.run("INSERT INTO sessions (hash, person, stage, created, used, until, proved, how, source,"
                      " agent, failures) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                      s.hash, s.person, static_cast<int>(s.stage), s.created, s.used, s.until, s.proved,
                      s.how, s.source, s.agent, s.failures));
    return database_.last_id();
}

Status PeopleRows::update_session(const Session& s) {
    return database_.run(
        "UPDATE sessions SET hash = ?2, stage = ?3, used = ?4, until = ?5, proved = ?6, how = ?7,"
        " source = ?8, agent = ?9, failures = ?10 WHERE id = ?1",
        s.id, s.hash, static_cast<int>(s.stage), s.used, s.until, s.proved, s.how, s.source, s.agent,
        s.failures);
}

Status PeopleRows::touch_session(std::int64_t id, Timestamp used) {
    return database_.run("UPDATE sessions SET used = ?2 WHERE id = ?1 AND used < ?2", id, used);
}

Result<bool> PeopleRows::delete_session(PersonId person, std::int64_t id) {
    PROVOST_CHECK(database_.run("DELETE FROM sessions WHERE id = ?1 AND person = ?2", id, person));
    return database_.changes() != 0;
}

Status PeopleRows::delete_sessions(PersonId person, std::int64_t but) {
    return database_.run("DELETE FROM sessions WHERE person = ?1 AND id <> ?2", person, but);
}

Status PeopleRows::drop_sessions(Timestamp until, Timestamp used) {
    return database_.run("DELETE FROM sessions WHERE until <= ?1 OR used <= ?2", until, used);
}

Result<std::int64_t> PeopleRows::insert_token(const ApiToken& t) {
    PROVOST_CHECK(database_.run(
        "INSERT INTO api_tokens (handle, hash, name, role, tenant, read_only, sensitive, owner, creator,"
        " created, until, used) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        t.handle, t.hash, t.name, to_text(t.role), t.tenant, t.read_only, t.sensitive, t.owner, t.creator,
        t.created, t.until, t.used));
    return database_.last_id();
}

Status PeopleRows::note_token_use(std::int64_t id, Timestamp at) {
    return database_.run("UPDATE api_tokens SET used = ?2 WHERE id = ?1", id, at);
}

Status PeopleRows::delete_token(std::int64_t id) {
    return there(database_, database_.query("DELETE FROM api_tokens WHERE id = ?1", id), "token");
}

Status PeopleRows::delete_tokens(PersonId owner) {
    return database_.run("DELETE FROM api_tokens WHERE owner = ?1", owner);
}

Status PeopleRows::put_one_time_login(const OneTimeLogin& login) {
    return database_.run(
        "INSERT INTO one_time_logins (person, hash, created, until) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (person) DO UPDATE SET hash = ?2, created = ?3, until = ?4",
        login.person, login.hash, login.created, login.until);
}

// It goes with its use: a second one finds nothing.
Result<std::optional<PersonId>> PeopleRows::use_one_time_login(const Sha256& hash, Timestamp now) {
    PROVOST_TRY(
        const auto person,
        database_.number("SELECT person FROM one_time_logins WHERE hash = ?1 AND until > ?2", hash, now));
    if (person == 0) return std::nullopt;
    PROVOST_CHECK(database_.run("DELETE FROM one_time_logins WHERE hash = ?1", hash));
    return person;
}

}  // namespace provost::sqlite
