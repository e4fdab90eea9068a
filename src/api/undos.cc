// Undoing imports: what it would do, what it did, and what it left.
#include "api/import_jobs.h"
#include "api/import_undo_json.h"
#include "domain/csv.h"
#include "domain/text.h"

namespace provost {

namespace {

constexpr std::size_t rows_shown = 1000;
constexpr std::size_t rows_read_at_once = 5000;

json::object to_json(const UndoneRow& one) {
    const auto& text = one.why == UndoReason::failed ? one.detail : std::string(in_words(one.why));
    return {{"row", one.row},
            {"mac", one.mac.lower()},
            {"outcome", to_text(one.step)},
            {"reason", to_text(one.why)},
            {"text", text}};
}

std::string csv_line(const UndoneRow& one) {
    const auto text = one.why == UndoReason::failed ? one.detail : std::string(in_words(one.why));
    return std::to_string(one.row) + "," + one.mac.lower() + "," + std::string(to_text(one.step)) + "," +
           std::string(to_text(one.why)) + "," + quote_csv(text) + "\n";
}

Result<std::pair<std::shared_ptr<ImportJob>, ImportRecord>> written(ApiContext& context,
                                                                    const ApiCall& call) {
    PROVOST_TRY(auto job, context.imports.find(call.path[0]));
    PROVOST_TRY(auto record, context.imports.record(*job));
    if (record && record->until) return std::pair(std::move(job), std::move(*record));
    return fail({"P-2515", "there is nothing to undo", "import",
                 "import '" + job->id + "' is " + std::string(to_text(job->state.load()))});
}

}  // namespace

json::object to_json(const ImportRecord& record, Timestamp now) {
    const auto& undo = record.undo;
    const auto state = undo_state(record, now);
    json::object object{{"state", to_text(state)}, {"added", record.added},     {"changed", record.changed},
                        {"removed", undo.removed}, {"restored", undo.restored}, {"to_arm", undo.to_arm},
                        {"left", undo.left},       {"actor", undo.actor},       {"reason", undo.reason},
                        {"trouble", undo.trouble}};
    object["until"] = may_begin(state) ? time_or_null(record.until) : json::value();
    object["seconds_left"] = json::value();
    if (may_begin(state) && record.until)
        object["seconds_left"] = std::chrono::ceil<std::chrono::seconds>(*record.until - now).count();
    object["began"] = time_or_null(undo.began);
    object["ended"] = time_or_null(undo.ended);
    return object;
}

namespace api {

Result<ApiReply> undo_import(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"reason"}));
    PROVOST_TRY(const auto given, body.text("reason"));
    const std::string reason(trim(given));
    if (reason.empty() || !is_clean_text(reason))
        return fail({"P-2516", "an undo needs a reason", "reason", "it goes into the audit trail",
                     "Say in a few words what went wrong."});
    PROVOST_TRY(const auto record, context.imports.undo(call.path[0], reason, context.sight.actor()));
    return reply(202, to_json(record, context.house.clock.now()));
}

// Before it: what it would do. Then: what it did.
Result<ApiReply> show_undo(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto found, written(context, call));
    auto record = found.second;
    const auto now = context.house.clock.now();
    json::array rows;
    PROVOST_TRY(const auto told, context.house.store.imports().undone(record.number, 0, rows_shown));
    for (const auto& one : told) rows.push_back(to_json(one));
    if (may_begin(undo_state(record, now))) {
        PROVOST_TRY(const auto preview, preview_undo(context.house, record.number, context.sight.actor(),
                                                     rows_shown - rows.size()));
        record.undo.removed += preview.removed, record.undo.restored += preview.restored;
        record.undo.left += preview.left, record.undo.to_arm += preview.to_arm;
        for (const auto& one : preview.rows) rows.push_back(to_json(one));
    }
    auto answer = to_json(record, now);
    answer["rows"] = std::move(rows);
    return reply(200, answer);
}

Result<ApiReply> undo_rows(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto found, written(context, call));
    ApiReply answer;
    answer.content_type = "text/csv; charset=utf-8";
    answer.body = "row,mac,outcome,reason,text\n";
    for (std::size_t after = 0;;) {
        PROVOST_TRY(const auto rows,
                    context.house.store.imports().undone(found.second.number, after, rows_read_at_once));
        for (const auto& one : rows) answer.body += csv_line(one);
        if (rows.size() < rows_read_at_once) return answer;
        after = rows.back().row;
    }
}

}  // namespace api

}  // namespace provost
