// Signing in and out (docs/reference/sign-in.md).
#include "api/client_data.h"
#include "api/cookies.h"
#include "api/json.h"
#include "api/session_json.h"
#include "base/ascii.h"
#include "crypto/base_text.h"
#include "domain/text.h"

namespace provost::api {

namespace {

constexpr std::size_t longest_part = 16 * 1024;

Error no_passkey() {
    return {"P-8609", "the passkey was refused", "passkey", "what came is no passkey's answer", "Try again."};
}

Result<Bytes> part_of(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    if (value == nullptr || value->is_null()) return Bytes();
    if (!value->is_string()) return fail(no_passkey());
    auto bytes = from_base64url(std::string_view(value->get_string()), longest_part);
    return bytes ? Result<Bytes>(std::move(*bytes)) : fail(no_passkey());
}

Result<PasskeyAnswer> read_answer(const json::object& object) {
    PasskeyAnswer answer;
    const auto* const client = object.if_contains("clientDataJSON");
    if (client == nullptr || !client->is_string()) return fail(no_passkey());
    PROVOST_TRY(answer.client, read_client_data(std::string_view(client->get_string())));
    PROVOST_TRY(answer.credential, part_of(object, "id"));
    PROVOST_TRY(answer.authenticator_data, part_of(object, "authenticatorData"));
    PROVOST_TRY(answer.signature, part_of(object, "signature"));
    PROVOST_TRY(answer.user_handle, part_of(object, "userHandle"));
    return answer;
}

Result<json::object> read_object(const ApiCall& call, std::initializer_list<std::string_view> known) {
    PROVOST_CHECK(Body::read(call, known));
    if (call.request.body.empty()) return json::object();
    return json::parse(call.request.body).as_object();
}

Result<Secret> read_password(const Body& body) {
    PROVOST_TRY(auto typed, body.text("password"));
    auto password = Secret::copy_of(typed);
    wipe(typed.data(), typed.size());
    return password;
}

std::string_view next_of(SessionStage stage) {
    switch (stage) {
        case SessionStage::second_factor:
            return "totp";
        case SessionStage::enrol:
            return "enrol";
        case SessionStage::whole:
            break;
    }
    return "done";
}

Result<ApiReply> signed_in(const GateCall& call, const Result<SessionCookie>& cookie) {
    if (!cookie) return fail(cookie.error());
    return session_reply(call, *cookie, {{"next", next_of(cookie->session.stage)}});
}

}  // namespace

Result<ApiReply> show_session(const GateCall& call) {
    PROVOST_TRY(const auto object, session_object(call, *call.who));
    return reply(200, object);
}

Result<ApiReply> sign_in_one_time(const GateCall& call) {
    PROVOST_TRY(const auto body, Body::read(call.call, {"token"}));
    PROVOST_TRY(const auto token, body.text("token"));
    return signed_in(call, SignIn(call.desk).one_time(token, call.peer));
}

Result<ApiReply> sign_in_password(const GateCall& call) {
    PROVOST_TRY(const auto body, Body::read(call.call, {"login", "password"}));
    PROVOST_TRY(const auto login, body.text("login"));
    PROVOST_TRY(const auto password, read_password(body));
    return signed_in(call, SignIn(call.desk).password(lower_case(trim(login)), password, call.peer));
}

Result<ApiReply> sign_in_totp(const GateCall& call) {
    PROVOST_TRY(const auto body, Body::read(call.call, {"code"}));
    PROVOST_TRY(const auto code, body.text("code"));
    return signed_in(call, SignIn(call.desk).totp(*call.who, code, call.peer));
}

Result<ApiReply> sign_in_recovery(const GateCall& call) {
    PROVOST_TRY(const auto body, Body::read(call.call, {"code"}));
    PROVOST_TRY(const auto code, body.text("code"));
    return signed_in(call, SignIn(call.desk).recovery(*call.who, code, call.peer));
}

Result<ApiReply> recover(const GateCall& call) {
    PROVOST_TRY(const auto body, Body::read(call.call, {"login", "password", "code"}));
    RecoveryTry typed;
    PROVOST_TRY(const auto login, body.text("login"));
    typed.login = lower_case(trim(login));
    PROVOST_TRY(typed.code, body.text("code"));
    PROVOST_TRY(typed.password, read_password(body));
    return signed_in(call, SignIn(call.desk).recover(typed, call.peer));
}

Result<ApiReply> ask_passkey(const GateCall& call) {
    PROVOST_TRY(const auto question, SignIn(call.desk).ask_passkey(call.who));
    json::array allowed;
    for (const auto& id : question.allowed)
        allowed.push_back(json::object{{"type", "public-key"}, {"id", to_base64url(id)}});
    json::object options{{"challenge", question.challenge},
                         {"rpId", call.desk.settings.rp_id},
                         {"timeout", 120'000},
                         {"userVerification", "required"}};
    options["allowCredentials"] = std::move(allowed);
    return reply(200, json::object{{"publicKey", std::move(options)}});
}

Result<ApiReply> sign_in_passkey(const GateCall& call) {
    PROVOST_TRY(const auto object, read_object(call.call, {"id", "clientDataJSON", "authenticatorData",
                                                           "signature", "userHandle"}));
    PROVOST_TRY(const auto answer, read_answer(object));
    return signed_in(call, SignIn(call.desk).passkey(answer, call.peer));
}

Result<ApiReply> step_up(const GateCall& call) {
    PROVOST_TRY(const auto object, read_object(call.call, {"code", "passkey"}));
    SignIn sign_in(call.desk);
    if (const auto* const passkey = object.if_contains("passkey");
        passkey != nullptr && passkey->is_object()) {
        PROVOST_TRY(const auto answer, read_answer(passkey->get_object()));
        return signed_in(call, sign_in.step_up_passkey(*call.who, answer, call.peer));
    }
    const auto* const code = object.if_contains("code");
    const std::string typed = code != nullptr && code->is_string() ? std::string(code->get_string()) : "";
    return signed_in(call, sign_in.step_up_totp(*call.who, typed, call.peer));
}

Result<ApiReply> sign_out(const GateCall& call) {
    PROVOST_CHECK(SignIn(call.desk).sign_out(*call.who, call.peer.source));
    auto answer = reply(200, json::object{{"signed_out", true}});
    clear_session_cookie(answer);
    answer.headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
    return answer;
}

}  // namespace provost::api
