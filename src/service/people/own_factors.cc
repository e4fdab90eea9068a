#include "service/people/own_factors.h"

#include "domain/text.h"
#include "service/people/secrets.h"

namespace provost {

namespace {

Error prove_first() {
    return {"P-8402", "this asks for a fresh proof that it is you", "session", "the last one is too old",
            "Enter a code or use a passkey, then try again."};
}

std::string uri_of(const std::string& issuer, const std::string& login, const std::string& secret) {
    const auto name = percent_encode(issuer);
    return "otpauth://totp/" + name + ":" + percent_encode(login) + "?secret=" + secret + "&issuer=" + name +
           "&algorithm=SHA1&digits=6&period=30";
}

// What others can guess a password of this person from.
std::vector<std::string> words_about(const Person& person, const SignInSettings& settings) {
    std::vector<std::string> words{person.login, "provost", settings.issuer};
    const std::string text = person.name + " " + person.login + " " + settings.rp_id;
    std::string word;
    for (const char c : text + " ") {
        if (std::string_view(" .-_@+").find(c) == std::string_view::npos) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

// Who came by a recovery code may still have the passkey that was lost, which is no proof of now: it takes a
// new one, or a password with TOTP.
bool completes_enrolment(const Factors& before, const Factors& after) {
    return after.passkeys > before.passkeys || (after.password && after.totp);
}

}  // namespace

Event OwnFactors::event_of(std::string kind, std::string detail) const {
    auto event = person_event(std::move(kind), who_.person, peer_.source, desk_.now());
    event.detail = std::move(detail);
    return event;
}

Status OwnFactors::check_fresh() const {
    if (who_.session.stage == SessionStage::enrol || sessions_.proved_lately(who_.session)) return {};
    return fail(prove_first());
}

Status OwnFactors::check_enough(PeopleChanges& people) const {
    PROVOST_TRY(const auto left, people.factors(who_.person.id));
    if (left.enough()) return {};
    return fail({"P-8616", "what would be left is too little to sign in with", "factors",
                 "a passkey, or a password and TOTP, has to be there", "Set up another one first."});
}

Result<SessionCookie> OwnFactors::change(Event event, const std::function<Status(PeopleChanges&)>& act) {
    PROVOST_CHECK(check_fresh());
    std::optional<SessionCookie> renewed;
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        auto& people = transaction.people();
        PROVOST_TRY(const auto before, people.factors(who_.person.id));
        PROVOST_CHECK(act(people));
        PROVOST_CHECK(people.delete_sessions(who_.person.id, who_.session.id));
        PROVOST_TRY(const auto factors, people.factors(who_.person.id));
        const bool done = completes_enrolment(before, factors);
        PROVOST_TRY(renewed, sessions_.renew(transaction, who_.session.id, [&](Session& session) {
            if (session.stage != SessionStage::enrol || !done) return;
            session.stage = SessionStage::whole;
            session.proved = desk_.now();
            session.until = desk_.now() + desk_.settings.whole;
        }));
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    return std::move(*renewed);
}

Result<SessionCookie> OwnFactors::set_password(const Secret& password) {
    PROVOST_CHECK(check_fresh());
    const auto id = who_.person.id;
    PROVOST_TRY(const auto factors, desk_.people().factors(id));
    const auto words = words_about(who_.person, desk_.settings);
    PROVOST_CHECK(check_new_password(password, words, factors.second()));
    PersonSecrets salted;
    salted.pepper = new_salt();
    PROVOST_TRY(const auto pepper, pepper_of(desk_.house.keys, salted));
    PROVOST_TRY(const auto hash, desk_.hasher.hash(password, pepper));
    return change(event_of("factor.password"), [&](PeopleChanges& people) -> Status {
        PROVOST_TRY(auto secrets, people.secrets(id));
        secrets.password = hash;
        secrets.pepper = salted.pepper;
        return people.put_secrets(id, secrets);
    });
}

Result<OwnFactors::TotpDraft> OwnFactors::begin_totp() {
    PROVOST_CHECK(check_fresh());
    const auto salt = new_salt();
    PROVOST_TRY(const auto key, desk_.house.keys.derive(totp_label, salt));
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(auto secrets, transaction.people().secrets(who_.person.id));
        secrets.totp_new = salt;
        return transaction.people().put_secrets(who_.person.id, secrets);
    }));
    TotpDraft draft;
    draft.secret = totp_secret_text(key);
    draft.uri = uri_of(desk_.settings.issuer, who_.person.login, draft.secret);
    return draft;
}

