#include "storage/sqlite/people.h"
#include "storage/sqlite/rows.h"

namespace provost::sqlite {

namespace {

constexpr std::string_view person_columns = "id, login, name, role, tenant, state, created, version";
constexpr std::string_view passkey_columns =
    "id, person, credential, public_key, sign_count, name, created, used";
constexpr std::string_view session_columns =
    "id, hash, person, stage, created, used, until, proved, how, source, agent, failures";
constexpr std::string_view token_columns =
    "id, handle, hash, name, role, tenant, read_only, sensitive, owner, creator, created, until, used";

Error unknown_word(std::string column, const std::string& word) {
    return {"P-6014", "the database is damaged", std::move(column), "'" + word + "' is none",
            "Restore the newest backup"};
}

Status take_role(Role& out, const std::string& text) {
    const auto role = parse_role(text);
    if (!role) return fail(unknown_word("a role", text));
    out = *role;
    return {};
}

Result<Person> read_person(Query& row) {
    Person person;
    std::string role, state;
    PROVOST_CHECK(row.read(person.id, person.login, person.name, role, person.tenant, state, person.created,
                           person.version));
    PROVOST_CHECK(take_role(person.role, role));
    const auto known = parse_person_state(state);
    if (!known) return fail(unknown_word("a person's state", state));
    person.state = *known;
    return person;
}

Result<PersonSecrets> read_secrets(Query& row) {
    PersonSecrets secrets;
    PROVOST_CHECK(
        row.read(secrets.password, secrets.pepper, secrets.totp, secrets.totp_new, secrets.totp_used));
    return secrets;
}

Result<Passkey> read_passkey(Query& row) {
    Passkey key;
    PROVOST_CHECK(row.read(key.id, key.person, key.credential, key.key, key.sign_count, key.name, key.created,
                           key.used));
    return key;
}

Result<Session> read_session(Query& row) {
    Session session;
    int stage = 0;
    PROVOST_CHECK(row.read(session.id, session.hash, session.person, stage, session.created, session.used,
                           session.until, session.proved, session.how, session.source, session.agent,
                           session.failures));
    if (stage < 0 || stage > static_cast<int>(SessionStage::whole))
        return fail(unknown_word("a session's stage", std::to_string(stage)));
    session.stage = static_cast<SessionStage>(stage);
    return session;
}

Result<ApiToken> read_token(Query& row) {
    ApiToken token;
    std::string role;
    PROVOST_CHECK(row.read(token.id, token.handle, token.hash, token.name, role, token.tenant,
                           token.read_only, token.sensitive, token.owner, token.creator, token.created,
                           token.until, token.used));
    PROVOST_CHECK(take_role(token.role, role));
    return token;
}

}  // namespace

Result<std::optional<Person>> PeopleRows::person(PersonId id) {
    static const std::string sql = select(person_columns, "people WHERE id = ?1");
    return read_one(database_.query(sql, id), read_person);
}

Result<std::optional<Person>> PeopleRows::person_by_login(const std::string& login) {
    static const std::string sql = select(person_columns, "people WHERE login = ?1");
    return read_one(database_.query(sql, login), read_person);
}

Result<std::vector<Person>> PeopleRows::people() {
    static const std::string sql = select(person_columns, "people ORDER BY login");
    return read_all(database_.query(sql), read_person);
}

Result<PersonSecrets> PeopleRows::secrets(PersonId id) {
    PROVOST_TRY(auto found, read_one(database_.query("SELECT password, pepper, totp, totp_new, totp_used FROM"
                                                     " people WHERE id = ?1",
                                                     id),
                                     read_secrets));
    return found ? std::move(*found) : PersonSecrets();
}

Result<Factors> PeopleRows::factors(PersonId id) {
    auto query = database_.query(
        "SELECT ifnull((SELECT password <> '' FROM people WHERE id = ?1), 0),"
        " ifnull((SELECT length(totp) > 0 FROM people WHERE id = ?1), 0),"
        " (SELECT count(*) FROM passkeys WHERE person = ?1),"
        " (SELECT count(*) FROM recovery_codes WHERE person = ?1)",
        id);
    PROVOST_TRY([[maybe_unused]] const bool row, query.next());
    Factors factors;
    PROVOST_CHECK(query.read(factors.password, factors.totp, factors.passkeys, factors.recovery_left));
    return factors;
}

Result<std::vector<Passkey>> PeopleRows::passkeys(PersonId id) {
    static const std::string sql = select(passkey_columns, "passkeys WHERE person = ?1 ORDER BY id");
    return read_all(database_.query(sql, id), read_passkey);
}

Result<std::optional<Passkey>> PeopleRows::passkey(const Bytes& credential) {
    static const std::string sql = select(passkey_columns, "passkeys WHERE credential = ?1");
    return read_one(database_.query(sql, credential), read_passkey);
}

Result<std::optional<Session>> PeopleRows::session(const Sha256& hash) {
    static const std::string sql = select(session_columns, "sessions WHERE hash = ?1");
    return read_one(database_.query(sql, hash), read_session);
}

Result<std::optional<Session>> PeopleRows::session_of(std::int64_t id) {
    static const std::string sql = select(session_columns, "sessions WHERE id = ?1");
    return read_one(database_.query(sql, id), read_session);
}

Result<std::vector<Session>> PeopleRows::sessions(PersonId id) {
    static const std::string sql = select(session_columns, "sessions WHERE person = ?1 ORDER BY id DESC");
    return read_all(database_.query(sql, id), read_session);
}

Result<std::vector<ApiToken>> PeopleRows::tokens() {
    static const std::string sql = select(token_columns, "api_tokens ORDER BY id");
    return read_all(database_.query(sql), read_token);
}

Result<std::optional<ApiToken>> PeopleRows::token(const std::string& handle) {
    static const std::string sql = select(token_columns, "api_tokens WHERE handle = ?1");
    return read_one(database_.query(sql, handle), read_token);
}

Result<std::int64_t> PeopleRows::platform_admins() {
    return database_.number(
        "SELECT count(*) FROM people p WHERE role = 'platform' AND state = 'active' AND (EXISTS (SELECT 1 "
        "FROM"
        " passkeys WHERE person = p.id) OR (password <> '' AND length(totp) > 0))");
}

}  // namespace provost::sqlite
