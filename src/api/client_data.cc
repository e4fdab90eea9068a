#include "api/client_data.h"

#include "crypto/base_text.h"
#include "crypto/digest.h"

#include <boost/json.hpp>

namespace provost {

namespace {

namespace json = boost::json;

constexpr std::size_t longest = 4096;

Error refused() {
    return {"P-8609", "the passkey was refused", "clientDataJSON", "it is none", "Try again."};
}

std::string text_of(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

Result<ClientData> read_client_data(std::string_view base64url) {
    const auto bytes = from_base64url(base64url, longest);
    if (!bytes) return fail(refused());
    boost::system::error_code error;
    json::parse_options options;
    options.max_depth = 4;
    const auto value = json::parse(as_text(*bytes), error, {}, options);
    if (error || !value.is_object()) return fail(refused());
    const auto& object = value.get_object();
    ClientData client;
    client.type = text_of(object, "type");
    client.challenge = text_of(object, "challenge");
    client.origin = text_of(object, "origin");
    const auto* const cross = object.if_contains("crossOrigin");
    client.cross_origin = cross != nullptr && !(cross->is_bool() && !cross->get_bool());
    client.hash = sha256(as_text(*bytes));
    return client;
}

}  // namespace provost
