#include "service/import_columns.h"

#include "base/ascii.h"
#include "domain/text.h"
#include "service/import_fields.h"
#include "service/import_headers.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::string_view reject_column =
    "reason";  // our own note on a refused row; mended, the row comes back with it

bool names_a_password(std::string_view name) {
    static constexpr std::array<std::string_view, 5> words = {"password", "passwd", "passwort", "kennwort",
                                                              "secret"};
    return !is_own_column(name) &&
           std::ranges::any_of(words, [&](auto word) { return name.find(word) != name.npos; });
}

Error brings_passwords(const std::string& header) {
    return {"P-2004", "a list may not bring passwords", "column '" + printable(header, 64) + "'",
            "Provost generates every SIP credential", "Delete the column, or leave it out."};
}

Error said_twice(const std::string& meaning) {
    return {"P-2507", "two columns mean '" + meaning + "'", "header", "", "Leave one of them out."};
}

PlannedColumn open_column(PlannedColumn column, Error trouble) {
    column.origin = ColumnOrigin::open;
    column.meaning.clear();
    column.trouble = std::move(trouble);
    return column;
}

PlannedColumn chosen_column(PlannedColumn column, const std::string& choice) {
    column.origin = ColumnOrigin::choice;
    if (choice.empty()) return column;
    if (column.brings_passwords || names_a_password(lower_case(choice)))
        return open_column(column, brings_passwords(column.header));
    auto field = field_named(choice);
    if (!field) return open_column(column, field.error());
    column.meaning = std::move(*field);
    return column;
}

PlannedColumn column_of(const std::string& header, const ColumnChoices& choices) {
    const auto name = lower_case(trim(header));
    PlannedColumn column{header, "", ColumnOrigin::name, names_a_password(name), {}};
    if (const auto chosen = choices.find(name); chosen != choices.end())
        return chosen_column(std::move(column), chosen->second);
    if (name.empty() || name == reject_column) return column;
    if (column.brings_passwords) return open_column(column, brings_passwords(header));
    if (const auto known = known_header(name)) {
        column.origin = ColumnOrigin::header;
        column.meaning = *known;
        return column;
    }
    auto field = field_named(header);
    if (!field) return open_column(column, field.error());
    column.meaning = std::move(*field);
    return column;
}

std::string note_of(const PlannedColumn& column) {
    const auto header = "'" + printable(column.header, 64) + "' is ";
    return column.meaning.empty() ? header + "not read" : header + "read as " + column.meaning;
}

// Headers as they are compared; each has to be one of the list's.
Result<ColumnChoices> fold(const ColumnChoices& choices, const std::vector<std::string>& header) {
    ColumnChoices folded;
    std::vector<std::string> names;
    for (const auto& one : header) names.push_back(lower_case(trim(one)));
    for (const auto& [said, meaning] : choices) {
        const auto name = lower_case(trim(said));
        if (std::ranges::find(names, name) == names.end()) {
            Error error{"P-2517", "the list has no column '" + printable(said, 64) + "'", "header"};
            const std::vector<std::string_view> candidates(names.begin(), names.end());
            if (const auto near = nearest(name, candidates)) error.offer(*near);
            return fail(std::move(error));
        }
        folded[name] = std::string(trim(meaning));
    }
    return folded;
}

}  // namespace

std::string_view to_text(ColumnOrigin origin) {
    static constexpr std::array<std::string_view, 4> names = {"name", "header", "choice", "open"};
    return names.at(static_cast<std::size_t>(origin));
}

bool ColumnPlan::has(std::string_view meaning) const {
    return std::ranges::find(columns, meaning, &PlannedColumn::meaning) != columns.end();
}

std::vector<Error> ColumnPlan::open() const {
    std::vector<Error> errors;
    for (const auto& one : columns)
        if (one.trouble) errors.push_back(*one.trouble);
    if (!has("mac"))
        errors.push_back({"P-2506", "there is no column for the MAC address", "header", "",
                          "Say which it is, or name it 'mac'."});
    return errors;
}

Result<ColumnPlan> plan_columns(const std::vector<std::string>& header, const ColumnChoices& choices) {
    PROVOST_TRY(const auto folded, fold(choices, header));
    ColumnPlan plan;
    for (const auto& one : header) {
        auto column = column_of(one, folded);
        if (!column.meaning.empty() && plan.has(column.meaning)) {
            auto twice = said_twice(column.meaning);
            column = open_column(std::move(column), std::move(twice));
        }
        if (column.origin == ColumnOrigin::header || column.origin == ColumnOrigin::choice)
            plan.notes.push_back(note_of(column));
        plan.columns.push_back(std::move(column));
    }
    return plan;
}

Devices::Draft draft_of_row(const ColumnPlan& plan, const std::vector<std::string>& cells) {
    Devices::Draft draft;
    for (std::size_t i = 0; i < plan.columns.size() && i < cells.size(); ++i) {
        const auto& name = plan.columns[i].meaning;
        if (name.empty() || cells[i].empty()) continue;
        if (name == "mac")
            draft.mac = cells[i];
        else if (name == "tenant")
            draft.tenant = cells[i];
        else if (name == "vendor")
            draft.vendor = lower_case(cells[i]);
        else if (name == "model")
            draft.model = cells[i];
        else if (name == "site")
            draft.site = cells[i];
        else if (name == "secret_mode")
            draft.secret_mode = cells[i];
        else if (name == "access")
            draft.access = lower_case(cells[i]);
        else
            draft.settings[name] = cells[i];
    }
    return draft;
}

}  // namespace provost
