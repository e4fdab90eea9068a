#include "api/arm_jobs.h"
#include "api/device_choice.h"
#include "api/import_jobs.h"
#include "api/json.h"
#include "api/route.h"

namespace provost::api {

namespace {

json::object to_json(const ArmJob& job) {
    json::object object{{"id", job.id},
                        {"state", state_of(job)},
                        {"actor", job.actor},
                        {"made", to_rfc3339(job.made)},
                        {"total", job.macs.size()},
                        {"done", job.done.load()},
                        {"failed", job.failed.load()}};
    if (!job.is_running()) object["ended"] = to_rfc3339(from_millis(job.ended));
    json::array failures;
    for (const auto& one : job.failed_ones())
        failures.push_back(json::object{{"mac", one.mac.lower()},
                                        {"code", one.error.code},
                                        {"what", one.error.what},
                                        {"fix", one.error.fix}});
    object["failures"] = std::move(failures);
    return object;
}

}  // namespace

Result<ApiReply> arm_many(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"devices", "all", "forget_key", "reason"}));
    ArmJobs::Draft draft;
    PROVOST_TRY(draft.forget_key, body.flag("forget_key"));
    PROVOST_TRY(const auto chosen, choose_devices(context, call));
    PROVOST_TRY(draft.reason, body.reason());
    if (!chosen->path.empty()) draft.owner = chosen->path.back();
    draft.macs = chosen->macs;
    draft.actor = call.request.actor;
    PROVOST_TRY(const auto job, context.arms.begin(std::move(draft), context.sight));
    return reply(202, to_json(*job));
}

Result<ApiReply> show_arm(ApiContext& context, const ApiCall& call) {
    const auto job = context.arms.find(call.path[0]);
    if (job == nullptr) return fail(no_job(call.path[0]));
    return reply(200, to_json(*job));
}

}  // namespace provost::api
