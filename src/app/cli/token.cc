#include "app/cli/token.h"

#include <boost/json.hpp>

namespace provost::cli {

void add_token_options(Command command, TokenOptions& options) {
    command.option("--networks", options.networks,
                   "where it may be used from, such as 192.0.2.0/24,2001:db8::/32");
    command.option("--window", options.window, "how long, such as 2h; default 24h");
}

std::optional<json::object> make_token(Shell& shell, const std::string& mac, const TokenOptions& options) {
    json::object body;
    if (!options.networks.empty()) body["networks"] = options.networks;
    if (!options.window.empty()) body["window"] = options.window;
    auto answer = shell.call("POST", "/v1/devices/" + mac + "/token", {}, json::serialize(body));
    if (!answer) return std::nullopt;
    return std::move(answer->as_object());
}

}  // namespace provost::cli
