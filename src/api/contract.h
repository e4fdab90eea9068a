// What the REST interface takes and gives, route by route. It is written in a small notation, one block per
// resource (contract_<resource>.cc; contract_reader.h says how), and read once. openapi.cc makes the OpenAPI
// file of it, request_check.cc holds requests against it, tests/e2e/test_api_contract.py answers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost::contract {

struct Field;

// The type of a value.
struct Type {
    enum class Kind : std::uint8_t {
        text,
        integer,
        number,
        flag,
        time,
        choice,
        named,
        list,
        map,
        object,
        any
    };
    Kind kind = Kind::any;
    std::string name;                         // named: key of Contract::types
    std::string pattern;                      // text: as ECMA-262 writes it; empty: any
    std::vector<std::string> choices;         // choice
    std::optional<std::int64_t> least, most;  // integer: its value; text: its characters
    std::vector<Type> of;                     // list, map: the type of what is in it, one
    std::vector<Field> fields;                // object
    bool nullable = false;
    std::string says;
};

struct Field {
    std::string name;
    Type type;
    bool required = true;
    std::string says;
};

// One of the bodies that an answer, or a request, may have.
struct Payload {
    std::string media = "application/json";
    std::optional<Type> type;  // of JSON; the others are text or bytes
    std::string says;
};

struct Answer {
    int status = 200;
    bool etag = false;
    std::vector<Payload> payloads;  // one of them; none: no body
};

struct Endpoint {
    std::string method, path;
    std::vector<Field> query, headers;
    std::optional<Payload> body;
    std::vector<Answer> answers;
};

// One that stands for the type of that name.
Type named(std::string name);

struct Contract {
    std::map<std::string, Type> types;  // by name
    std::map<std::string, Field> path;  // what stands for {...} in an address, by name
    std::vector<Endpoint> endpoints;

    [[nodiscard]] const Endpoint* find(std::string_view method, std::string_view address) const;
    [[nodiscard]] const Type& resolve(const Type& type) const;  // what a named one stands for
};

// Of this program. A mistake in a block throws when it is first asked for: a start, or a test.
const Contract& contract();

}  // namespace provost::contract
