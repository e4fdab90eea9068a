#include "domain/hand_over.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::array<std::string_view, 3> outbox_state_names = {"held", "due", "void"};

}  // namespace

std::string_view to_text(OutboxState state) {
    return outbox_state_names.at(static_cast<std::size_t>(state));
}

std::optional<OutboxState> parse_outbox_state(std::string_view text) {
    const auto* const found = std::find(outbox_state_names.begin(), outbox_state_names.end(), text);
    if (found == outbox_state_names.end()) return std::nullopt;
    return static_cast<OutboxState>(found - outbox_state_names.begin());
}

OutboxState state_of(const NewEntry& entry) {
    if (entry.withdraw || entry.at_once || !entry.account_lives) return OutboxState::due;
    return OutboxState::held;
}

OutboxState overtaken(OutboxState older, bool newer_withdraws) {
    if (older == OutboxState::held) return OutboxState::voided;
    return newer_withdraws ? OutboxState::voided : older;
}

OutboxState after_delivery(OutboxState state, std::int64_t generation, std::int64_t delivered) {
    if (state != OutboxState::held || generation > delivered) return state;
    return generation == delivered ? OutboxState::due : OutboxState::voided;
}

}  // namespace provost
