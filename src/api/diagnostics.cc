// Diagnostic windows: a phone's web interface, open to one person for a while. Opening one tells a password,
// so it needs a step-up; so does whatever else reveals one.
#include "service/diagnostics.h"

#include "api/diagnostics_json.h"
#include "api/json.h"

namespace provost {

namespace {

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value() : json::value(text);
}

json::object to_json(const CallHome& home) {
    return {{"told", home.told}, {"words", home.words}, {"expected", time_or_null(home.expected)}};
}

}  // namespace

json::object to_json(const WindowView& view) {
    json::object object{{"state", "none"}, {"words", view.words}};
    if (!view.window) return object;
    const auto& window = *view.window;
    object["state"] = to_text(view.state);
    object["window"] = window.id;
    object["person"] = window.person;
    object["reason"] = window.reason;
    object["opened"] = to_rfc3339(window.opened);
    object["until"] = to_rfc3339(window.until);
    object["seconds_left"] = std::chrono::ceil<std::chrono::seconds>(view.left).count();
    object["taken"] = time_or_null(window.taken);
    object["ended"] = time_or_null(window.ended);
    object["call_home"] = to_json(view.call_home);
    return object;
}

namespace api {

// The one time that the password is told.
Result<ApiReply> open_diagnostics(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto body, Body::read(call, {"reason", "minutes", "reboot"}));
    Diagnostics::Draft draft;
    PROVOST_TRY(draft.reason, body.text("reason"));
    PROVOST_TRY(draft.minutes, body.number("minutes"));
    PROVOST_TRY(draft.reboot, body.flag("reboot"));
    PROVOST_TRY(const auto opened, Diagnostics(context.house).open(mac, draft, call.request.actor));
    auto told = to_json(opened.view);
    told["user"] = text_or_null(opened.user);
    told["password"] = opened.password.expose();
    told["url"] = text_or_null(opened.url);
    auto answer = reply(201, told);
    answer.headers["Cache-Control"] = "no-store";
    return answer;
}

Result<ApiReply> show_diagnostics(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto view, Diagnostics(context.house).show(mac));
    return reply(200, to_json(view));
}

Result<ApiReply> close_diagnostics(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    const bool reboot = call.query("reboot") == "true";
    PROVOST_TRY(const auto view, Diagnostics(context.house).close(mac, reboot, call.request.actor));
    return reply(200, to_json(view));
}

}  // namespace api

}  // namespace provost
