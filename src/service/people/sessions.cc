#include "service/people/sessions.h"

#include "crypto/base_text.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"
#include "crypto/random.h"
#include "domain/text.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr auto touch_every = std::chrono::seconds(30);
constexpr std::size_t longest_cookie = 64;

Secret draw_cookie() {
    std::array<std::uint8_t, 32> drawn{};
    random_bytes(drawn);
    auto text = to_base64url(drawn);
    auto cookie = Secret::copy_of(text);
    wipe(text.data(), text.size());
    wipe(drawn.data(), drawn.size());
    return cookie;
}

}  // namespace

Error not_signed_in() {
    return {"P-8601", "nobody is signed in here", "session", "there is no session, or it has ended",
            "Sign in."};
}

Error no_such_session() {
    return {"P-8610", "there is no such session", "id", "it may have ended", "List them anew."};
}

Timestamp session_end(const Session& session, Duration idle) {
    return std::min(session.until, session.used + idle);
}

bool Sessions::over(const Session& session, Timestamp now) const {
    return now >= ends(session);
}

Timestamp Sessions::ends(const Session& session) const {
    return session_end(session, desk_.settings.idle);
}

Result<std::optional<SignedIn>> Sessions::find(std::string_view cookie, SessionUse use) {
    if (cookie.empty() || cookie.size() > longest_cookie) return std::nullopt;
    PROVOST_TRY(auto session, desk_.people().session(sha256(cookie)));
    const auto now = desk_.now();
    if (!session || over(*session, now)) return std::nullopt;
    PROVOST_TRY(auto person, desk_.people().person(session->person));
    if (!person || person->state != PersonState::active) return std::nullopt;
    if (use == SessionUse::person && now - session->used >= touch_every) {
        session->used = now;
        desk_.house.store.submit_later([id = session->id, now](Transaction& transaction) {
            return transaction.people().touch_session(id, now);
        });
    }
    return SignedIn{std::move(*session), std::move(*person)};
}

void Sessions::note_unknown(std::string_view cookie, const std::string& source) {
    if (cookie.empty()) return;
    const auto session = desk_.people().session(sha256(cookie));
    if (!session || *session) return;  // one that has ended a short while ago
    using Seen = SessionGuesses::Seen;
    const auto seen = desk_.guesses.note(IpAddress::parse(source).value_or(IpAddress()), cookie, desk_.now());
    if (seen == Seen::again) return;
    const auto* const kind = seen == Seen::first ? "session.unknown" : "session.guessing";
    desk_.tell_of_failure(person_event(kind, "", source, desk_.now()));
}

bool Sessions::lives(std::int64_t id) {
    const auto session = desk_.people().session_of(id);
    if (!session || !*session || over(**session, desk_.now())) return false;
    const auto person = desk_.people().person((*session)->person);
    return person && *person && (*person)->state == PersonState::active;
}

bool Sessions::proved_lately(const Session& session) const {
    return session.stage == SessionStage::whole && session.proved &&
           desk_.now() < *session.proved + desk_.settings.fresh;
}

// It follows from the session's number alone, so that a page keeps it when the session gets a new id.
std::string Sessions::csrf(const Session& session) const {
    const auto mac = hmac_sha256(desk_.session_key, "csrf " + std::to_string(session.id));
    return to_base64url(mac);
}

Actor Sessions::actor(const SignedIn& who, const std::string& source) const {
    Actor actor;
    actor.name = who.person.login;
    actor.role = who.person.role;
    actor.tenant = who.person.tenant;
    actor.stepped_up = proved_lately(who.session);
    actor.person = who.person.id;
    actor.source = source;
    return actor;
}

Result<SessionCookie> Sessions::open(Transaction& transaction, const Draft& draft, const WebPeer& peer) {
    const auto now = desk_.now();
    const auto& limits = desk_.settings;
    SessionCookie opened{{}, draw_cookie()};
    auto& session = opened.session;
    session.hash = sha256(opened.cookie);
    session.person = draft.person;
    session.stage = draft.stage;
    session.created = session.used = now;
    session.until = now + (draft.stage == SessionStage::whole   ? limits.whole
                           : draft.stage == SessionStage::enrol ? limits.one_time
                                                                : limits.half);
    if (draft.stage == SessionStage::whole) session.proved = now;
    session.how = draft.how;
    session.source = peer.source;
    session.agent = printable(peer.agent, 160);
    PROVOST_CHECK(transaction.people().drop_sessions(now, now - limits.idle));
    PROVOST_TRY(session.id, transaction.people().insert_session(session));
    return opened;
}

Result<SessionCookie> Sessions::renew(Transaction& transaction, std::int64_t id,
                                      const std::function<void(Session&)>& change) {
    PROVOST_TRY(auto session, transaction.people().session_of(id));
    if (!session) return fail(not_signed_in());
    change(*session);
    SessionCookie renewed{std::move(*session), draw_cookie()};
    renewed.session.hash = sha256(renewed.cookie);
    PROVOST_CHECK(transaction.people().update_session(renewed.session));
    return renewed;
}

Result<std::vector<Session>> Sessions::list(PersonId person) {
    PROVOST_TRY(auto sessions, desk_.people().sessions(person));
    std::erase_if(sessions, [&, now = desk_.now()](const Session& one) { return over(one, now); });
    return sessions;
}

Status Sessions::end(const Person& person, std::int64_t id, const std::string& actor,
                     const std::string& source) {
    return desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(const bool was, transaction.people().delete_session(person.id, id));
        if (!was) return fail(no_such_session());
        auto event = person_event("session.ended", actor, source, desk_.now());
        event.tenant = person.tenant.value_or(0);
        event.detail = person.login + ", session " + std::to_string(id);
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

}  // namespace provost
