// A note on a phone, and its warnings muted.
#include "service/device_care.h"

#include "api/json.h"

namespace provost::api {

namespace {

json::object to_json(const DeviceCare& care) {
    json::object object{{"version", care.version}, {"note", ""},         {"note_by", ""},
                        {"note_at", nullptr},      {"muted", false},     {"mute_reason", ""},
                        {"mute_by", ""},           {"mute_at", nullptr}, {"mute_until", nullptr}};
    if (const auto& note = care.note) {
        object["note"] = note->text;
        object["note_by"] = note->by;
        object["note_at"] = to_rfc3339(note->at);
    }
    if (const auto& mute = care.mute) {
        object["muted"] = true;
        object["mute_reason"] = mute->reason;
        object["mute_by"] = mute->by;
        object["mute_at"] = to_rfc3339(mute->at);
        if (mute->until) object["mute_until"] = to_rfc3339(*mute->until);
    }
    return object;
}

ApiReply care_reply(const DeviceCare& care) {
    auto answer = reply(200, to_json(care));
    answer.headers["ETag"] = "\"" + std::to_string(care.version) + "\"";
    return answer;
}

Result<CareDraft> read_care(const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"note", "mute", "reason"}));
    CareDraft draft;
    if (body.is_null("note")) {
        draft.note = "";
    } else if (body.has("note")) {
        PROVOST_TRY(draft.note, body.words("note"));
    }
    PROVOST_TRY(draft.mute, body.text("mute"));
    PROVOST_TRY(draft.reason, body.reason());
    return draft;
}

}  // namespace

Result<ApiReply> show_device_care(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto care, show_care(context.house.store, mac, context.house.clock.now()));
    return care_reply(care);
}

Result<ApiReply> change_device_care(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto draft, read_care(call));
    const CareCall change{mac, call.if_match(), call.request.actor, context.house.clock.now()};
    PROVOST_TRY(const auto care, change_care(context.house.store, draft, change));
    return care_reply(care);
}

}  // namespace provost::api
