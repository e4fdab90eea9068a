#include "api/openapi.h"

#include "api/contract.h"
#include "api/gate_route.h"
#include "api/openapi_schema.h"
#include "api/route.h"
#include "base/ascii.h"

#include <boost/json.hpp>

namespace provost {

namespace {

namespace json = boost::json;

json::array roles_json(const Grants& grants) {
    json::array names;
    for (std::size_t i = 0; i < grants.size(); ++i)
        if (grants[i] != Grant::none) names.push_back(to_text(static_cast<Role>(i)).data());
    return names;
}

// "get_devices_mac_preview": what generators of clients name it by.
std::string name_of(std::string_view method, std::string_view path) {
    std::string name = lower_case(method);
    for (const char c : path.substr(std::string_view("/v1").size()))
        if (c == '/' || c == '.')
            name += '_';
        else if (c != '{' && c != '}')
            name += c;
    return name;
}

// "devices": the first part of its address.
std::string_view resource_of(std::string_view path) {
    const auto rest = path.substr(std::string_view("/v1/").size());
    return rest.substr(0, rest.find('/'));
}

// What is said of a call whoever answers it.
template <class AnyRoute>
json::object described(const AnyRoute& route) {
    json::object one{{"operationId", name_of(route.method, route.path)},
                     {"tags", json::array{resource_of(route.path)}},
                     {"summary", route.summary}};
    const auto& contract = contract::contract();
    if (const auto* const endpoint = contract.find(route.method, route.path)) {
        one["parameters"] = contract::parameters_of(contract, *endpoint);
        if (endpoint->body) one["requestBody"] = contract::body_of(*endpoint->body);
        one["responses"] = contract::responses_of(*endpoint);
    }
    return one;
}

json::object idempotency_key() {
    return {{"name", "Idempotency-Key"},
            {"in", "header"},
            {"required", false},
            {"description", "Done once, however often it comes"},
            {"schema", json::object{{"type", "string"}, {"minLength", 1}, {"maxLength", 128}}}};
}

// What two persons decide is held at first.
contract::Endpoint with_held(contract::Endpoint endpoint) {
    const contract::Payload held{"application/json", contract::named("Held"), "Held for a second person"};
    for (auto& answer : endpoint.answers)
        if (answer.status == 202) {
            answer.payloads.push_back(held);
            return endpoint;
        }
    endpoint.answers.push_back({202, false, {held}});
    return endpoint;
}

json::object operation(const Route& route) {
    const auto& traits = traits_of(route.action);
    auto one = described(route);
    const auto* const endpoint = contract::contract().find(route.method, route.path);
    if (traits.two_persons && endpoint != nullptr)
        one["responses"] = contract::responses_of(with_held(*endpoint));
    if (route.method == "POST") one["parameters"].as_array().push_back(idempotency_key());
    one["x-provost-action"] = traits.name;
    one["x-provost-roles"] = roles_json(traits.grants);
    one["x-provost-step-up"] = traits.step_up;
    return one;
}

// Calls about a session, which the admin listener answers alone.
json::object gate_operation(const GateRoute& route) {
    static constexpr std::string_view sessions[] = {"none", "half", "enrolling or whole", "whole"};
    auto one = described(route);
    one["x-provost-session"] = sessions[static_cast<std::size_t>(route.needs)];
    return one;
}

}  // namespace

json::object openapi_document() {
    json::object paths;
    for (const auto& route : routes()) {
        auto& path = paths[route.path];
        if (!path.is_object()) path = json::object();
        path.get_object()[lower_case(route.method)] = operation(route);
    }
    for (const auto& route : gate_routes()) {
        auto& path = paths[route.path];
        if (!path.is_object()) path = json::object();
        path.get_object()[lower_case(route.method)] = gate_operation(route);
    }
    json::object document{{"openapi", "3.1.0"},
                          {"info", json::object{{"title", "Provost"}, {"version", PROVOST_VERSION}}}};
    document["paths"] = std::move(paths);
    document["components"] = json::object{{"schemas", contract::schemas_of(contract::contract())}};
    return document;
}

}  // namespace provost
