// The part of the store about people who sign in and programs that do so for them. Nothing in it logs anybody
// in: what a person or a program holds lies here as a hash, and a TOTP secret as the salt that the key holder
// derives it from.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "domain/person.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace provost {

// Salts and hashes, each of no use without the key holder.
struct PersonSecrets {
    std::string password;        // argon2id of the peppered one; empty: none
    Bytes pepper;                // salt of the pepper
    Bytes totp;                  // salt of the secret; empty: none
    Bytes totp_new;              // one that is set but not confirmed
    std::int64_t totp_used = 0;  // last step whose code was taken
    bool operator==(const PersonSecrets&) const = default;
};

struct Passkey {
    std::int64_t id = 0;
    PersonId person = 0;
    Bytes credential;  // its id, as the authenticator chose it
    Bytes key;         // public, as COSE has it (RFC 9052)
    std::uint32_t sign_count = 0;
    std::string name;
    Timestamp created{};
    std::optional<Timestamp> used;
    bool operator==(const Passkey&) const = default;
};

// What a session may do.
enum class SessionStage : std::uint8_t {
    second_factor,  // the password was right; nothing but the second factor
    enrol,          // nothing but setting up what it logs in by from now on
    whole,
};

struct Session {
    std::int64_t id = 0;
    Sha256 hash{};  // of what the browser has
    PersonId person = 0;
    SessionStage stage = SessionStage::second_factor;
    Timestamp created{}, used{}, until{};  // until: whatever it does
    std::optional<Timestamp> proved;       // when it proved itself last by a second factor
    std::string how;                       // "passkey", "password and TOTP" ...
    std::string source, agent;             // peer's address; User-Agent, printable
    int failures = 0;                      // of the second factor
    bool operator==(const Session&) const = default;
};

struct ApiToken {
    std::int64_t id = 0;
    std::string handle;  // its public part
    Sha256 hash{};       // of the secret one
    std::string name;
    Role role = Role::auditor;
    std::optional<TenantId> tenant = TenantId{0};
    bool read_only = true;
    bool sensitive = false;  // may do what a person must prove itself for again
    PersonId owner = 0;      // 0: made on the host
    std::string creator;     // in words
    Timestamp created{}, until{};
    std::optional<Timestamp> used;
    bool operator==(const ApiToken&) const = default;
};

struct OneTimeLogin {
    Sha256 hash{};
    PersonId person = 0;
    Timestamp created{}, until{};
};

// Reads, as those of Store.
class PeopleStore {
 public:
    virtual ~PeopleStore() = default;
    virtual Result<std::optional<Person>> person(PersonId id) = 0;
    virtual Result<std::optional<Person>> person_by_login(const std::string& login) = 0;
    virtual Result<std::vector<Person>> people() = 0;        // by login
    virtual Result<PersonSecrets> secrets(PersonId id) = 0;  // empty ones where there is no such person
    virtual Result<Factors> factors(PersonId id) = 0;
    virtual Result<std::vector<Passkey>> passkeys(PersonId id) = 0;
    virtual Result<std::optional<Passkey>> passkey(const Bytes& credential) = 0;
    virtual Result<std::optional<Session>> session(const Sha256& hash) = 0;
    virtual Result<std::optional<Session>> session_of(std::int64_t id) = 0;
    virtual Result<std::vector<Session>> sessions(PersonId id) = 0;  // newest first
    virtual Result<std::vector<ApiToken>> tokens() = 0;
    virtual Result<std::optional<ApiToken>> token(const std::string& handle) = 0;
    // Active platform admins that can log in: with factors that are enough.
    virtual Result<std::int64_t> platform_admins() = 0;
};

// Inside a transaction; reads see its own changes.
class PeopleChanges : public PeopleStore {
 public:
    virtual Result<PersonId> insert_person(const Person& person) = 0;  // P-6008 if the login is there
    virtual Status update_person(const Person& person) = 0;            // all fields; P-6005, P-6008
    virtual Status delete_person(PersonId id) = 0;                     // with all that is its own; P-6005
    virtual Status put_secrets(PersonId id, const PersonSecrets& secrets) = 0;
    // True once for each step, and never for one before another that was taken.
    virtual Result<bool> use_totp(PersonId id, std::int64_t step) = 0;

    virtual Result<std::int64_t> insert_passkey(const Passkey& passkey) = 0;  // P-6008 if it is there
    virtual Status note_passkey_use(std::int64_t id, std::uint32_t sign_count, Timestamp at) = 0;
    virtual Status delete_passkey(PersonId person, std::int64_t id) = 0;  // P-6005
    virtual Status delete_passkeys(PersonId person) = 0;

    virtual Status put_recovery_codes(PersonId person, const std::vector<Sha256>& hashes) = 0;  // all anew
    virtual Result<bool> use_recovery_code(PersonId person, const Sha256& hash) = 0;            // true once

    virtual Result<std::int64_t> insert_session(const Session& session) = 0;
    virtual Status update_session(const Session& session) = 0;  // all fields; nothing where it has ended
    virtual Status touch_session(std::int64_t id, Timestamp used) = 0;
    virtual Result<bool> delete_session(PersonId person, std::int64_t id) = 0;
    virtual Status delete_sessions(PersonId person, std::int64_t but = 0) = 0;
    virtual Status drop_sessions(Timestamp until, Timestamp used) = 0;  // that ended, or were idle since

    virtual Result<std::int64_t> insert_token(const ApiToken& token) = 0;
    virtual Status note_token_use(std::int64_t id, Timestamp at) = 0;
    virtual Status delete_token(std::int64_t id) = 0;  // P-6005
    virtual Status delete_tokens(PersonId owner) = 0;

    // The one of its person: an earlier one is void.
    virtual Status put_one_time_login(const OneTimeLogin& login) = 0;
    // Whose it is, once.
    virtual Result<std::optional<PersonId>> use_one_time_login(const Sha256& hash, Timestamp now) = 0;
};

}  // namespace provost
