#include "api/request_check.h"

#include "api/json_members.h"
#include "api/query_check.h"
#include "domain/text.h"

#include <algorithm>

#include <boost/json.hpp>

namespace provost {

namespace {

namespace json = boost::json;
using contract::Type;
using Kind = Type::Kind;

constexpr std::size_t most_json = 8 * 1024 * 1024;  // several vendor files, which a proposed change holds
constexpr std::size_t most_depth = 8;

Error bad_body(std::string where, std::string why, std::string fix = {}) {
    return {"P-8002", "the request's body was refused", std::move(where), std::move(why), std::move(fix)};
}

// "settings.line.1.user"
std::string inside(const std::string& where, std::string_view name) {
    return (where == "body" ? "" : where + ".") + printable(name, 32);
}

class BodyCheck {
 public:
    explicit BodyCheck(const contract::Contract& contract) : contract_(contract) {}

    [[nodiscard]] Status check(const Type& declared, const json::value& value,
                               const std::string& where) const {
        const auto& type = contract_.resolve(declared);
        if (value.is_null() && (declared.nullable || type.nullable)) return {};
        switch (type.kind) {
            case Kind::object:
                return value.is_object() ? check_object(type, value.get_object(), where)
                                         : other(where, "an object");
            case Kind::map:
                return value.is_object() ? check_map(type, value.get_object(), where)
                                         : other(where, "an object");
            case Kind::list:
                return value.is_array() ? check_list(type, value.get_array(), where) : other(where, "a list");
            case Kind::integer:
                return check_integer(type, value, where);
            case Kind::number:
                return value.is_number() ? Status() : other(where, "a number");
            case Kind::flag:
                return value.is_bool() ? Status() : other(where, "true or false");
            case Kind::any:
                return {};
            default:
                return value.is_string() ? Status() : other(where, "a text");
        }
    }

 private:
    static Status other(const std::string& where, const std::string& wanted) {
        return fail(bad_body(where, "'" + where + "' is not " + wanted));
    }

    static Status check_integer(const Type& type, const json::value& value, const std::string& where) {
        const bool whole = value.is_int64() && value.get_int64() >= type.least.value_or(INT64_MIN) &&
                           value.get_int64() <= type.most.value_or(INT64_MAX);
        if (whole) return {};
        const auto most = type.most ? " to " + std::to_string(*type.most) : " on";
        return other(where, "a whole number from " + std::to_string(type.least.value_or(0)) + most);
    }

    [[nodiscard]] Status check_object(const Type& type, const json::object& object,
                                      const std::string& where) const {
        for (const auto& member : object) {
            const std::string_view name = member.key();
            const auto field = std::find_if(type.fields.begin(), type.fields.end(),
                                            [&](const auto& one) { return one.name == name; });
            if (field == type.fields.end()) return unknown(type, name, where);
            PROVOST_CHECK(check(field->type, member.value(), inside(where, name)));
        }
        return {};
    }

    static Status unknown(const Type& type, std::string_view name, const std::string& where) {
        std::vector<std::string_view> known;
        for (const auto& field : type.fields) known.emplace_back(field.name);
        const auto near = nearest(name, known);
        return fail(bad_body(inside(where, name), "unknown member '" + printable(name, 32) + "'",
                             near ? "Did you mean '" + std::string(*near) + "'?" : ""));
    }

    [[nodiscard]] Status check_map(const Type& type, const json::object& object,
                                   const std::string& where) const {
        for (const auto& member : object)
            PROVOST_CHECK(check(type.of.at(0), member.value(), inside(where, member.key())));
        return {};
    }

    [[nodiscard]] Status check_list(const Type& type, const json::array& list,
                                    const std::string& where) const {
        for (std::size_t i = 0; i < list.size(); ++i)
            PROVOST_CHECK(check(type.of.at(0), list[i], inside(where, std::to_string(i + 1))));
        return {};
    }

    const contract::Contract& contract_;
};

Status check_json(const contract::Contract& contract, const Type& type, const std::string& body) {
    if (body.size() > most_json)
        return fail({"P-8010", "the request's body is too large", "body", "it has more than 8 MiB"});
    boost::system::error_code error;
    json::parse_options options;
    options.max_depth = most_depth;
    const auto value = json::parse(body, error, {}, options);
    if (error || !value.is_object())
        return fail({"P-8001", "the request's body is not a JSON object", "body",
                     error ? error.message() : "it is JSON of another kind"});
    if (const auto twice = repeated_member(body))
        return fail(bad_body(printable(*twice, 32), "member '" + printable(*twice, 32) + "' is there twice"));
    return BodyCheck(contract).check(type, value, "body");
}

// Clients that always send JSON send an empty object.
bool says_nothing(std::string_view body) {
    const auto text = trim(body);
    return text.empty() || text == "{}";
}

}  // namespace

Status check_request(const contract::Contract& contract, const contract::Endpoint& endpoint,
                     const ApiRequest& request) {
    PROVOST_CHECK(check_query(contract, endpoint, request.query));
    if (!endpoint.body) {
        if (says_nothing(request.body)) return {};
        return fail(bad_body("body", "this call takes none", "Leave the body out."));
    }
    if (!endpoint.body->type || request.body.empty()) return {};
    return check_json(contract, *endpoint.body->type, request.body);
}

Status check_request(std::string_view method, std::string_view path, const ApiRequest& request) {
    const auto& contract = contract::contract();
    const auto* const endpoint = contract.find(method, path);
    return endpoint == nullptr ? Status() : check_request(contract, *endpoint, request);
}

}  // namespace provost
