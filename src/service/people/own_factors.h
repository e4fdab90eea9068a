// What a person sets up for itself: password, TOTP, passkeys, recovery codes. Each change is told, asks for a
// fresh proof, and ends the person's other sessions.
#pragma once

#include "crypto/webauthn.h"
#include "service/people/sessions.h"

#include <string>
#include <vector>

namespace provost {

class OwnFactors {
 public:
    OwnFactors(SignInDesk& desk, const SignedIn& who, WebPeer peer)
        : desk_(desk), sessions_(desk), who_(who), peer_(std::move(peer)) {}

    // The session under its new id, which may be a whole one now: a person that was to enrol has, once its
    // factors are enough. P-8402: prove yourself first, as for all below.
    Result<SessionCookie> set_password(const Secret& password);  // P-8607

    struct TotpDraft {
        std::string secret, uri;  // what an app is given, once
    };
    Result<TotpDraft> begin_totp();
    Result<SessionCookie> confirm_totp(const std::string& code);  // P-8608
    Result<SessionCookie> remove_totp();                          // P-8616: too little would be left

    struct PasskeyDraft {
        std::string challenge;
        Bytes user_handle;
        std::vector<Bytes> known;  // not to be registered again
    };
    Result<PasskeyDraft> begin_passkey();
    struct NewKey {
        std::string name;
        ClientData client;
        Bytes attestation_object;
    };
    Result<SessionCookie> finish_passkey(const NewKey& draft);  // P-8609, P-6008
    Result<SessionCookie> remove_passkey(std::int64_t id);      // P-6005, P-8616

    Result<std::vector<std::string>> make_recovery_codes();  // told once; earlier ones are void

 private:
    Status check_fresh() const;
    // Runs the change, ends the other sessions, gives this one a new id and makes it whole where it may be.
    Result<SessionCookie> change(Event event, const std::function<Status(PeopleChanges&)>& act);
    [[nodiscard]] Event event_of(std::string kind, std::string detail = {}) const;
    Status check_enough(PeopleChanges& people) const;

    SignInDesk& desk_;
    Sessions sessions_;
    const SignedIn& who_;
    const WebPeer peer_;
};

}  // namespace provost
