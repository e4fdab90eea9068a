#include "api/openapi_schema.h"

#include <boost/json.hpp>

namespace provost::contract {

namespace {

namespace json = boost::json;
using Kind = Type::Kind;

void put_says(json::object& object, const std::string& says) {
    if (!says.empty()) object["description"] = says;
}

json::object reference(const std::string& name) {
    return {{"$ref", "#/components/schemas/" + name}};
}

json::object object_schema(const Type& type) {
    json::object properties;
    json::array required;
    for (const auto& field : type.fields) {
        auto schema = schema_of(field.type);
        put_says(schema, field.says);
        properties[field.name] = std::move(schema);
        if (field.required) required.push_back(json::value(field.name));
    }
    json::object schema{{"type", "object"}};
    if (!required.empty()) schema["required"] = std::move(required);
    schema["properties"] = std::move(properties);
    schema["additionalProperties"] = false;
    return schema;
}

json::object text_schema(const Type& type) {
    json::object schema{{"type", "string"}};
    if (!type.pattern.empty()) schema["pattern"] = type.pattern;
    if (type.least) schema["minLength"] = *type.least;
    if (type.most) schema["maxLength"] = *type.most;
    return schema;
}

json::object integer_schema(const Type& type) {
    json::object schema{{"type", "integer"}, {"format", "int64"}};
    if (type.least) schema["minimum"] = *type.least;
    if (type.most) schema["maximum"] = *type.most;
    return schema;
}

json::object plain_schema(const Type& type) {
    switch (type.kind) {
        case Kind::text:
            return text_schema(type);
        case Kind::integer:
            return integer_schema(type);
        case Kind::number:
            return {{"type", "number"}};
        case Kind::flag:
            return {{"type", "boolean"}};
        case Kind::time:
            return {{"type", "string"}, {"format", "date-time"}};
        case Kind::choice:
            return {{"type", "string"}, {"enum", json::value_from(type.choices)}};
        case Kind::named:
            return reference(type.name);
        case Kind::list:
            return {{"type", "array"}, {"items", schema_of(type.of.at(0))}};
        case Kind::map:
            return {{"type", "object"}, {"additionalProperties", schema_of(type.of.at(0))}};
        case Kind::object:
            return object_schema(type);
        case Kind::any:
            break;
    }
    return {};
}

void put_parameters(json::array& parameters, const std::vector<Field>& fields, std::string_view in) {
    for (const auto& field : fields) {
        json::object one{{"name", field.name}, {"in", in}, {"required", field.required}};
        put_says(one, field.says);
        one["schema"] = schema_of(field.type);
        parameters.push_back(std::move(one));
    }
}

json::object media_of(const Payload& payload) {
    if (payload.type) return {{"schema", schema_of(*payload.type)}};
    return json::object();
}

// A second type for the same media type: one of the two.
void put_media(json::object& content, const Payload& payload) {
    auto media = media_of(payload);
    const auto* const there = content.if_contains(payload.media);
    if (there == nullptr || !payload.type) {
        content[payload.media] = std::move(media);
        return;
    }
    auto schema = there->at("schema").as_object();
    if (!schema.contains("anyOf")) schema = {{"anyOf", json::array{std::move(schema)}}};
    schema["anyOf"].as_array().push_back(std::move(media["schema"]));
    content[payload.media] = json::object{{"schema", std::move(schema)}};
}

json::object problem_answer() {
    const Payload problem{"application/problem+json", named("Problem"), {}};
    return {{"description", "What went wrong, where, why and how to mend it (RFC 9457)"},
            {"content", json::object{{problem.media, media_of(problem)}}}};
}

json::object answer_of(const Answer& answer) {
    json::object one;
    json::object content;
    std::string says;
    for (const auto& payload : answer.payloads) {
        put_media(content, payload);
        if (!payload.says.empty()) says += (says.empty() ? "" : "; ") + payload.says;
    }
    one["description"] = says.empty() ? "Done" : says;
    if (answer.etag) one["headers"] = json::object{{"ETag", json::object{{"schema", reference("ETag")}}}};
    if (!content.empty()) one["content"] = std::move(content);
    return one;
}

}  // namespace

json::object schema_of(const Type& type) {
    auto schema = plain_schema(type);
    if (type.nullable && type.kind == Kind::named)
        schema = {{"anyOf", json::array{std::move(schema), json::object{{"type", "null"}}}}};
    else if (type.nullable)
        schema["type"] = json::array{schema.at("type"), "null"};
    put_says(schema, type.says);
    return schema;
}

json::object schemas_of(const Contract& contract) {
    json::object schemas;
    for (const auto& [name, type] : contract.types) schemas[name] = schema_of(type);
    return schemas;
}

json::array parameters_of(const Contract& contract, const Endpoint& endpoint) {
    json::array parameters;
    std::vector<Field> places;
    const std::string_view path = endpoint.path;
    for (auto open = path.find('{'); open != path.npos; open = path.find('{', open + 1))
        places.push_back(
            contract.path.at(std::string(path.substr(open + 1, path.find('}', open) - open - 1))));
    put_parameters(parameters, places, "path");
    put_parameters(parameters, endpoint.query, "query");
    put_parameters(parameters, endpoint.headers, "header");
    return parameters;
}

json::object body_of(const Payload& payload) {
    json::object body;
    put_says(body, payload.says);
    body["content"] = json::object{{payload.media, media_of(payload)}};
    return body;
}

json::object responses_of(const Endpoint& endpoint) {
    json::object responses;
    for (const auto& answer : endpoint.answers) responses[std::to_string(answer.status)] = answer_of(answer);
    responses["default"] = problem_answer();
    return responses;
}

}  // namespace provost::contract
