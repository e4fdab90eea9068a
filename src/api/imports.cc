#include "api/import_jobs.h"
#include "api/import_report.h"
#include "api/import_rows.h"
#include "api/import_undo_json.h"
#include "api/permission.h"
#include "api/route.h"
#include "domain/text.h"

namespace provost::api {

namespace {

constexpr std::size_t rows_at_once = 500;

// One that was cancelled while it was checked has none, nor has one that an earlier run of the server wrote.
// With its plan's mutex held.
bool has_report(const ImportJob& job, JobState state) {
    const bool at_rest =
        state == JobState::checked || state == JobState::done || state == JobState::cancelled;
    return at_rest && !job.plan.report.facts.empty();
}

json::object to_json(const ImportOptions& options, const ColumnChoices& choices) {
    json::object columns;
    for (const auto& [header, meaning] : choices) columns[header] = meaning;
    json::object body{{"tenant", options.tenant}, {"arm", options.arm}};
    body["columns"] = std::move(columns);
    return body;
}

Result<ApiReply> job_reply(int status, const ApiContext& context, ImportJob& job) {
    std::unique_lock lock(job.plan_mutex);
    const auto state = job.state.load();
    json::object body{{"id", job.id},
                      {"state", to_text(state)},
                      {"rows_done", job.rows_done.load()},
                      {"rows_total", job.rows_total.load()}};
    if (has_report(job, state))
        body["report"] =
            to_json(job.plan.report, job.facts, job.options ? job.options->tenant : std::string());
    body["reason"] = job.order.reason;
    lock.unlock();
    if (job.options) body["options"] = to_json(*job.options, job.columns);
    if (state == JobState::failed || state == JobState::cancelled || state == JobState::interrupted)
        body["error"] = to_json(job.error);
    if (!is_running(state) && state != JobState::checked) {
        PROVOST_TRY(const auto record, context.imports.record(job));
        if (record && record->until) body["undo"] = to_json(*record, context.house.clock.now());
    }
    return reply(status, body);
}

// To arm is more than to import: an import must not be a way around (R-F2).
Status check_arming(const ApiContext& context, const ImportOptions& options) {
    return options.arm ? Permission::ask_also(context, Action::device_arm) : Status();
}

// {"Serial no.": "", "Name": "line.1.display_name"}
Result<ColumnChoices> read_columns(const std::string& text) {
    ColumnChoices choices;
    if (text.empty()) return choices;
    boost::system::error_code error;
    const auto value = json::parse(text, error);
    const auto refused = [] {
        return fail({"P-8004", "'columns' is refused", "columns", "it is not a JSON object of texts",
                     "Write a header and what it is read as, or an empty text to leave it out."});
    };
    if (error || !value.is_object()) return refused();
    for (const auto& [header, meaning] : value.get_object()) {
        if (!meaning.is_string()) return refused();
        choices[std::string(header)] = std::string(meaning.get_string());
    }
    return choices;
}

}  // namespace

Result<ApiReply> create_import(ApiContext& context, const ApiCall& call) {
    ImportOptions options{call.query("tenant"), call.query("arm") == "true", call.request.actor,
                          context.sight.actor()};
    PROVOST_TRY(auto columns, read_columns(call.query("columns")));
    PROVOST_CHECK(check_arming(context, options));
    PROVOST_TRY(const auto job,
                context.imports.begin(call.request.body, std::move(options), std::move(columns)));
    return job_reply(202, context, *job);
}

Result<ApiReply> show_import(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto job, context.imports.find(call.path[0]));
    return job_reply(200, context, *job);
}

Result<ApiReply> apply_import(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"reason"}));
    PROVOST_TRY(const auto reason, body.reason());
    PROVOST_TRY(const auto checked, context.imports.find(call.path[0]));
    if (checked->options) PROVOST_CHECK(check_arming(context, *checked->options));
    PROVOST_TRY(const auto job, context.imports.apply(call.path[0], {call.request.actor, reason}));
    return job_reply(202, context, *job);
}

Result<ApiReply> import_rejects(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto job, context.imports.find(call.path[0]));
    const std::lock_guard lock(job->plan_mutex);
    const auto state = job->state.load();
    if (!has_report(*job, state))
        return fail({"P-8007", "import '" + job->id + "' is not checked", "import",
                     "it is " + std::string(to_text(state))});
    ApiReply answer;
    answer.content_type = "text/csv; charset=utf-8";
    answer.body = job->plan.report.rejects;
    return answer;
}

// Rows that are taken, by what they come to; those that are refused are in the report.
Result<ApiReply> import_rows(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto limit, call.limit(rows_at_once));
    PROVOST_TRY(const auto job, context.imports.find(call.path[0]));
    const std::lock_guard lock(job->plan_mutex);
    if (const auto state = job->state.load(); state != JobState::checked)
        return fail({"P-8007", "import '" + job->id + "' has no rows to show", "import",
                     "it is " + std::string(to_text(state))});
    return reply(200, rows_json(*context.house.policies.current(), job->plan,
                                {static_cast<std::size_t>(call.number("after").value_or(0)), limit,
                                 call.query("state") == "warning"}));
}

// Of phones that it wrote: who called home since.
Result<ApiReply> import_arrivals(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto job, context.imports.find(call.path[0]));
    const std::lock_guard lock(job->plan_mutex);
    if (!job->arrivals.knows_any())
        return fail({"P-8007", "nobody counts the phones of import '" + job->id + "'", "import",
                     "it is " + std::string(to_text(job->state.load())) +
                         ", wrote none, or was written before the server's last start",
                     "The fleet's report tells which phones never came."});
    PROVOST_TRY(const auto arrivals, job->arrivals.look(context.house.store, context.house.clock.now()));
    return reply(200, to_json(arrivals, *context.house.policies.current()));
}

}  // namespace provost::api
