// Digests of credentials, for SIP and HTTP (RFC 7616, RFC 8760), and of bytes.
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace provost {

Sha256 sha256(std::string_view bytes);
Sha256 sha256(const Secret& secret);
// In a time that does not tell where they differ.
bool same_bytes(std::string_view a, std::string_view b);

// A keyed hash for tables in memory: SipHash-2-4 with 128 bits, under a key that each process draws anew.
using ShortHash = std::array<std::uint64_t, 2>;
ShortHash short_hash(std::string_view bytes);

// HA1 = H(user ":" realm ":" password), lower-case hexadecimal: what a registrar needs instead of the
// password.
std::string ha1_md5(std::string_view user, std::string_view realm, const Secret& password);
std::string ha1_sha256(std::string_view user, std::string_view realm, const Secret& password);

// Our doors ask for the first two; SIP servers may ask for the third too (RFC 8760).
enum class DigestAlgorithm : std::uint8_t { md5, sha256, sha512_256 };
std::string digest_ha1(DigestAlgorithm algorithm, std::string_view user, std::string_view realm,
                       const Secret& password);

// What a client answers to a challenge with qop=auth (RFC 7616 section 3.4.1); with an empty `count` to one
// without qop, as RFC 2069 had it.
struct DigestQuestion {
    DigestAlgorithm algorithm = DigestAlgorithm::sha256;
    std::string_view method, uri, nonce, count, client_nonce;
};
// In lower-case hexadecimal; `ha1` is the hash in the same form.
std::string digest_response(const DigestQuestion& question, const Secret& ha1);

}  // namespace provost
