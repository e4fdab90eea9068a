#include "api/import_jobs.h"
#include "api/json.h"

namespace provost::api {

namespace {

constexpr std::size_t problems_shown = 1000;

json::object report_json(const ImportReport& report) {
    json::array problems, notes, warnings;
    for (const auto& one : report.problems) {
        if (problems.size() == problems_shown) break;
        auto problem = to_json(one.error);
        problem["row"] = one.row;
        problem["column"] = one.column;
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
    body["warnings"] = std::move(warnings);
    body["notes"] = std::move(notes);
    body["problems"] = std::move(problems);
    body["problems_total"] = report.problems.size();
    return body;
}

ApiReply job_reply(int status, const ImportJob& job) {
    const auto state = job.state.load();
    json::object body{{"id", job.id},
                      {"state", to_text(state)},
                      {"rows_done", job.rows_done.load()},
                      {"rows_total", job.rows_total.load()}};
    if (state == JobState::checked || state == JobState::done) body["report"] = report_json(job.plan.report);
    if (state == JobState::failed) body["error"] = to_json(job.error);
    return reply(status, body);
}

}  // namespace

Result<ApiReply> create_import(ApiContext& context, const ApiCall& call) {
    ImportOptions options{call.query("tenant"), call.query("arm") == "true", call.request.actor};
    const auto job = context.imports.begin(call.request.body, std::move(options));
    return job_reply(202, *job);
}

Result<ApiReply> show_import(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto job, context.imports.find(call.path[0]));
    return job_reply(200, *job);
}

Result<ApiReply> apply_import(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto job, context.imports.apply(call.path[0]));
    return job_reply(202, *job);
}

Result<ApiReply> import_rejects(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto job, context.imports.find(call.path[0]));
    const auto state = job->state.load();
    if (state != JobState::checked && state != JobState::done)
        return fail({"P-8007", "import '" + job->id + "' is not checked", "import",
                     "it is " + std::string(to_text(state))});
    ApiReply answer;
    answer.content_type = "text/csv; charset=utf-8";
    answer.body = job->plan.report.rejects;
    return answer;
}

}  // namespace provost::api
