// Digest authentication as a SIP client answers it (RFC 3261 section 22.4, RFC 8760).
#pragma once

#include "base/secret.h"
#include "crypto/digest.h"
#include "sip/message.h"

#include <optional>
#include <string>
#include <vector>

namespace provost {

struct SipChallenge {
    bool of_proxy = false;  // 407; else 401
    std::string realm, nonce, opaque;
    std::string algorithm_name;                // as sent; empty: none was, which means MD5
    std::optional<DigestAlgorithm> algorithm;  // nullopt: one that we don't answer
    bool has_qop = false;                      // it offers qop=auth
    bool only_other_qop = false;               // it offers qop, but not auth
    bool stale = false;
};

// Those of a 401 or 407 that are Digest and follow the grammar, in their order.
std::vector<SipChallenge> challenges_of(const SipResponse& response);

// Who we are to those who ask. A hash is good for its realm alone, a password for every one.
struct SipLogin {
    std::string user;
    std::string realm;  // of the hashes
    Secret ha1_md5, ha1_sha256, ha1_sha512_256, password;

    [[nodiscard]] bool can_answer(const SipChallenge& challenge) const;
};

// The challenge with the strongest algorithm that the login can answer; null: none.
const SipChallenge* strongest(const std::vector<SipChallenge>& challenges, const SipLogin& login);

// The header of the answer: Authorization or Proxy-Authorization. `count` from 1, for each use of the nonce.
SipHeader answer_to(const SipChallenge& challenge, const SipLogin& login, std::string_view method,
                    std::string_view uri, std::uint32_t count, std::string_view client_nonce);

}  // namespace provost
