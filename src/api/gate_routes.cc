// All that is about a session and the person in it, on one screen.
#include "api/gate_route.h"

#include <array>

namespace provost {

namespace {

constexpr std::array table = {
    GateRoute{"GET", "/v1/session", Needs::person, "Who is signed in, and until when", api::show_session},
    GateRoute{"POST", "/v1/session/one-time", Needs::nobody, "Sign in once, to set up factors",
              api::sign_in_one_time},
    GateRoute{"POST", "/v1/session/password", Needs::nobody, "Sign in with a password, first step",
              api::sign_in_password},
    GateRoute{"POST", "/v1/session/totp", Needs::half, "Second step: a code of an app", api::sign_in_totp},
    GateRoute{"POST", "/v1/session/recovery", Needs::half, "Second step: a recovery code",
              api::sign_in_recovery},
    GateRoute{"POST", "/v1/session/recover", Needs::nobody,
              "Sign in with a recovery code, where a passkey was lost", api::recover},
    GateRoute{"POST", "/v1/session/passkey/begin", Needs::nobody, "A challenge for a passkey",
              api::ask_passkey},
    GateRoute{"POST", "/v1/session/passkey/finish", Needs::nobody, "Sign in with a passkey",
              api::sign_in_passkey},
    GateRoute{"POST", "/v1/session/step-up", Needs::whole, "Prove again who you are", api::step_up},
    GateRoute{"DELETE", "/v1/session", Needs::person, "Sign out", api::sign_out},

    GateRoute{"GET", "/v1/me/sessions", Needs::whole, "List one's own sessions", api::list_own_sessions},
    GateRoute{"DELETE", "/v1/me/sessions/{id}", Needs::whole, "End one of them", api::end_own_session},
    GateRoute{"PUT", "/v1/me/password", Needs::person, "Set one's password", api::set_own_password},
    GateRoute{"POST", "/v1/me/totp", Needs::person, "A new secret for an app", api::begin_own_totp},
    GateRoute{"POST", "/v1/me/totp/confirm", Needs::person, "Use it from now on", api::confirm_own_totp},
    GateRoute{"DELETE", "/v1/me/totp", Needs::whole, "Do without", api::remove_own_totp},
    GateRoute{"POST", "/v1/me/passkeys/begin", Needs::person, "A challenge for a new passkey",
              api::begin_own_passkey},
    GateRoute{"POST", "/v1/me/passkeys/finish", Needs::person, "Register a passkey", api::finish_own_passkey},
    GateRoute{"GET", "/v1/me/passkeys", Needs::person, "List one's passkeys", api::list_own_passkeys},
    GateRoute{"DELETE", "/v1/me/passkeys/{id}", Needs::whole, "Remove one", api::remove_own_passkey},
    GateRoute{"POST", "/v1/me/recovery-codes", Needs::whole, "Ten recovery codes; earlier ones are void",
              api::make_recovery_codes},
};

}  // namespace

std::span<const GateRoute> gate_routes() {
    return table;
}

}  // namespace provost