Result<SessionCookie> OwnFactors::confirm_totp(const std::string& code) {
    PROVOST_CHECK(check_fresh());
    const auto id = who_.person.id;
    PROVOST_TRY(const auto before, desk_.people().secrets(id));
    const Error unfit = {"P-8608", "this code does not fit", "code",
                         before.totp_new.empty() ? "no TOTP is being set up" : "",
                         "Take the code that the app shows now, and check the clock of its device."};
    if (before.totp_new.empty()) return fail(unfit);
    PROVOST_TRY(const auto key, desk_.house.keys.derive(totp_label, before.totp_new));
    const auto step = match_totp(key, code, desk_.now(), 0);
    if (!step) return fail(unfit);
    return change(event_of("factor.totp"), [&](PeopleChanges& people) -> Status {
        PROVOST_TRY(auto secrets, people.secrets(id));
        if (secrets.totp_new != before.totp_new) return fail(unfit);
        secrets.totp = std::exchange(secrets.totp_new, {});
        secrets.totp_used = *step;
        return people.put_secrets(id, secrets);
    });
}

Result<SessionCookie> OwnFactors::remove_totp() {
    return change(event_of("factor.totp-removed"), [&](PeopleChanges& people) -> Status {
        PROVOST_TRY(auto secrets, people.secrets(who_.person.id));
        secrets.totp.clear();
        secrets.totp_new.clear();
        PROVOST_CHECK(people.put_secrets(who_.person.id, secrets));
        return check_enough(people);
    });
}

Result<OwnFactors::PasskeyDraft> OwnFactors::begin_passkey() {
    PROVOST_CHECK(check_fresh());
    PasskeyDraft draft;
    draft.challenge =
        desk_.challenges.make({PasskeyChallenges::Purpose::registration, who_.session.id}, desk_.now());
    draft.user_handle = desk_.marks.user_handle(who_.person.id);
    PROVOST_TRY(auto keys, desk_.people().passkeys(who_.person.id));
    for (auto& key : keys) draft.known.push_back(std::move(key.credential));
    return draft;
}

Result<SessionCookie> OwnFactors::finish_passkey(const NewKey& draft) {
    PROVOST_CHECK(check_fresh());
    if (draft.name.empty() || draft.name.size() > 64 || !is_clean_text(draft.name))
        return fail({"P-8612", "the name was refused", "name",
                     "it is empty, longer than 64 bytes or holds control characters"});
    const PasskeyChallenges::Use use{PasskeyChallenges::Purpose::registration, who_.session.id};
    const auto& challenge = draft.client.challenge;
    if (!desk_.challenges.holds(challenge, use, desk_.now()))
        return fail(
            {"P-8609", "the passkey was refused", "passkey", "its challenge is too old", "Begin again."});
    PROVOST_TRY(auto made, verify_registration({desk_.settings.rp_id, desk_.settings.origin, challenge},
                                               draft.client, draft.attestation_object));
    if (!desk_.challenges.spend(challenge, desk_.now()))
        return fail(
            {"P-8609", "the passkey was refused", "passkey", "its challenge was answered", "Begin again."});
    Passkey key;
    key.person = who_.person.id;
    key.credential = std::move(made.credential);
    key.key = std::move(made.key);
    key.sign_count = made.sign_count;
    key.name = draft.name;
    key.created = desk_.now();
    return change(event_of("factor.passkey", draft.name),
                  [&](PeopleChanges& people) { return people.insert_passkey(key).map([](std::int64_t) {}); });
}

Result<SessionCookie> OwnFactors::remove_passkey(std::int64_t id) {
    return change(event_of("factor.passkey-removed", "number " + std::to_string(id)),
                  [&](PeopleChanges& people) -> Status {
                      PROVOST_CHECK(people.delete_passkey(who_.person.id, id));
                      return check_enough(people);
                  });
}

Result<std::vector<std::string>> OwnFactors::make_recovery_codes() {
    PROVOST_CHECK(check_fresh());
    auto codes = draw_recovery_codes();
    std::vector<Sha256> hashes;
    for (const auto& code : codes) hashes.push_back(recovery_hash(code));
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.people().put_recovery_codes(who_.person.id, hashes));
        return transaction.insert_event(event_of("factor.recovery-codes")).map([](std::int64_t) {});
    }));
    return codes;
}

}  // namespace provost
