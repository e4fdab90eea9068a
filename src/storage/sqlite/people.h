// People, their factors, sessions and tokens (service/people_store.h) in their tables.
#pragma once

#include "service/people_store.h"
#include "storage/sqlite/database.h"

namespace provost::sqlite {

class PeopleRows final : public PeopleChanges {
 public:
    explicit PeopleRows(Database& database) : database_(database) {}

    Result<std::optional<Person>> person(PersonId id) override;
    Result<std::optional<Person>> person_by_login(const std::string& login) override;
    Result<std::vector<Person>> people() override;
    Result<PersonSecrets> secrets(PersonId id) override;
    Result<Factors> factors(PersonId id) override;
    Result<std::vector<Passkey>> passkeys(PersonId id) override;
    Result<std::optional<Passkey>> passkey(const Bytes& credential) override;
    Result<std::optional<Session>> session(const Sha256& hash) override;
    Result<std::optional<Session>> session_of(std::int64_t id) override;
    Result<std::vector<Session>> sessions(PersonId id) override;
    Result<std::vector<ApiToken>> tokens() override;
    Result<std::optional<ApiToken>> token(const std::string& handle) override;
    Result<std::int64_t> platform_admins() override;

    Result<PersonId> insert_person(const Person& person) override;
    Status update_person(const Person& person) override;
    Status delete_person(PersonId id) override;
    Status put_secrets(PersonId id, const PersonSecrets& secrets) override;
    Result<bool> use_totp(PersonId id, std::int64_t step) override;
    Result<std::int64_t> insert_passkey(const Passkey& passkey) override;
    Status note_passkey_use(std::int64_t id, std::uint32_t sign_count, Timestamp at) override;
    Status delete_passkey(PersonId person, std::int64_t id) override;
    Status delete_passkeys(PersonId person) override;
    Status put_recovery_codes(PersonId person, const std::vector<Sha256>& hashes) override;
    Result<bool> use_recovery_code(PersonId person, const Sha256& hash) override;
    Result<std::int64_t> insert_session(const Session& session) override;
    Status update_session(const Session& session) override;
    Status touch_session(std::int64_t id, Timestamp used) override;
    Result<bool> delete_session(PersonId person, std::int64_t id) override;
    Status delete_sessions(PersonId person, std::int64_t but) override;
    Status drop_sessions(Timestamp until, Timestamp used) override;
    Result<std::int64_t> insert_token(const ApiToken& token) override;
    Status note_token_use(std::int64_t id, Timestamp at) override;
    Status delete_token(std::int64_t id) override;
    Status delete_tokens(PersonId owner) override;
    Status put_one_time_login(const OneTimeLogin& login) override;
    Result<std::optional<PersonId>> use_one_time_login(const Sha256& hash, Timestamp now) override;

 private:
    Database& database_;
};

}  // namespace provost::sqlite
