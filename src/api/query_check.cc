#include "api/query_check.h"

#include "base/clock.h"
#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

using contract::Type;
using Kind = Type::Kind;

std::string span_of(const Type& type) {
    const auto from = std::to_string(type.least.value_or(0));
    return type.most ? "from " + from + " to " + std::to_string(*type.most) : "of " + from + " or more";
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

bool is_in(const Type& type, std::int64_t number) {
    return number >= type.least.value_or(0) && number <= type.most.value_or(INT64_MAX);
}

// Why a value is refused; empty: it isn't.
std::string trouble_with(const Type& type, const std::string& value) {
    switch (type.kind) {
        case Kind::integer:
            if (const auto number = whole_number(value); !number || !is_in(type, *number))
                return "it is not a whole number " + span_of(type);
            return {};
        case Kind::flag:
            return value == "true" || value == "false" ? "" : "it is neither true nor false";
        case Kind::time:
            return from_rfc3339(value) ? "" : "it is not a time in UTC such as 2026-11-23T00:00:00Z";
        case Kind::choice:
            if (std::find(type.choices.begin(), type.choices.end(), value) == type.choices.end())
                return "it is none of " + joined(type.choices);
            return {};
        case Kind::text:
            if (!is_valid_utf8(value)) return "it is not UTF-8";
            if (type.most && std::cmp_greater(value.size(), *type.most))
                return "it is longer than " + std::to_string(*type.most) + " bytes";
            return {};
        default:
            return {};
    }
}

Error unknown_parameter(const contract::Endpoint& endpoint, const std::string& name) {
    std::vector<std::string_view> known;
    for (const auto& field : endpoint.query) known.emplace_back(field.name);
    const auto near = nearest(name, known);
    std::string all;
    for (const auto one : known) all += (all.empty() ? "It takes " : ", ") + std::string(one);
    return {"P-8009", "the query's parameter '" + printable(name, 32) + "' is unknown", printable(name, 32),
            "this call has none of that name",
            near            ? "Did you mean '" + std::string(*near) + "'?"
            : known.empty() ? "Leave it out: this call takes none."
                            : all + "."};
}

}  // namespace

Status check_query(const contract::Contract& contract, const contract::Endpoint& endpoint,
                   const std::map<std::string, std::string>& query) {
    for (const auto& [name, value] : query) {
        const auto field = std::find_if(endpoint.query.begin(), endpoint.query.end(),
                                        [&name = name](const auto& one) { return one.name == name; });
        if (field == endpoint.query.end()) return fail(unknown_parameter(endpoint, name));
        if (value.empty()) continue;
        const auto& type = contract.resolve(field->type);
        if (auto trouble = trouble_with(type, value); !trouble.empty())
            return fail({"P-8004", "'" + name + "' is refused", name, std::move(trouble),
                         field->says.empty() ? std::string() : name + ": " + field->says + "."});
    }
    return {};
}

}  // namespace provost
