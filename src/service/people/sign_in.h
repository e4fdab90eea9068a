// Signing in: password and second factor, passkey, recovery code, one-time login; and proving oneself again
// within a session. Whether a login exists, is disabled or has another password is one answer, in the same
// time.
#pragma once

#include "crypto/webauthn.h"
#include "service/people/sessions.h"

#include <string>

namespace provost {

// A passkey's answer to a challenge.
struct PasskeyAnswer {
    ClientData client;
    Bytes credential, authenticator_data, signature, user_handle;
};

// Of who has lost what it signs in with. The password is empty where the person has none.
struct RecoveryTry {
    std::string login, code;
    Secret password;
};

// What navigator.credentials.get() is asked for.
struct PasskeyQuestion {
    std::string challenge;
    std::vector<Bytes> allowed;  // empty: whichever it has for this server
};

class SignIn {
 public:
    explicit SignIn(SignInDesk& desk) : desk_(desk), sessions_(desk) {}

    // Half a session: for the second factor, or to set one up where there is none. P-8602 for every refusal,
    // P-8603 with `why` as the seconds to wait.
    Result<SessionCookie> password(const std::string& login, const Secret& password, const WebPeer& peer);
    // From half a session to a whole one. P-8602; after five failures the half one is over.
    Result<SessionCookie> totp(const SignedIn& half, const std::string& code, const WebPeer& peer);
    Result<SessionCookie> recovery(const SignedIn& half, const std::string& code, const WebPeer& peer);

    // Without a half session. With the person's password the code is its second factor; alone, where there is
    // no password, it opens a session that can set up factors and do nothing else. P-8602, P-8603.
    Result<SessionCookie> recover(const RecoveryTry& typed, const WebPeer& peer);

    // `within`: the session that is to be stepped up; null: for a login.
    Result<PasskeyQuestion> ask_passkey(const SignedIn* within);
    Result<SessionCookie> passkey(const PasskeyAnswer& answer, const WebPeer& peer);

    // A session that can set up factors and do nothing else. P-8602.
    Result<SessionCookie> one_time(const std::string& token, const WebPeer& peer);

    // A proof of now. P-8602; after five failures the session is over.
    Result<SessionCookie> step_up_totp(const SignedIn& who, const std::string& code, const WebPeer& peer);
    Result<SessionCookie> step_up_passkey(const SignedIn& who, const PasskeyAnswer& answer,
                                          const WebPeer& peer);

    Status sign_out(const SignedIn& who, const std::string& source);

 private:
    struct Known {  // of an account that was typed, if there is one
        std::optional<Person> person;
        PersonSecrets secrets;
        Factors factors;
        std::optional<Sha256> own_mark;
        [[nodiscard]] bool can_try() const {
            return person && person->state == PersonState::active && !secrets.password.empty();
        }
    };
    Result<Known> look_up(const std::string& login, const WebPeer& peer);
    [[nodiscard]] LoginTry try_of(const std::string& account, const Known& known, const WebPeer& peer) const;
    // Whether it is the account's password, in the same time where it has none.
    Result<bool> fits(const Known& known, const Secret& password);
    Status take_turn(const LoginTry& attempt, const Known& known);
    tl::unexpected<Error> refuse(const LoginTry& attempt, const Known& known, std::string why);

    // The step of a code that fits and was not used; writes that it is.
    Result<std::int64_t> check_totp(const SignedIn& who, const std::string& code);
    Result<Known> begin_factor(const SignedIn& who, const WebPeer& peer);
    Error failed_factor(const SignedIn& who, const WebPeer& peer, std::string why);
    Result<Passkey> check_passkey(const PasskeyAnswer& answer, const PasskeyChallenges::Use& use);
    Error refused_passkey(const Error& error, const PasskeyAnswer& answer, const WebPeer& peer);
    Result<SessionCookie> complete(Transaction& transaction, const SignedIn& half, const std::string& how,
                                   const WebPeer& peer);
    // Of a code that was right, with the password or without.
    Result<SessionCookie> open_recovered(Transaction& transaction, const Person& person, bool by_password,
                                         const WebPeer& peer);
    // The events of a login that is through.
    Status tell_login(Transaction& transaction, const Person& person, const std::string& how,
                      const WebPeer& peer);

    SignInDesk& desk_;
    Sessions sessions_;
};

}  // namespace provost
