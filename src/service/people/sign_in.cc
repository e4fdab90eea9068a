#include "service/people/sign_in.h"

#include "crypto/digest.h"
#include "service/people/secrets.h"

namespace provost {

namespace {

constexpr const char* replayed = "a code that was used before";

Error refused() {
    return {"P-8602", "this login was refused", "login", "",
            "Check what you typed. Who has lost a password or a second factor asks an administrator for a "
            "reset."};
}

Error too_many(Duration wait) {
    const auto seconds = (wait.count() + 999) / 1000;
    return {"P-8603", "there were too many tries", "login",
            "the next is taken in " + std::to_string(seconds) + " s", "Wait, or sign in with a passkey."};
}

}  // namespace

Result<SignIn::Known> SignIn::look_up(const std::string& login, const WebPeer& peer) {
    Known known;
    PROVOST_TRY(known.person, desk_.people().person_by_login(login));
    const auto id = known.person ? known.person->id : 0;  // nobody's answers take as long
    PROVOST_TRY(known.secrets, desk_.people().secrets(id));
    PROVOST_TRY(known.factors, desk_.people().factors(id));
    if (known.person) known.own_mark = desk_.marks.read(peer.browser_mark, id, desk_.now());
    return known;
}

LoginTry SignIn::try_of(const std::string& account, const Known& known, const WebPeer& peer) const {
    return {IpAddress::parse(peer.source).value_or(IpAddress()), account, known.own_mark, false};
}

Status SignIn::take_turn(const LoginTry& attempt, const Known& known) {
    const auto wait = desk_.throttle.take(attempt, desk_.now());
    if (wait == Duration()) return {};
    desk_.tell_of_failure(failed_try("login.throttled", known.person ? &*known.person : nullptr,
                                     attempt.source.text(), "too many failures"));
    return fail(too_many(wait));
}

// What was typed as a login is told only where it is one: people type passwords into the wrong field.
tl::unexpected<Error> SignIn::refuse(const LoginTry& attempt, const Known& known, std::string why) {
    const auto now = desk_.now();
    const auto source = attempt.source.text();
    desk_.tell_of_failure(
        failed_try("login.failed", known.person ? &*known.person : nullptr, source, std::move(why)));
    if (desk_.throttle.failed(attempt, now).spraying) {
        auto storm = person_event("login.spraying", "", source, now);
        storm.detail = "one source tries one account after the other";
        desk_.tell_of_failure(std::move(storm));
    }
    return fail(refused());
}

Result<bool> SignIn::fits(const Known& known, const Secret& password) {
    PROVOST_TRY(const auto pepper, pepper_of(desk_.house.keys, known.secrets));
    const auto asker = known.own_mark ? PasswordHasher::Asker::known : PasswordHasher::Asker::stranger;
    const std::string none;
    return desk_.hasher.fits({known.can_try() ? known.secrets.password : none, password, pepper}, asker);
}

Result<SessionCookie> SignIn::password(const std::string& login, const Secret& password,
                                       const WebPeer& peer) {
    PROVOST_TRY(const auto known, look_up(is_login(login) ? login : std::string(), peer));
    const auto attempt = try_of(login, known, peer);
    PROVOST_CHECK(take_turn(attempt, known));
    const auto right = fits(known, password);
    if (!right) {
        desk_.throttle.undo(attempt);
        return fail(right.error());
    }
    if (!*right)
        return refuse(attempt, known, known.can_try() ? "wrong password" : "disabled, or has no password");
    // Who has a passkey and nothing else beside the password proves itself by that: a password alone must not
    // lead to new factors.
    if (!known.factors.totp && known.factors.passkeys > 0)
        return refuse(attempt, known, "right password, but its second factor is a passkey");
    const auto stage = known.factors.totp ? SessionStage::second_factor : SessionStage::enrol;
    std::optional<SessionCookie> opened;
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(opened, sessions_.open(transaction, {known.person->id, stage, "password"}, peer));
        if (stage == SessionStage::second_factor) return {};
        auto event = person_event("login.unfinished", *known.person, peer.source, desk_.now());
        event.detail = "password without a second factor: it has to set one up";
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    // A right password is no failure; the codes that follow are counted by themselves.
    if (stage == SessionStage::enrol)
        desk_.throttle.succeeded(attempt);
    else
        desk_.throttle.undo(attempt);
    return std::move(*opened);
}

Result<SignIn::Known> SignIn::begin_factor(const SignedIn& who, const WebPeer& peer) {
    PROVOST_TRY(auto known, look_up(who.person.login, peer));
    if (!known.person) return fail(not_signed_in());
    auto attempt = try_of(who.person.login, known, peer);
    attempt.code = true;
    PROVOST_CHECK(take_turn(attempt, known));
    return known;
}

Result<std::int64_t> SignIn::check_totp(const SignedIn& who, const std::string& code) {
    PROVOST_TRY(const auto secrets, desk_.people().secrets(who.person.id));
    if (secrets.totp.empty()) return fail(refused());
    PROVOST_TRY(const auto key, desk_.house.keys.derive(totp_label, secrets.totp));
    const auto step = match_totp(key, code, desk_.now(), secrets.totp_used);
    if (step) return *step;
    const bool used = match_totp(key, code, desk_.now(), 0).has_value();
    auto error = refused();
    error.why = used ? replayed : "a wrong code";
    return fail(std::move(error));
}

// Counted with the session, whatever comes at the same time.
Error SignIn::failed_factor(const SignedIn& who, const WebPeer& peer, std::string why) {
    const auto now = desk_.now();
    const auto done = desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(auto session, transaction.people().session_of(who.session.id));
        if (!session) return {};
        const auto* const kind = why == replayed ? "login.code-replayed" : "login.factor-failed";
        auto event = person_event(kind, who.person, peer.source, now);
        event.detail = why;
        if (++session->failures < most_code_failures) {
            PROVOST_CHECK(transaction.people().update_session(*session));
        } else {
            PROVOST_TRY([[maybe_unused]] const bool was,
                        transaction.people().delete_session(who.person.id, session->id));
            event.kind = "login.factor-exhausted";
        }
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
    return done ? refused() : done.error();
}

Status SignIn::tell_login(Transaction& transaction, const Person& person, const std::string& how,
                          const WebPeer& peer) {
    auto event = person_event("login.done", person, peer.source, desk_.now());
    event.detail = how;
    PROVOST_TRY([[maybe_unused]] const auto id, transaction.insert_event(event));
    if (desk_.marks.read(peer.browser_mark, person.id, desk_.now())) return {};
    event.kind = "login.new-browser";
    return transaction.insert_event(event).map([](std::int64_t) {});
}

// The half session goes, so that what its cookie could do ends with it.
Result<SessionCookie> SignIn::complete(Transaction& transaction, const SignedIn& half, const std::string& how,
                                       const WebPeer& peer) {
    PROVOST_TRY(const bool was, transaction.people().delete_session(half.person.id, half.session.id));
    if (!was) return fail(not_signed_in());
    PROVOST_TRY(auto opened, sessions_.open(transaction, {half.person.id, SessionStage::whole, how}, peer));
    PROVOST_CHECK(tell_login(transaction, half.person, how, peer));
    return opened;
}

Result<SessionCookie> SignIn::totp(const SignedIn& half, const std::string& code, const WebPeer& peer) {
    PROVOST_TRY(const auto known, begin_factor(half, peer));
    const auto step = check_totp(half, code);
    if (!step) return fail(failed_factor(half, peer, step.error().why));
    std::optional<SessionCookie> opened;
    bool fresh = false;
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(fresh, transaction.people().use_totp(half.person.id, *step));
        if (!fresh) return {};
        PROVOST_TRY(opened, complete(transaction, half, "password and TOTP", peer));
        return {};
    }));
    if (!fresh) return fail(failed_factor(half, peer, replayed));
    desk_.throttle.succeeded(try_of(half.person.login, known, peer));
    return std::move(*opened);
}

