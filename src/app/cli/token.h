// An address that is good once, as devices and trunks are given one.
#pragma once

#include "app/cli/command.h"

#include <optional>
#include <string>

#include <boost/json/fwd.hpp>

namespace provost::cli {

struct TokenOptions {
    std::string networks, window;  // empty: as the tenant allows; a day
};
void add_token_options(Command command, TokenOptions& options);

// What the server tells of the new token; nullopt where it gave none, which is said.
std::optional<json::object> make_token(Shell& shell, const std::string& mac, const TokenOptions& options);

}  // namespace provost::cli
