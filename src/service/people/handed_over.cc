#include "service/people/handed_over.h"

#include <algorithm>
#include <sstream>

namespace provost {

namespace {

constexpr const char* note_name = "people.handed-over";

// One a line: "BY WHOM MILLISECONDS".
Result<std::vector<HandedOver>> parse(const std::string& note) {
    std::istringstream lines(note);
    std::vector<HandedOver> deeds;
    for (std::int64_t by = 0, whom = 0, at = 0; lines >> by >> whom >> at;)
        deeds.push_back({by, whom, from_millis(at)});
    if (lines.eof()) return deeds;
    return fail({"P-6014", "who made which people does not read back", note_name});
}

}  // namespace

Status note_handed_over(Transaction& transaction, const HandedOver& deed) {
    if (deed.by == 0) return {};
    PROVOST_TRY(const auto note, transaction.note(note_name));
    PROVOST_TRY(auto deeds, parse(note));
    std::erase_if(deeds, [&](const HandedOver& one) {
        return deed.at - one.at >= one_hand_for || (one.by == deed.by && one.whom == deed.whom);
    });
    deeds.push_back(deed);
    std::string text;
    for (const auto& one : deeds)
        text += std::to_string(one.by) + " " + std::to_string(one.whom) + " " +
                std::to_string(to_millis(one.at)) + "\n";
    return transaction.put_note(note_name, text);
}

Result<std::vector<HandedOver>> handed_over(Store& store) {
    PROVOST_TRY(const auto note, store.note(note_name));
    return parse(note);
}

}  // namespace provost
