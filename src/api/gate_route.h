// What the gate answers itself, and what its handlers are given.
#pragma once

#include "api/route.h"
#include "service/people/sign_in.h"

#include <span>
#include <string_view>

namespace provost {

struct GateCall {
    SignInDesk& desk;
    const ApiCall& call;
    const WebPeer& peer;
    const SignedIn* who;  // null where nobody has to be there, and nobody is
};

// Which session a call asks for.
enum class Needs : std::uint8_t {
    nobody,  // whoever is there
    half,    // with the password, for the second factor
    person,  // that may set up factors, or a whole one
    whole,
};

using GateHandler = Result<ApiReply> (*)(const GateCall&);

struct GateRoute {
    std::string_view method, path;
    Needs needs;
    std::string_view summary;
    GateHandler handler;
};

std::span<const GateRoute> gate_routes();

namespace api {
Result<ApiReply> show_session(const GateCall&);
Result<ApiReply> sign_in_one_time(const GateCall&);
Result<ApiReply> sign_in_password(const GateCall&);
Result<ApiReply> sign_in_totp(const GateCall&);
Result<ApiReply> sign_in_recovery(const GateCall&);
Result<ApiReply> recover(const GateCall&);
Result<ApiReply> ask_passkey(const GateCall&);
Result<ApiReply> sign_in_passkey(const GateCall&);
Result<ApiReply> step_up(const GateCall&);
Result<ApiReply> sign_out(const GateCall&);

Result<ApiReply> list_own_sessions(const GateCall&);
Result<ApiReply> end_own_session(const GateCall&);
Result<ApiReply> set_own_password(const GateCall&);
Result<ApiReply> begin_own_totp(const GateCall&);
Result<ApiReply> confirm_own_totp(const GateCall&);
Result<ApiReply> remove_own_totp(const GateCall&);
Result<ApiReply> begin_own_passkey(const GateCall&);
Result<ApiReply> finish_own_passkey(const GateCall&);
Result<ApiReply> list_own_passkeys(const GateCall&);
Result<ApiReply> remove_own_passkey(const GateCall&);
Result<ApiReply> make_recovery_codes(const GateCall&);
}  // namespace api

}  // namespace provost
