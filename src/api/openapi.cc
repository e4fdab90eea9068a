#include "api/openapi.h"

#include "api/route.h"

#include <boost/json.hpp>

namespace provost {

namespace {

namespace json = boost::json;

json::array path_parameters(std::string_view path) {
    json::array parameters;
    for (auto open = path.find('{'); open != path.npos; open = path.find('{', open + 1)) {
        const auto name = path.substr(open + 1, path.find('}', open) - open - 1);
        parameters.push_back(json::object{{"name", name},
                                          {"in", "path"},
                                          {"required", true},
                                          {"schema", json::object{{"type", "string"}}}});
    }
    return parameters;
}

json::object operation(const Route& route) {
    json::object responses;
    responses["2XX"] = json::object{{"description", "done"}};
    responses["default"] = json::object{
        {"description", "an RFC 9457 problem with a stable code"},
        {"content",
         json::object{{"application/problem+json",
                       json::object{{"schema", json::object{{"$ref", "#/components/schemas/Problem"}}}}}}}};
    json::object one{{"summary", route.summary}, {"x-role", route.role}};
    one["parameters"] = path_parameters(route.path);
    one["responses"] = std::move(responses);
    return one;
}

json::object problem_schema() {
    json::object properties;
    for (const auto* const name : {"type", "title", "detail", "code", "what", "where", "why", "fix"})
        properties[name] = json::object{{"type", "string"}};
    properties["status"] = json::object{{"type", "integer"}};
    return {{"type", "object"},
            {"required", json::array{"title", "status", "code"}},
            {"properties", std::move(properties)}};
}

std::string lower(std::string_view method) {
    std::string out(method);
    for (auto& c : out) c = static_cast<char>(c | 0x20);
    return out;
}

}  // namespace

json::object openapi_document() {
    json::object paths;
    for (const auto& route : routes()) {
        auto& path = paths[route.path];
        if (!path.is_object()) path = json::object();
        path.get_object()[lower(route.method)] = operation(route);
    }
    json::object document{{"openapi", "3.1.0"},
                          {"info", json::object{{"title", "Provost"}, {"version", PROVOST_VERSION}}}};
    document["paths"] = std::move(paths);
    document["components"] = json::object{{"schemas", json::object{{"Problem", problem_schema()}}}};
    return document;
}

}  // namespace provost
