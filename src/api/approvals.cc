// What waits for a second person.
#include "api/approval_json.h"
#include "api/json.h"
#include "api/route.h"
#include "domain/text.h"
#include "service/people/handed_over.h"

namespace provost::api {

namespace {

Result<std::int64_t> number_of(const ApiCall& call) {
    if (const auto id = whole_number(call.path[0])) return *id;
    return fail(no_approval(call.path[0]));
}

// Nobody approves what it asked for itself, as whomever it comes.
Status check_other_person(const ApiContext& context, const PendingCall& asked, const Actor& who) {
    if (who.name == asked.by || (who.person != 0 && who.person == asked.person))
        return fail(
            {"P-8412", "who asked for it can't approve it", "id", "", "Let another person look at it."});
    if (who.person == 0 || asked.person == 0) return {};
    PROVOST_TRY(const auto deeds, handed_over(context.house.store));
    if (!of_one_hand(deeds, asked.person, who.person, context.house.clock.now())) return {};
    return fail(
        {"P-8414", "you and who asked for it may be one hand", "id",
         "one of you, or somebody else both of you, made, promoted or reset the other within the last "
         "seven days",
         "Let somebody else look at it, or do it on the host with the command 'provost'."});
}

}  // namespace

Result<ApiReply> list_approvals(ApiContext& context, const ApiCall&) {
    PROVOST_TRY(const auto calls, context.approvals.pending());
    json::array items;
    for (const auto& one : calls)
        if (context.sight.is_whole() || context.sight.sees(one.tenant))
            items.push_back(to_json(one, context, BodyShown::begin));
    return page(std::move(items), "");
}

Result<ApiReply> show_approval(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, number_of(call));
    PROVOST_TRY(const auto asked, context.approvals.find(id));
    return reply(200, to_json(asked, context, BodyShown::whole));
}

// Done as the one who approves: who may not do it can't approve it either.
Result<ApiReply> approve(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, number_of(call));
    PROVOST_TRY(const auto asked, context.approvals.find(id));
    const auto& who = context.sight.actor();
    PROVOST_CHECK(check_other_person(context, asked, who));
    ApiRequest request;
    request.method = asked.method;
    request.path = asked.path;
    request.query = asked.query;
    request.body = asked.body;
    if (!asked.if_match.empty()) request.headers["if-match"] = asked.if_match;
    request.actor = asked.by + ", approved by " + call.request.actor;
    request.who = who;
    PROVOST_CHECK(context.approvals.take(id, "approval.given", call.request.actor));
    return context.perform(request);
}

Result<ApiReply> drop_approval(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, number_of(call));
    PROVOST_CHECK(context.approvals.take(id, "approval.dropped", call.request.actor));
    return reply(200, json::object{{"removed", id}});
}

}  // namespace provost::api
