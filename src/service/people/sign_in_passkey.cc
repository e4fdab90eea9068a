// The passkey's part of signing in.
#include "crypto/digest.h"
#include "service/people/sign_in.h"

namespace provost {

namespace {

Error unfit(std::string why) {
    return {"P-8609", "the passkey was refused", "passkey", std::move(why),
            "Try again, with the passkey that belongs to this server and its PIN, finger or face."};
}

}  // namespace

Result<PasskeyQuestion> SignIn::ask_passkey(const SignedIn* within) {
    PasskeyQuestion question;
    PasskeyChallenges::Use use;
    if (within != nullptr && within->session.stage == SessionStage::whole) {
        use = {PasskeyChallenges::Purpose::step_up, within->session.id};
        PROVOST_TRY(auto keys, desk_.people().passkeys(within->person.id));
        for (auto& key : keys) question.allowed.push_back(std::move(key.credential));
    }
    question.challenge = desk_.challenges.make(use, desk_.now());
    return question;
}

Result<Passkey> SignIn::check_passkey(const PasskeyAnswer& answer, const PasskeyChallenges::Use& use) {
    if (!desk_.challenges.holds(answer.client.challenge, use, desk_.now()))
        return fail(unfit("its challenge is not ours, too old, or was answered"));
    PROVOST_TRY(auto key, desk_.people().passkey(answer.credential));
    if (!key) return fail(unfit("it is not known here"));
    const auto handle = desk_.marks.user_handle(key->person);
    if (!answer.user_handle.empty() && !same_bytes(as_text(answer.user_handle), as_text(handle)))
        return fail(unfit("it says another person"));
    PROVOST_TRY(const auto count,
                verify_assertion({desk_.settings.rp_id, desk_.settings.origin, answer.client.challenge},
                                 answer.client, {answer.authenticator_data, answer.signature},
                                 {key->key, key->sign_count}));
    if (!desk_.challenges.spend(answer.client.challenge, desk_.now()))
        return fail(unfit("its challenge was answered"));
    key->sign_count = count;
    return std::move(*key);
}

// Why is for the record; whoever tried is told no more than that it was refused.
Error SignIn::refused_passkey(const Error& error, const PasskeyAnswer& answer, const WebPeer& peer) {
    if (error.code != "P-8609" && error.code != "P-8619") return error;
    std::optional<Person> person;
    if (const auto key = desk_.people().passkey(answer.credential); key && *key)
        if (auto found = desk_.people().person((*key)->person); found) person = std::move(*found);
    desk_.tell_of_failure(failed_try(error.code == "P-8619" ? "passkey.copied" : "login.failed",
                                     person ? &*person : nullptr, peer.source, "passkey: " + error.why));
    return unfit("");
}

Result<SessionCookie> SignIn::passkey(const PasskeyAnswer& answer, const WebPeer& peer) {
    const auto key = check_passkey(answer, {});
    if (!key) return fail(refused_passkey(key.error(), answer, peer));
    std::optional<SessionCookie> opened;
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(const auto person, transaction.people().person(key->person));
        if (!person || person->state != PersonState::active) return {};
        PROVOST_CHECK(transaction.people().note_passkey_use(key->id, key->sign_count, desk_.now()));
        PROVOST_TRY(opened, sessions_.open(transaction, {person->id, SessionStage::whole, "passkey"}, peer));
        return tell_login(transaction, *person, "passkey '" + key->name + "'", peer);
    }));
    if (!opened) return fail(refused_passkey(unfit("its person is disabled"), answer, peer));
    return std::move(*opened);
}

Result<SessionCookie> SignIn::step_up_passkey(const SignedIn& who, const PasskeyAnswer& answer,
                                              const WebPeer& peer) {
    auto key = check_passkey(answer, {PasskeyChallenges::Purpose::step_up, who.session.id});
    if (key && key->person != who.person.id) key = fail(unfit("it is another person's"));
    if (!key) return fail(refused_passkey(key.error(), answer, peer));
    std::optional<SessionCookie> renewed;
    PROVOST_CHECK(desk_.house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.people().note_passkey_use(key->id, key->sign_count, desk_.now()));
        PROVOST_TRY(renewed, sessions_.renew(transaction, who.session.id, [&](Session& session) {
            session.proved = desk_.now();
            session.failures = 0;
        }));
        auto event = person_event("session.stepped-up", who.person, peer.source, desk_.now());
        event.detail = "passkey '" + key->name + "'";
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    return std::move(*renewed);
}

}  // namespace provost
