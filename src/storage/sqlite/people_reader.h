// The people's part of the store, each question on a reader of its own.
#pragma once

#include "storage/sqlite/people.h"
#include "storage/sqlite/reader_pool.h"

namespace provost::sqlite {

class PeopleReader final : public PeopleStore {
 public:
    explicit PeopleReader(ReaderPool& readers) : readers_(readers) {}

    Result<std::optional<Person>> person(PersonId id) override { return ask(&PeopleRows::person, id); }
    Result<std::optional<Person>> person_by_login(const std::string& login) override {
        return ask(&PeopleRows::person_by_login, login);
    }
    Result<std::vector<Person>> people() override { return ask(&PeopleRows::people); }
    Result<PersonSecrets> secrets(PersonId id) override { return ask(&PeopleRows::secrets, id); }
    Result<Factors> factors(PersonId id) override { return ask(&PeopleRows::factors, id); }
    Result<std::vector<Passkey>> passkeys(PersonId id) override { return ask(&PeopleRows::passkeys, id); }
    Result<std::optional<Passkey>> passkey(const Bytes& credential) override {
        return ask(&PeopleRows::passkey, credential);
    }
    Result<std::optional<Session>> session(const Sha256& hash) override {
        return ask(&PeopleRows::session, hash);
    }
    Result<std::optional<Session>> session_of(std::int64_t id) override {
        return ask(&PeopleRows::session_of, id);
    }
    Result<std::vector<Session>> sessions(PersonId id) override { return ask(&PeopleRows::sessions, id); }
    Result<std::vector<ApiToken>> tokens() override { return ask(&PeopleRows::tokens); }
    Result<std::optional<ApiToken>> token(const std::string& handle) override {
        return ask(&PeopleRows::token, handle);
    }
    Result<std::int64_t> platform_admins() override { return ask(&PeopleRows::platform_admins); }

 private:
    template <class Answer, class... Wanted, class... Given>
    Answer ask(Answer (PeopleRows::*question)(Wanted...), const Given&... given) {
        PROVOST_TRY(auto reader, readers_.borrow());
        return (PeopleRows(*reader).*question)(given...);
    }

    ReaderPool& readers_;
};

}  // namespace provost::sqlite
