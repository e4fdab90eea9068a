// HTTP Basic (RFC 7617) and Digest (RFC 7616, MD5 and SHA-256, qop "auth" or none) from the phone's side.
#pragma once

#include "sim/phone_memory.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provost::sim {

// One way in that a server offers with 401.
struct Challenge {
    LoginScheme scheme = LoginScheme::basic;
    std::string realm, nonce, opaque;
    bool qop_auth = false;  // else RFC 2069's form
    bool has_opaque = false;
    std::string algorithm = {};  // as the server spelled it; empty: it didn't
};

// From an answer's headers as AnswerReader keeps them, one "name: value" a line. What this client does not
// speak (another scheme, algorithm or qop) is left out.
std::vector<Challenge> read_challenges(std::string_view headers);

// The first of `preferred` that is offered; nullptr: none is.
const Challenge* choose(std::span<const Challenge> offered, std::span<const LoginScheme> preferred);

struct AskedFor {
    std::string_view method, uri;  // as in the request line
};
// The value of the Authorization header. `cnonce` is for qop "auth"; the nonce is used once.
std::string authorize(const Challenge& challenge, const Login& login, const AskedFor& request,
                      std::string_view cnonce);
std::string make_cnonce();

}  // namespace provost::sim
