// Why imports were written, as long as their records are likely to be asked for: a note of the store, one
// line an import, newest first. What is to stay stands in the audit trail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace provost {

inline constexpr std::string_view reasons_note = "imports.reasons";

// Empty: it was given none, or too many came since.
std::string reason_of(std::string_view note, std::int64_t number);
// `reason` is clean text, and not empty.
std::string with_reason(std::string_view note, std::int64_t number, std::string_view reason);

}  // namespace provost
