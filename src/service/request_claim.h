// What a request's path, query and User-Agent say, read into a Claim.
#pragma once

#include "domain/decide.h"
#include "service/deliver_configuration.h"
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

// `vendor` is the one that was proved; null reads the claim against all vendors, for the record of a refusal.
// `target` is what is asked for, the request's without a token; its path must begin with `prefix`. The
// claim's source points into the request.
ReadClaim read_claim(const Catalogue& catalogue, const VendorSpec* vendor, std::string_view target,
                     const DeviceRequest& request, std::string_view prefix);

}  // namespace provost