Result<SessionCookie> SignIn::one_time(const std::string& token, const WebPeer& peer) {
    std::optional<SessionCookie> opened;
    const auto now = desk_.now();
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        auto& people = transaction.people();
        PROVOST_TRY(const auto id, people.use_one_time_login(sha256(token), now));
        if (!id) return {};
        PROVOST_TRY(const auto person, people.person(*id));
        if (!person || person->state != PersonState::active) return {};
        PROVOST_TRY(opened, sessions_.open(transaction, {*id, SessionStage::enrol, "one-time login"}, peer));
        const auto event = person_event("login.one-time-used", *person, peer.source, now);
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    if (opened) return std::move(*opened);
    auto event = person_event("login.failed", "", peer.source, now);
    event.detail = "a one-time login that is none, or was used";
    desk_.tell_of_failure(std::move(event));
    auto error = refused();
    error.why = "a one-time login works once, and for 30 minutes";
    error.fix = "Make a new one on the host: provost admin reset-login.";
    return fail(std::move(error));
}

Result<SessionCookie> SignIn::step_up_totp(const SignedIn& who, const std::string& code,
                                           const WebPeer& peer) {
    PROVOST_TRY(const auto known, begin_factor(who, peer));
    const auto step = check_totp(who, code);
    if (!step) return fail(failed_factor(who, peer, step.error().why));
    std::optional<SessionCookie> renewed;
    bool fresh = false;
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(fresh, transaction.people().use_totp(who.person.id, *step));
        if (!fresh) return {};
        PROVOST_TRY(renewed, sessions_.renew(transaction, who.session.id, [&](Session& session) {
            session.proved = desk_.now();
            session.failures = 0;
        }));
        auto event = person_event("session.stepped-up", who.person, peer.source, desk_.now());
        event.detail = "TOTP";
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    if (!fresh) return fail(failed_factor(who, peer, replayed));
    desk_.throttle.succeeded(try_of(who.person.login, known, peer));
    return std::move(*renewed);
}

Status SignIn::sign_out(const SignedIn& who, const std::string& source) {
    return desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY([[maybe_unused]] const bool was,
                    transaction.people().delete_session(who.person.id, who.session.id));
        const auto event = person_event("login.ended", who.person, source, desk_.now());
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

}  // namespace provost
