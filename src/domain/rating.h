// The paper's rating of how a phone authenticates (R-A6): 5 is HTTPS with a unique device certificate.
#pragma once

#include "domain/decide.h"

#include <string_view>

namespace provost {

struct Rating {
    int stars;                // 1 to 5
    std::string_view reason;  // in words
    std::string_view raise;   // what would raise it; empty at 5
};

// The paper has no row for a password over HTTPS; docs/decisions/0007 says where it stands and why.
Rating rate(const Evidence& evidence, SecretMode mode);

}  // namespace provost
