// What the registrar is told of a phone's credentials, and when (R-B2): in an order that strands no phone.
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace provost {

// held: the phone still registers with what the registrar has, and this is what it will register with next.
// due: the registrar is to be told, or was. voided: it never will be.
enum class OutboxState : std::uint8_t { held, due, voided };
std::string_view to_text(OutboxState state);
std::optional<OutboxState> parse_outbox_state(std::string_view text);

struct NewEntry {
    bool withdraw = false;       // the account's credentials are void
    bool account_lives = false;  // the registrar has credentials of the account, or is about to have them
    bool at_once = false;        // a person says that the old ones must not live a moment longer
};

// Withdrawals go at once, and so do the first credentials of an account: nobody can lose any by it. Others
// wait until the phone has them: if their transfer breaks, the old ones are still good.
OutboxState state_of(const NewEntry& entry);

// What a newer entry of the same account makes of an older one that is not told yet. Held ones were never
// told and never will be. What is due keeps its place in the order, unless all of it is withdrawn anyway.
OutboxState overtaken(OutboxState older, bool newer_withdraws);

// What the end of a delivery makes of a held entry: the phone has these credentials, or ones that came after.
OutboxState after_delivery(OutboxState state, std::int64_t generation, std::int64_t delivered);

}  // namespace provost
