// Recovery codes' part of signing in: beside a password the second factor; alone what a one-time login is.
#include "service/people/secrets.h"
#include "service/people/sign_in.h"

namespace provost {

Result<SessionCookie> SignIn::recovery(const SignedIn& half, const std::string& code, const WebPeer& peer) {
    PROVOST_TRY(const auto known, begin_factor(half, peer));
    std::optional<SessionCookie> opened;
    bool fits = false;
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(fits, transaction.people().use_recovery_code(half.person.id, recovery_hash(code)));
        if (!fits) return {};
        PROVOST_TRY(opened, complete(transaction, half, "password and recovery code", peer));
        const auto event = person_event("login.recovery", half.person, peer.source, desk_.now());
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    if (!fits) return fail(failed_factor(half, peer, "a wrong recovery code"));
    desk_.throttle.succeeded(try_of(half.person.login, known, peer));
    return std::move(*opened);
}

Result<SessionCookie> SignIn::open_recovered(Transaction& transaction, const Person& person, bool by_password,
                                             const WebPeer& peer) {
    const auto stage = by_password ? SessionStage::whole : SessionStage::enrol;
    const std::string how = by_password ? "password and recovery code" : "recovery code";
    PROVOST_TRY(auto opened, sessions_.open(transaction, {person.id, stage, how}, peer));
    if (by_password) PROVOST_CHECK(tell_login(transaction, person, how, peer));
    auto event = person_event("login.recovery", person, peer.source, desk_.now());
    event.detail = by_password ? how : "by a code alone: it can set up a new factor and do nothing else";
    PROVOST_TRY([[maybe_unused]] const auto id, transaction.insert_event(event));
    return opened;
}

// Whatever is wrong, the store is asked for a code all the same: of nobody, so that none is spent and the
// answer takes as long.
Result<SessionCookie> SignIn::recover(const RecoveryTry& typed, const WebPeer& peer) {
    PROVOST_TRY(const auto known, look_up(is_login(typed.login) ? typed.login : std::string(), peer));
    const auto attempt = try_of(typed.login, known, peer);
    PROVOST_CHECK(take_turn(attempt, known));
    const bool has_password = !known.secrets.password.empty();
    const auto right = typed.password.empty() ? Result<bool>(false) : fits(known, typed.password);
    if (!right) {
        desk_.throttle.undo(attempt);
        return fail(right.error());
    }
    const bool may = known.person && (*right || !has_password);
    const PersonId whose = may ? known.person->id : 0;
    std::optional<SessionCookie> opened;
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        auto& people = transaction.people();
        PROVOST_TRY(const auto person, people.person(whose));
        const bool active = person && person->state == PersonState::active;
        PROVOST_TRY(const bool fits, people.use_recovery_code(active ? whose : 0, recovery_hash(typed.code)));
        if (!fits) return {};
        PROVOST_TRY(opened, open_recovered(transaction, *person, has_password, peer));
        return {};
    }));
    if (!opened)
        return refuse(attempt, known,
                      may ? "a wrong recovery code" : "a recovery code, and no password beside it that fits");
    desk_.throttle.succeeded(attempt);
    return std::move(*opened);
}

}  // namespace provost
