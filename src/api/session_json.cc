#include "api/session_json.h"

#include "api/cookies.h"
#include "api/json.h"

#include <algorithm>
#include <chrono>

namespace provost {

namespace {

std::int64_t seconds_until(Timestamp end, Timestamp now) {
    return std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(end - now).count());
}

}  // namespace

json::object to_json(const Person& person, const PolicySnapshot& policies) {
    json::object object{{"id", person.id},
                        {"login", person.login},
                        {"name", person.name},
                        {"role", to_text(person.role)},
                        {"tenant", nullptr},
                        {"state", to_text(person.state)},
                        {"created", to_rfc3339(person.created)},
                        {"version", person.version}};
    if (person.tenant)
        if (const auto* const view = policies.tenant(*person.tenant)) object["tenant"] = view->tenant.slug;
    return object;
}

json::object to_json(const Factors& factors) {
    return {{"password", factors.password},
            {"totp", factors.totp},
            {"passkeys", factors.passkeys},
            {"recovery_left", factors.recovery_left}};
}

json::object to_json(const Session& session, Timestamp ends) {
    return {{"id", session.id},
            {"created", to_rfc3339(session.created)},
            {"used", to_rfc3339(session.used)},
            {"expires", to_rfc3339(ends)},
            {"how", session.how},
            {"source", session.source},
            {"agent", session.agent},
            {"whole", session.stage == SessionStage::whole}};
}

Result<json::object> session_object(const GateCall& call, const SignedIn& who) {
    Sessions sessions(call.desk);
    PROVOST_TRY(const auto factors, call.desk.people().factors(who.person.id));
    const auto& session = who.session;
    const auto now = call.desk.now();
    json::object object{{"csrf", sessions.csrf(session)},
                        {"stepped_up_until", nullptr},
                        {"must_enrol", session.stage != SessionStage::whole},
                        {"expires", to_rfc3339(sessions.ends(session))},
                        {"expires_in", seconds_until(sessions.ends(session), now)},
                        {"longest_in", seconds_until(session.until, now)}};
    if (sessions.proved_lately(session))
        object["stepped_up_until"] = to_rfc3339(*session.proved + call.desk.settings.fresh);
    object["person"] = to_json(who.person, *call.desk.house.policies.current());
    object["factors"] = to_json(factors);
    return object;
}

Result<ApiReply> session_reply(const GateCall& call, const SessionCookie& cookie, json::object body) {
    const auto& session = cookie.session;
    if (session.stage != SessionStage::second_factor) {
        PROVOST_TRY(auto person, call.desk.people().person(session.person));
        if (!person) return fail(not_signed_in());
        PROVOST_TRY(auto object, session_object(call, {session, std::move(*person)}));
        for (auto& [name, value] : object) body.emplace(name, std::move(value));
    }
    auto answer = reply(200, body);
    set_session_cookie(answer, cookie.cookie);
    if (session.stage == SessionStage::whole)
        set_browser_cookie(answer, call.desk.marks.make(session.person, call.desk.now()),
                           BrowserMarks::lasts);
    return answer;
}

}  // namespace provost
