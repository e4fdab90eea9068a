#include "api/json.h"
#include "domain/text.h"
#include "service/resync_keeper.h"

namespace provost::api {

namespace {

Result<ResyncKeeper*> keeper(const ApiContext& context) {
    if (context.house.resync != nullptr) return context.house.resync.get();
    return fail({"P-8311", "there is no way to reach phones", "resync", "this server sends no NOTIFY"});
}

json::object to_json(const ResyncJob& job, const ApiContext& context) {
    const auto policies = context.house.policies.current();
    const auto* const tenant = policies->tenant(job.tenant);
    const auto told = job.count_told();
    json::object object{{"id", job.id},
                        {"state", to_text(job.state)},
                        {"tenant", tenant == nullptr ? "" : tenant->tenant.slug},
                        {"scope", job.scope},
                        {"phones", job.phones.size()},
                        {"told", told},
                        {"took_it", job.done},
                        {"did_not", told - job.done},
                        {"reboot", job.reboot},
                        {"spacing_ms", job.rules.spacing.count()},
                        {"jitter_ms", job.rules.jitter.count()},
                        {"window", job.rules.window ? job.rules.window->text() : ""},
                        {"made", to_rfc3339(job.made)},
                        {"actor", job.actor}};
    if (job.state != ResyncJob::State::running) object["ended"] = to_rfc3339(job.ended);
    return object;
}

json::object to_json(const ResyncReport& report) {
    return {{"mac", report.mac.lower()}, {"outcome", to_text(report.outcome)},
            {"status", report.status},   {"event", report.event},
            {"target", report.target},   {"words", report.words}};
}

Result<std::int64_t> job_id(const ApiCall& call) {
    if (const auto id = whole_number(call.path[0])) return *id;
    return fail({"P-8310", "there is no such resync", "id", printable(call.path[0], 32)});
}

}  // namespace

Result<ApiReply> resync_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto body, Body::read(call, {"reboot", "wait"}));
    PROVOST_TRY(const bool reboot, body.flag("reboot"));
    PROVOST_TRY(const bool wait, body.flag("wait"));
    PROVOST_TRY(auto* const resync, keeper(context));
    if (wait) {
        PROVOST_TRY(const auto report, resync->tell(mac, reboot, call.request.actor));
        return reply(200, to_json(report));
    }
    ResyncKeeper::Draft draft;
    draft.phone = mac;
    draft.reboot = reboot;
    PROVOST_TRY(const auto job, resync->start(draft, call.request.actor));
    return reply(202, to_json(job, context));
}

Result<ApiReply> resync_tenant(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body,
                Body::read(call, {"site", "vendor", "model", "rate", "jitter", "window", "reboot"}));
    ResyncKeeper::Draft draft;
    draft.tenant = call.path[0];
    PROVOST_TRY(draft.site, body.text("site"));
    PROVOST_TRY(draft.vendor, body.text("vendor"));
    PROVOST_TRY(draft.model, body.text("model"));
    PROVOST_TRY(draft.rate, body.text("rate"));
    PROVOST_TRY(draft.jitter, body.text("jitter"));
    PROVOST_TRY(draft.window, body.text("window"));
    PROVOST_TRY(draft.reboot, body.flag("reboot"));
    PROVOST_TRY(auto* const resync, keeper(context));
    PROVOST_TRY(const auto job, resync->start(draft, call.request.actor));
    return reply(202, to_json(job, context));
}

Result<ApiReply> list_resyncs(ApiContext& context, const ApiCall&) {
    PROVOST_TRY(const auto* const resync, keeper(context));
    json::array items;
    for (const auto& job : resync->jobs())
        if (context.sight.sees(job.tenant)) items.push_back(to_json(job, context));
    return page(std::move(items), "");
}

Result<ApiReply> show_resync(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, job_id(call));
    PROVOST_TRY(const auto* const resync, keeper(context));
    PROVOST_TRY(const auto job, resync->job(id));
    return reply(200, to_json(job, context));
}

Result<ApiReply> cancel_resync(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto id, job_id(call));
    PROVOST_TRY(auto* const resync, keeper(context));
    PROVOST_TRY(const auto job, resync->cancel(id, call.request.actor));
    return reply(200, to_json(job, context));
}

}  // namespace provost::api
