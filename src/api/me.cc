// What people do about their own account (docs/reference/sign-in.md).
#include "api/client_data.h"
#include "api/cookies.h"
#include "api/json.h"
#include "api/session_json.h"
#include "crypto/base_text.h"
#include "domain/text.h"
#include "service/people/own_factors.h"

namespace provost::api {

namespace {

OwnFactors factors_of(const GateCall& call) {
    return {call.desk, *call.who, call.peer};
}

Result<ApiReply> changed(const GateCall& call, const Result<SessionCookie>& cookie) {
    if (!cookie) return fail(cookie.error());
    return session_reply(call, *cookie);
}

Result<std::int64_t> number_of(const GateCall& call) {
    if (const auto id = whole_number(call.call.path[0])) return *id;
    return fail({"P-6005", "there is nothing of this number", "id", "", "List what is there."});
}

json::object credential(const Bytes& id) {
    return {{"type", "public-key"}, {"id", to_base64url(id)}};
}

// Which algorithms an authenticator may use, the best first (COSE).
json::array parameters() {
    json::array list;
    for (const int algorithm : {-8, -7, -257})
        list.push_back(json::object{{"type", "public-key"}, {"alg", algorithm}});
    return list;
}

}  // namespace

Result<ApiReply> list_own_sessions(const GateCall& call) {
    Sessions sessions(call.desk);
    PROVOST_TRY(const auto list, sessions.list(call.who->person.id));
    json::array items;
    for (const auto& one : list) {
        auto item = to_json(one, sessions.ends(one));
        item["current"] = one.id == call.who->session.id;
        items.push_back(std::move(item));
    }
    return page(std::move(items), "");
}

Result<ApiReply> end_own_session(const GateCall& call) {
    PROVOST_TRY(const auto id, number_of(call));
    const auto& person = call.who->person;
    PROVOST_CHECK(Sessions(call.desk).end(person, id, person.login, call.peer.source));
    auto answer = reply(200, json::object{{"removed", id}});
    if (id == call.who->session.id) clear_session_cookie(answer);
    return answer;
}

Result<ApiReply> set_own_password(const GateCall& call) {
    PROVOST_TRY(const auto body, Body::read(call.call, {"password"}));
    PROVOST_TRY(auto typed, body.text("password"));
    const auto password = Secret::copy_of(typed);
    wipe(typed.data(), typed.size());
    return changed(call, factors_of(call).set_password(password));
}

Result<ApiReply> begin_own_totp(const GateCall& call) {
    PROVOST_TRY(const auto draft, factors_of(call).begin_totp());
    return reply(200, json::object{{"secret", draft.secret}, {"uri", draft.uri}});
}

Result<ApiReply> confirm_own_totp(const GateCall& call) {
    PROVOST_TRY(const auto body, Body::read(call.call, {"code"}));
    PROVOST_TRY(const auto code, body.text("code"));
    return changed(call, factors_of(call).confirm_totp(code));
}

Result<ApiReply> remove_own_totp(const GateCall& call) {
    return changed(call, factors_of(call).remove_totp());
}

Result<ApiReply> begin_own_passkey(const GateCall& call) {
    PROVOST_TRY(const auto draft, factors_of(call).begin_passkey());
    const auto& person = call.who->person;
    json::array known;
    for (const auto& id : draft.known) known.push_back(credential(id));
    json::object options{{"challenge", draft.challenge}, {"timeout", 120'000}, {"attestation", "none"}};
    options["rp"] = json::object{{"id", call.desk.settings.rp_id}, {"name", call.desk.settings.issuer}};
    options["user"] = json::object{
        {"id", to_base64url(draft.user_handle)}, {"name", person.login}, {"displayName", person.name}};
    options["pubKeyCredParams"] = parameters();
    options["excludeCredentials"] = std::move(known);
    options["authenticatorSelection"] = json::object{
        {"residentKey", "required"}, {"requireResidentKey", true}, {"userVerification", "required"}};
    return reply(200, json::object{{"publicKey", std::move(options)}});
}

Result<ApiReply> finish_own_passkey(const GateCall& call) {
    PROVOST_TRY(const auto body,
                Body::read(call.call, {"name", "id", "clientDataJSON", "attestationObject"}));
    OwnFactors::NewKey draft;
    PROVOST_TRY(draft.name, body.text("name"));
    PROVOST_TRY(const auto client, body.text("clientDataJSON"));
    PROVOST_TRY(draft.client, read_client_data(client));
    PROVOST_TRY(const auto object, body.text("attestationObject"));
    auto bytes = from_base64url(object, 16 * 1024);
    if (!bytes)
        return fail({"P-8609", "the passkey was refused", "attestationObject", "it is none", "Try again."});
    draft.attestation_object = std::move(*bytes);
    return changed(call, factors_of(call).finish_passkey(draft));
}

Result<ApiReply> list_own_passkeys(const GateCall& call) {
    PROVOST_TRY(const auto keys, call.desk.people().passkeys(call.who->person.id));
    json::array items;
    for (const auto& key : keys)
        items.push_back(json::object{{"id", key.id},
                                     {"name", key.name},
                                     {"created", to_rfc3339(key.created)},
                                     {"used", time_or_null(key.used)}});
    return page(std::move(items), "");
}

Result<ApiReply> remove_own_passkey(const GateCall& call) {
    PROVOST_TRY(const auto id, number_of(call));
    return changed(call, factors_of(call).remove_passkey(id));
}

Result<ApiReply> make_recovery_codes(const GateCall& call) {
    PROVOST_TRY(const auto codes, factors_of(call).make_recovery_codes());
    json::array list;
    for (const auto& code : codes) list.emplace_back(code);
    return reply(200, json::object{{"codes", std::move(list)}});
}

}  // namespace provost::api
