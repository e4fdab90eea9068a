#include "service/import_reasons.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t reasons_kept = 64;

}  // namespace

std::string reason_of(std::string_view note, std::int64_t number) {
    const auto wanted = std::to_string(number) + " ";
    while (!note.empty()) {
        const auto line = note.substr(0, note.find('\n'));
        if (line.starts_with(wanted)) return std::string(line.substr(wanted.size()));
        note.remove_prefix(std::min(note.size(), line.size() + 1));
    }
    return {};
}

std::string with_reason(std::string_view note, std::int64_t number, std::string_view reason) {
    auto all = std::to_string(number) + " " + std::string(reason) + "\n";
    for (std::size_t lines = 1; lines < reasons_kept && !note.empty(); ++lines) {
        const auto line = note.substr(0, note.find('\n'));
        all.append(line).push_back('\n');
        note.remove_prefix(std::min(note.size(), line.size() + 1));
    }
    return all;
}

}  // namespace provost
