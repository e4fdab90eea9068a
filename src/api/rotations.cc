// New credentials for phones that have some.
#include "api/json.h"
#include "service/rotation.h"

namespace provost::api {

Result<ApiReply> rotate_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto body, Body::read(call, {"at_once", "suspected", "reason"}));
    RotationDraft draft;
    PROVOST_TRY(draft.at_once, body.flag("at_once"));
    PROVOST_TRY(draft.suspected, body.flag("suspected"));
    PROVOST_TRY(draft.reason, body.reason());
    PROVOST_TRY(const auto device, provost::rotate_device(context.house, mac, draft, call.request.actor));
    auto answer = reply(200, to_json(device, *context.house.policies.current()));
    answer.headers["ETag"] = "\"" + std::to_string(device.version) + "\"";
    return answer;
}

Result<ApiReply> rotate_tenant(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto tally, provost::rotate_tenant(context.house, call.path.at(0), call.request.actor));
    json::object body{{"asked", tally.asked}, {"failed", tally.failed}};
    if (!tally.trouble.empty()) body["trouble"] = tally.trouble;
    return reply(202, body);
}

}  // namespace provost::api
