#include "api/import_report.h"

#include "service/import_fields.h"

namespace provost {

namespace {

constexpr std::size_t problems_shown = 1000;

json::array columns_json(const ListFacts& list, const std::string& tenant) {
    json::array items;
    for (const auto& one : list.columns) {
        const auto& plan = one.plan;
        const auto facts = facts_of_field(plan.meaning, tenant);
        json::object item{{"header", plan.header},          {"meaning", plan.meaning},
                          {"origin", to_text(plan.origin)}, {"required", facts.required},
                          {"limits", facts.limits},         {"fallback", facts.fallback},
                          {"example", one.example}};
        if (plan.trouble) item["error"] = to_json(*plan.trouble);
        items.push_back(std::move(item));
    }
    return items;
}

json::array changes_json(const ImportReport& report) {
    json::array items;
    for (const auto& one : report.changes) {
        json::array fields;
        for (const auto& field : one.fields)
            fields.push_back(
                json::object{{"name", field.name}, {"before", field.before}, {"after", field.after}});
        json::object item{{"row", one.row}, {"mac", one.mac.lower()}};
        item["fields"] = std::move(fields);
        items.push_back(std::move(item));
    }
    return items;
}

json::array samples_json(const ImportReport& report) {
    json::array items;
    for (const auto& one : report.samples)
        items.push_back(json::object{{"row", one.row},
                                     {"mac", one.mac.lower()},
                                     {"model", one.model},
                                     {"syntax", one.syntax},
                                     {"text", one.text}});
    return items;
}

json::array problems_json(const ImportReport& report) {
    json::array items;
    for (const auto& one : report.problems) {
        if (items.size() == problems_shown) break;
        auto problem = to_json(one.error);
        problem["row"] = one.row;
        problem["column"] = one.column;
        problem["value"] = one.value;
        problem["suggestions"] = json::value_from(one.suggestions);
        items.push_back(std::move(problem));
    }
    return items;
}

json::array row_warnings_json(const ImportReport& report) {
    json::array items;
    for (const auto& one : report.row_warnings) {
        if (items.size() == problems_shown) break;
        items.push_back(json::object{{"row", one.row}, {"column", one.column}, {"text", one.text}});
    }
    return items;
}

json::array warnings_json(const ImportReport& report) {
    json::array items;
    for (const auto& one : report.warnings)
        items.push_back(json::object{{"vendor", one.vendor}, {"devices", one.devices}, {"text", one.text}});
    return items;
}

}  // namespace

json::object to_json(const ImportReport& report, const ListFacts& facts, const std::string& tenant) {
    json::object body{{"encoding", report.encoding},     {"separator", report.separator},
                      {"empty_rows", report.empty_rows}, {"to_add", report.to_add},
                      {"to_change", report.to_change},   {"unchanged", report.unchanged},
                      {"refused", report.refused},       {"applied", report.applied}};
    json::array open;
    for (const auto& one : facts.open) open.push_back(to_json(one));
    body["warned"] = facts.warned;
    body["facts"] = report.facts;
    body["bytes"] = report.bytes;
    body["rows"] = report.rows;
    body["not_in_file"] = report.not_in_file;
    body["columns"] = columns_json(facts, tenant);
    body["open"] = std::move(open);
    body["changes"] = changes_json(report);
    body["samples"] = samples_json(report);
    body["row_warnings"] = row_warnings_json(report);
    body["warnings"] = warnings_json(report);
    body["notes"] = json::value_from(report.notes);
    body["problems"] = problems_json(report);
    body["problems_total"] = report.problems.size();
    return body;
}

}  // namespace provost
