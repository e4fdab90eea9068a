// Tokens of programs. Not those of phones, which are one-time addresses (devices.cc).
#include "api/json.h"
#include "api/session_json.h"
#include "domain/text.h"
#include "service/people/api_tokens.h"

namespace provost::api {

namespace {

json::object token_json(const ApiContext& context, const ApiToken& token) {
    json::object object{{"id", token.id},
                        {"handle", token.handle},
                        {"name", token.name},
                        {"role", to_text(token.role)},
                        {"tenant", nullptr},
                        {"write", !token.read_only},
                        {"sensitive", token.sensitive},
                        {"creator", token.creator},
                        {"created", to_rfc3339(token.created)},
                        {"until", to_rfc3339(token.until)},
                        {"used", time_or_null(token.used)}};
    object["ended"] = context.house.clock.now() >= token.until;
    if (token.tenant)
        if (const auto* const view = context.house.policies.current()->tenant(*token.tenant))
            object["tenant"] = view->tenant.slug;
    return object;
}

}  // namespace

Result<ApiReply> list_api_tokens(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto tokens, ApiTokens(context.house).list(call.request.who));
    json::array items;
    for (const auto& token : tokens) items.push_back(token_json(context, token));
    return page(std::move(items), "");
}

Result<ApiReply> create_api_token(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"name", "role", "tenant", "lasts", "write", "sensitive"}));
    ApiTokens::Draft draft;
    PROVOST_TRY(draft.name, body.text("name"));
    PROVOST_TRY(draft.role, body.text("role"));
    PROVOST_TRY(draft.lasts, body.text("lasts"));
    PROVOST_TRY(draft.write, body.flag("write"));
    PROVOST_TRY(draft.sensitive, body.flag("sensitive"));
    if (body.is_null("tenant")) {
        draft.tenant = "*";
    } else {
        PROVOST_TRY(draft.tenant, body.text("tenant"));
        if (!draft.tenant.empty() && draft.tenant != "*") PROVOST_CHECK(context.sight.tenant(draft.tenant));
    }
    PROVOST_TRY(const auto created, ApiTokens(context.house).create(draft, call.request.who));
    auto object = token_json(context, created.token);
    object["token"] = created.text;
    return reply(201, object);
}

Result<ApiReply> remove_api_token(ApiContext& context, const ApiCall& call) {
    const auto id = whole_number(call.path[0]);
    if (!id) return fail({"P-8617", "there is no such token", "id", "", "List them: 'provost token list'."});
    PROVOST_CHECK(ApiTokens(context.house).remove(*id, call.request.who));
    return reply(200, json::object{{"removed", *id}});
}

}  // namespace provost::api
