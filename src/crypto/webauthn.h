// Passkeys: what an authenticator answers to a registration and to a login (W3C Web Authentication level 2,
// sections 7.1 and 7.2). No attestation is asked for, so none is looked at. User verification is demanded, so
// a passkey is two factors.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

#include <cstdint>
#include <string>

namespace provost {

// What the browser says it signed for; `hash` is of its bytes as they came.
struct ClientData {
    std::string type;       // "webauthn.create", "webauthn.get"
    std::string challenge;  // base64url without padding
    std::string origin;
    bool cross_origin = false;
    Sha256 hash{};
};

// What it has to be.
struct PasskeyExpectation {
    std::string rp_id;   // "admin.example.net"
    std::string origin;  // "https://admin.example.net:8443"
    std::string challenge;
};

struct NewPasskey {
    Bytes credential;  // id
    Bytes key;         // COSE
    std::uint32_t sign_count = 0;
};
// P-8609 for everything that does not fit; `why` is for the log.
Result<NewPasskey> verify_registration(const PasskeyExpectation& expected, const ClientData& client,
                                       ByteView attestation_object);

struct PasskeyProof {
    ByteView authenticator_data, signature;
};
struct KnownPasskey {
    ByteView key;
    std::uint32_t sign_count = 0;
};
// The new count. A count that does not rise where either is not 0 means a copy of the authenticator: P-8619.
Result<std::uint32_t> verify_assertion(const PasskeyExpectation& expected, const ClientData& client,
                                       const PasskeyProof& proof, const KnownPasskey& known);

}  // namespace provost
