// People who sign in.
#include "service/people/people.h"

#include "api/json.h"
#include "api/route.h"
#include "api/session_json.h"
#include "domain/text.h"
#include "service/people/person_sessions.h"
#include "service/people/sessions.h"

namespace provost::api {

namespace {

json::object entry_json(const ApiContext& context, const People::Entry& entry) {
    auto object = to_json(entry.person, *context.house.policies.current());
    object["factors"] = to_json(entry.factors);
    return object;
}

ApiReply entry_reply(int status, const ApiContext& context, const People::Entry& entry) {
    auto answer = reply(status, entry_json(context, entry));
    answer.headers["ETag"] = "\"" + std::to_string(entry.person.version) + "\"";
    return answer;
}

json::object link_json(const LoginLink& link) {
    return {{"login", link.login}, {"login_url_path", link.path}, {"until", to_rfc3339(link.until)}};
}

Result<PersonId> id_of(const ApiCall& call) {
    if (const auto id = whole_number(call.path[0])) return *id;
    return fail({"P-8611", "there is no such person", "id", "", "List them: 'provost person list'."});
}

Result<People::Draft> read_draft(const ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"login", "name", "role", "tenant", "state"}));
    People::Draft draft;
    PROVOST_TRY(draft.login, body.text("login"));
    PROVOST_TRY(draft.name, body.text("name"));
    PROVOST_TRY(draft.role, body.text("role"));
    PROVOST_TRY(draft.state, body.text("state"));
    if (body.is_null("tenant")) {
        draft.tenant = "*";
    } else {
        PROVOST_TRY(draft.tenant, body.text("tenant"));
        if (!draft.tenant.empty() && draft.tenant != "*") PROVOST_CHECK(context.sight.tenant(draft.tenant));
    }
    return draft;
}

}  // namespace

Result<ApiReply> list_people(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto entries, People(context.house).list(call.request.who));
    json::array items;
    for (const auto& entry : entries) items.push_back(entry_json(context, entry));
    return page(std::move(items), "");
}

Result<ApiReply> create_person(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto draft, read_draft(context, call));
    PROVOST_TRY(const auto created, People(context.house).create(draft, call.request.who));
    auto object = entry_json(context, created.entry);
    object["login_url_path"] = created.link.path;
    object["until"] = to_rfc3339(created.link.until);
    return reply(201, object);
}

Result<ApiReply> show_person(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, id_of(call));
    PROVOST_TRY(const auto entry, People(context.house).find(id, call.request.who));
    return entry_reply(200, context, entry);
}

Result<ApiReply> change_person(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, id_of(call));
    PROVOST_TRY(const auto draft, read_draft(context, call));
    PROVOST_TRY(const auto entry, People(context.house).change(id, draft, call.if_match(), call.request.who));
    return entry_reply(200, context, entry);
}

Result<ApiReply> remove_person(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, id_of(call));
    PROVOST_CHECK(People(context.house).remove(id, call.request.who));
    return reply(200, json::object{{"removed", id}});
}

Result<ApiReply> reset_person(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, id_of(call));
    PROVOST_TRY(const auto link, People(context.house).reset(id, call.request.who));
    return reply(200, link_json(link));
}

Result<ApiReply> list_person_sessions(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, id_of(call));
    PROVOST_TRY(const auto sessions, PersonSessions(context.house).list(id, call.request.who));
    json::array items;
    for (const auto& one : sessions) items.push_back(to_json(one, session_end(one, session_idle)));
    return page(std::move(items), "");
}

Result<ApiReply> end_person_session(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, id_of(call));
    const auto session = whole_number(call.path[1]);
    if (!session) return fail(no_such_session());
    PROVOST_CHECK(PersonSessions(context.house).end(id, *session, call.request.who));
    return reply(200, json::object{{"removed", *session}});
}

Result<ApiReply> end_person_sessions(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, id_of(call));
    PROVOST_CHECK(People(context.house).end_sessions(id, call.request.who));
    return reply(200, json::object{{"removed", id}});
}

// For whoever is on the host: everybody else has people who can reset others.
Result<ApiReply> reset_admin_login(ApiContext& context, const ApiCall& call) {
    if (call.request.who.source != "unix" || call.request.who.person != 0)
        return fail({"P-8614", "this is for the host alone", "path", "",
                     "Run 'provost admin reset-login' on the server."});
    PROVOST_TRY(const auto body, Body::read(call, {"login"}));
    PROVOST_TRY(const auto login, body.text("login"));
    PROVOST_TRY(const auto link, reset_admin(context.house, login, call.request.who.name));
    return reply(200, link_json(link));
}

}  // namespace provost::api
