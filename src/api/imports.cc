#include "api/import_jobs.h"
#include "api/import_undo_json.h"
#include "api/permission.h"

namespace provost::api {

namespace {

constexpr std::size_t problems_shown = 1000;

json::array columns_json(const ImportReport& report) {
    json::array items;
    for (const auto& one : report.columns)
        items.push_back(json::object{{"header", one.header}, {"meaning", one.meaning}});
    return items;
}

json::array changes_json(const ImportReport& report) {
    json::array items;
    for (const auto& one : report.changes) {
        json::array fields;
        for (const auto& field : one.fields)
            fields.push_back(
                json::object{{"name", field.name}, {"before", field.before}, {"after", field.after}});
        json::object item{{"row", one.row}, {"mac", one.mac.lower()}};
        item["fields"] = std::move(fields);
        items.push_back(std::move(item));
    }
    return items;
}

json::array samples_json(const ImportReport& report) {
    json::array items;
    for (const auto& one : report.samples)
        items.push_back(json::object{{"row", one.row},
                                     {"mac", one.mac.lower()},
                                     {"model", one.model},
                                     {"syntax", one.syntax},
                                     {"text", one.text}});
    return items;
}

json::object report_json(const ImportReport& report) {
    json::array problems, notes, warnings;
    for (const auto& one : report.problems) {
        if (problems.size() == problems_shown) break;
        auto problem = to_json(one.error);
        problem["row"] = one.row;
        problem["column"] = one.column;
        problem["value"] = one.value;
        problem["suggestions"] = json::value_from(one.suggestions);
        problems.push_back(std::move(problem));
    }
    for (const auto& note : report.notes) notes.push_back(json::value(note));
    json::object body{{"encoding", report.encoding},     {"separator", report.separator},
                      {"empty_rows", report.empty_rows}, {"to_add", report.to_add},
                      {"to_change", report.to_change},   {"unchanged", report.unchanged},
                      {"refused", report.refused},       {"applied", report.applied}};
    for (const auto& one : report.warnings)
        warnings.push_back(
            json::object{{"vendor", one.vendor}, {"devices", one.devices}, {"text", one.text}});
    body["facts"] = report.facts;
    body["bytes"] = report.bytes;
    body["rows"] = report.rows;
    body["not_in_file"] = report.not_in_file;
    body["columns"] = columns_json(report);
    body["changes"] = changes_json(report);
    body["samples"] = samples_json(report);
    json::array row_warnings;
    for (const auto& one : report.row_warnings)
        row_warnings.push_back(json::object{{"row", one.row}, {"column", one.column}, {"text", one.text}});
    body["row_warnings"] = std::move(row_warnings);
    body["warnings"] = std::move(warnings);
    body["notes"] = std::move(notes);
    body["problems"] = std::move(problems);
    body["problems_total"] = report.problems.size();
    return body;
}

// One that was cancelled while it was checked has none, nor has one that an earlier run of the server wrote.
// With its plan's mutex held.
bool has_report(const ImportJob& job, JobState state) {
    const bool at_rest =
        state == JobState::checked || state == JobState::done || state == JobState::cancelled;
    return at_rest && !job.plan.report.facts.empty();
}

Result<ApiReply> job_reply(int status, const ApiContext& context, ImportJob& job) {
    std::unique_lock lock(job.plan_mutex);
    const auto state = job.state.load();
    json::object body{{"id", job.id},
                      {"state", to_text(state)},
                      {"rows_done", job.rows_done.load()},
                      {"rows_total", job.rows_total.load()}};
    if (has_report(job, state)) body["report"] = report_json(job.plan.report);
    lock.unlock();
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

}  // namespace

Result<ApiReply> create_import(ApiContext& context, const ApiCall& call) {
    ImportOptions options{call.query("tenant"), call.query("arm") == "true", call.request.actor,
                          context.sight.actor()};
    PROVOST_CHECK(check_arming(context, options));
    PROVOST_TRY(const auto job, context.imports.begin(call.request.body, std::move(options)));
    return job_reply(202, context, *job);
}

Result<ApiReply> show_import(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto job, context.imports.find(call.path[0]));
    return job_reply(200, context, *job);
}

Result<ApiReply> apply_import(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto checked, context.imports.find(call.path[0]));
    {
        const std::lock_guard lock(checked->plan_mutex);
        PROVOST_CHECK(check_arming(context, checked->plan.options));
    }
    PROVOST_TRY(const auto job, context.imports.apply(call.path[0]));
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

}  // namespace provost::api
