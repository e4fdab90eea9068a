// What a request's path, query and User-Agent say, read into a Claim.
#pragma once

#include "domain/decide.h"
#include "vendor/catalogue.h"

#include <optional>
#include <string>
#include <string_view>

namespace provost {

struct ReadClaim {
    Claim claim;
    std::optional<RequestMatch> file;
    std::optional<AgentMatch> agent;
};

// `vendor` is the one whose anchor vouched; null reads the claim against all vendors, for the record of a
// refusal. The path must begin with `prefix`.
ReadClaim read_claim(const Catalogue& catalogue, const VendorSpec* vendor, std::string_view target,
                     std::string_view user_agent, std::string_view prefix);

}  // namespace provost
