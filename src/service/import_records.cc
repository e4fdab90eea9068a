#include "service/import_records.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::array<std::string_view, 4> stage_names = {"writing", "done", "cancelled", "interrupted"};
constexpr std::array<std::string_view, 6> undo_names = {"open", "late",      "running",
                                                        "done", "cancelled", "failed"};

template <class Enum, std::size_t N>
std::optional<Enum> parse_name(const std::array<std::string_view, N>& names, std::string_view text) {
    const auto* const found = std::ranges::find(names, text);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view to_text(ImportStage stage) {
    return stage_names.at(static_cast<std::size_t>(stage));
}

std::optional<ImportStage> parse_import_stage(std::string_view text) {
    return parse_name<ImportStage>(stage_names, text);
}

std::string_view to_text(UndoState state) {
    return undo_names.at(static_cast<std::size_t>(state));
}

std::optional<UndoState> parse_undo_state(std::string_view text) {
    return parse_name<UndoState>(undo_names, text);
}

bool may_begin(UndoState state) {
    return state == UndoState::open || state == UndoState::cancelled || state == UndoState::failed;
}

UndoState undo_state(const ImportRecord& record, Timestamp now) {
    const auto state = record.undo.state;
    return may_begin(state) && record.until && now >= *record.until ? UndoState::late : state;
}

}  // namespace provost
