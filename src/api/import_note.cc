#include "api/import_note.h"

#include "domain/text.h"

#include <algorithm>
#include <sstream>

namespace provost {

ImportNote read_import_note(const std::string& text) {
    ImportNote note;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string kind, actor, owner;
        RunningImport one;
        std::int64_t made = 0;
        words >> kind >> one.number;
        if (!words) continue;
        note.last = std::max(note.last, one.number);
        if (kind != "running" || !(words >> one.done >> one.total >> made >> actor >> owner)) continue;
        one.owner = whole_number(owner);  // "-": nobody's
        one.made = from_millis(made);
        one.actor = percent_decode(actor, false).value_or("");
        note.running.push_back(std::move(one));
    }
    return note;
}

std::string write_import_note(const ImportNote& note) {
    std::ostringstream text;
    text << "last " << note.last << "\n";
    for (const auto& one : note.running)
        text << "running " << one.number << " " << one.done << " " << one.total << " " << to_millis(one.made)
             << " " << (one.actor.empty() ? "-" : percent_encode(one.actor)) << " "
             << (one.owner ? std::to_string(*one.owner) : "-") << "\n";
    return text.str();
}

Status note_running(Transaction& transaction, const RunningImport& import) {
    PROVOST_TRY(const auto text, transaction.note(import_note));
    auto note = read_import_note(text);
    note.last = std::max(note.last, import.number);
    const auto found = std::ranges::find(note.running, import.number, &RunningImport::number);
    if (found == note.running.end())
        note.running.push_back(import);
    else
        *found = import;
    return transaction.put_note(import_note, write_import_note(note));
}

Status forget_running(Transaction& transaction, std::uint64_t number) {
    PROVOST_TRY(const auto text, transaction.note(import_note));
    auto note = read_import_note(text);
    std::erase_if(note.running, [number](const RunningImport& one) { return one.number == number; });
    return transaction.put_note(import_note, write_import_note(note));
}

}  // namespace provost
