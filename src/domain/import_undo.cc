#include "domain/import_undo.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::array<std::string_view, 3> step_names = {"removed", "restored", "left"};

struct ReasonText {
    std::string_view name, words;
};
constexpr std::array<ReasonText, 9> reason_texts = {{
    {"", ""},
    {"removed", "it was removed since"},
    {"out-of-sight", "it belongs to another customer now"},
    {"changed", "it was changed since"},
    {"delivered", "its phone began to take its secrets since"},
    {"attached", "it has a diagnostic window or an exception"},
    {"state", "its state changed since"},
    {"secrets-gone", "the import destroyed its secrets, which do not come back: arm it"},
    {"failed", "it could not be undone"},
}};

UndoRuling leave(UndoReason why) {
    return {UndoStep::leave, why};
}

}  // namespace

std::string_view to_text(UndoStep step) {
    return step_names.at(static_cast<std::size_t>(step));
}

std::optional<UndoStep> parse_undo_step(std::string_view text) {
    const auto* const found = std::ranges::find(step_names, text);
    if (found == step_names.end()) return std::nullopt;
    return static_cast<UndoStep>(found - step_names.begin());
}

std::string_view to_text(UndoReason reason) {
    return reason_texts.at(static_cast<std::size_t>(reason)).name;
}

std::optional<UndoReason> parse_undo_reason(std::string_view text) {
    const auto* const found = std::ranges::find(reason_texts, text, &ReasonText::name);
    if (found == reason_texts.end()) return std::nullopt;
    return static_cast<UndoReason>(found - reason_texts.begin());
}

std::string_view in_words(UndoReason reason) {
    return reason_texts.at(static_cast<std::size_t>(reason)).words;
}

UndoRuling rule_on_undo(const ImportTrace& trace, bool in_sight) {
    const auto& image = trace.image;
    if (!in_sight) return leave(UndoReason::out_of_sight);
    if (image.gone || !trace.now) return leave(UndoReason::removed);
    const auto& now = *trace.now;
    if (now.version != image.version) return leave(UndoReason::changed);
    if (trace.delivered) return leave(UndoReason::delivered);
    if (now.generation != image.generation) return leave(UndoReason::changed);
    if (!image.before) {
        if (trace.attached) return leave(UndoReason::attached);
        if (now.state != image.state) return leave(UndoReason::state);
        return {UndoStep::remove, UndoReason::none};
    }
    // The clock and the registrar may move a device on; that is in the way only where its state is to go
    // back.
    if (image.before->state != image.state && now.state != image.state) return leave(UndoReason::state);
    return {UndoStep::restore, image.before->secrets_gone ? UndoReason::secrets_gone : UndoReason::none};
}

Device put_back(Device now, const DeviceBefore& before) {
    now.site = before.site;
    now.vendor = before.vendor;
    now.model = before.model;
    now.secret_mode = before.secret_mode;
    now.settings = before.settings;
    now.raw = before.raw;
    ++now.version;
    return now;
}

DeviceState settle_state(DeviceState after_change_of_access, const ImportImage& image) {
    const auto& before = image.before;
    const bool moved = before && before->state != image.state;
    return moved && !before->secrets_gone ? before->state : after_change_of_access;
}

}  // namespace provost
