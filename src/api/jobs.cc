// Long work, seen alike: imports, their undos, staged resyncs and devices armed together, with how far they
// are and how long they still take.
#include "api/arm_jobs.h"
#include "api/import_jobs.h"
#include "api/json.h"
#include "domain/text.h"
#include "service/resync_keeper.h"

#include <algorithm>

namespace provost::api {

namespace {

constexpr std::size_t undos_listed = 100;  // among so many of the newest imports

struct JobView {
    std::string id, kind, state, title, actor, link, message;
    std::size_t done = 0, total = 0;
    Timestamp made{};
    std::optional<Timestamp> ended;
    double rate = 0;  // per second
    bool running = false;
};

json::object to_json(const JobView& job) {
    json::object object{{"id", job.id},       {"kind", job.kind},      {"state", job.state},
                        {"title", job.title}, {"done", job.done},      {"total", job.total},
                        {"rate", job.rate},   {"actor", job.actor},    {"made", to_rfc3339(job.made)},
                        {"link", job.link},   {"message", job.message}};
    object["left_seconds"] = json::value();
    if (job.running && job.rate > 0 && job.total >= job.done)
        object["left_seconds"] =
            static_cast<std::int64_t>(static_cast<double>(job.total - job.done) / job.rate);
    object["ended"] = job.ended ? json::value(to_rfc3339(*job.ended)) : json::value();
    object["can_cancel"] = job.running;
    return object;
}

double rate_of(std::size_t done, std::int64_t millis) {
    return millis <= 0 ? 0 : static_cast<double>(done) * 1000 / static_cast<double>(millis);
}

JobView view_of(const ImportJob& job, Timestamp now) {
    const auto state = job.state.load();
    JobView view{
        job.id, "import", std::string(to_text(state)), "Device list", job.actor, "/imports/" + job.id, ""};
    view.done = job.rows_done;
    view.total = job.rows_total;
    view.made = job.made;
    view.running = is_running(state);
    const auto until = view.running ? to_millis(now) : job.ended.load();
    if (!view.running) view.ended = from_millis(until);
    view.rate = rate_of(view.done, until - job.began);
    if (state == JobState::failed || state == JobState::cancelled || state == JobState::interrupted)
        view.message = job.error.text();
    if (state == JobState::done)
        view.message = std::to_string(job.plan.report.applied) + " rows were written";
    return view;
}

JobView view_of_undo(const ImportRecord& record, Timestamp now) {
    const auto& undo = record.undo;
    JobView view{undo_id(record.number),
                 "undo",
                 std::string(to_text(undo.state)),
                 "Undo of " + import_name(record.number),
                 undo.actor,
                 "/imports/" + import_id(record.number),
                 undo.trouble.empty() ? std::to_string(undo.left) + " rows were left" : undo.trouble};
    view.done = undo.removed + undo.restored + undo.left;
    view.total = record.added + record.changed;
    view.made = undo.began.value_or(record.made);
    view.running = undo.state == UndoState::running;
    view.ended = undo.ended;
    view.rate = rate_of(view.done, (undo.ended.value_or(now) - view.made).count());
    return view;
}

JobView view_of(const ResyncJob& job, Timestamp now) {
    JobView view{
        "r" + std::to_string(job.id),         "resync", std::string(to_text(job.state)), job.scope, job.actor,
        "/resyncs/" + std::to_string(job.id), ""};
    view.done = job.count_told();
    view.total = job.phones.size();
    view.made = job.made;
    view.running = job.state == ResyncJob::State::running;
    if (!view.running) view.ended = job.ended;
    view.rate = rate_of(view.done, ((view.running ? now : job.ended) - job.made).count());
    view.message = std::to_string(job.done) + " of those told come";
    return view;
}

JobView view_of(const ArmJob& job, Timestamp now) {
    JobView view{
        job.id, "arm", std::string(state_of(job)), "Devices to be armed", job.actor, "/arms/" + job.id, ""};
    view.done = job.done + job.failed;
    view.total = job.macs.size();
    view.made = job.made;
    view.running = job.is_running();
    if (!view.running) view.ended = from_millis(job.ended);
    view.rate = rate_of(view.done, (view.ended.value_or(now) - job.made).count());
    view.message = std::to_string(job.failed) + " were refused";
    return view;
}

// Nothing where nobody asked for it.
Result<std::optional<JobView>> find_undo(const ApiContext& context, const std::string& id, Timestamp now) {
    const auto number = number_of_undo(id);
    if (!number || undo_id(*number) != id) return std::nullopt;
    PROVOST_TRY(const auto record, context.house.store.imports().find(*number));
    if (!record || !record->undo.began) return std::nullopt;
    return view_of_undo(*record, now);
}

std::optional<std::int64_t> resync_number(const std::string& id) {
    return id.starts_with('r') ? whole_number(std::string_view(id).substr(1)) : std::nullopt;
}

}  // namespace

Result<ApiReply> list_jobs(ApiContext& context, const ApiCall&) {
    const auto now = context.house.clock.now();
    std::vector<JobView> views;
    const auto& sight = context.sight;
    for (const auto& job : context.imports.all())
        if (sight.is_whole() || (job->owner && sight.sees(*job->owner))) views.push_back(view_of(*job, now));
    PROVOST_TRY(const auto records, context.house.store.imports().list(undos_listed));
    for (const auto& record : records)
        if (record.undo.began && (sight.is_whole() || (record.owner && sight.sees(*record.owner))))
            views.push_back(view_of_undo(record, now));
    for (const auto& job : context.arms.all())
        if (sight.is_whole() || (job->owner && sight.sees(*job->owner))) views.push_back(view_of(*job, now));
    if (context.house.resync)
        for (const auto& job : context.house.resync->jobs())
            if (sight.sees(job.tenant)) views.push_back(view_of(job, now));
    std::ranges::stable_sort(views, [](const JobView& a, const JobView& b) {
        return std::pair(a.running, a.made) > std::pair(b.running, b.made);
    });
    json::array items;
    for (const auto& view : views) items.push_back(to_json(view));
    return page(std::move(items), "");
}

Result<ApiReply> show_job(ApiContext& context, const ApiCall& call) {
    const auto& id = call.path[0];
    const auto now = context.house.clock.now();
    if (const auto number = resync_number(id); number && context.house.resync) {
        PROVOST_TRY(const auto job, context.house.resync->job(*number));
        return reply(200, to_json(view_of(job, now)));
    }
    if (const auto arm = context.arms.find(id)) return reply(200, to_json(view_of(*arm, now)));
    PROVOST_TRY(const auto undo, find_undo(context, id, now));
    if (undo) return reply(200, to_json(*undo));
    const auto job = context.imports.find(id);
    if (!job) return fail(no_job(id));
    return reply(200, to_json(view_of(**job, now)));
}

Result<ApiReply> cancel_job(ApiContext& context, const ApiCall& call) {
    const auto& id = call.path[0];
    const auto now = context.house.clock.now();
    if (const auto number = resync_number(id); number && context.house.resync) {
        PROVOST_TRY(const auto job, context.house.resync->cancel(*number, call.request.actor));
        return reply(202, to_json(view_of(job, now)));
    }
    if (const auto arm = context.arms.find(id)) {
        PROVOST_CHECK(context.arms.cancel(id));
        return reply(202, to_json(view_of(*arm, now)));
    }
    PROVOST_TRY(const auto undo, find_undo(context, id, now));
    if (undo) {
        PROVOST_CHECK(context.imports.undos().cancel(*number_of_undo(id)));
        return reply(202, to_json(*undo));
    }
    if (!context.imports.find(id)) return fail(no_job(id));
    PROVOST_TRY(const auto job, context.imports.cancel(id));
    return reply(202, to_json(view_of(*job, now)));
}

}  // namespace provost::api
