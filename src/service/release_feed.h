// What the makers say of releases (R-C8): a small signed file. Nothing of it is read before its signature is
// verified. Pure.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "crypto/signature.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

struct Advisory {
    std::string id, package, below, severity, says, next;  // versions before `below` are affected
};

struct ReleaseFeed {
    std::int64_t serial = 0;  // rises with each feed
    Timestamp made{}, expires{};
    std::string newest;  // version of Provost
    std::vector<Advisory> advisories;
    std::string digest;  // of the whole file, hexadecimal
};

// The newest feed that was taken, so that an older one is not taken after it.
struct FeedMemory {
    std::int64_t serial = 0;
    std::string digest;
    [[nodiscard]] std::string text() const { return std::to_string(serial) + " " + digest; }
    static FeedMemory parse(std::string_view text);  // nothing, if it is none
};

inline constexpr std::size_t feed_most_bytes = 256U << 10U;

// "provost-release-feed 1 signature=HEX", a line feed, and an object of JSON. P-2095 not signed by this key,
// P-2096 too old or not yet valid, P-2097 older than one that was taken before, P-2098 it can't be read.
Result<ReleaseFeed> read_release_feed(std::string_view file, const PublicKey& key, Timestamp now,
                                      const FeedMemory& memory);
// A public key as OpenSSL writes it (SubjectPublicKeyInfo in PEM). P-2095.
Result<PublicKey> parse_public_key(std::string_view pem);

// Less than 0: the first is older. Numbers count as such: 0.9 is before 0.10, 3.0.15 before 3.1, 1.0-rc1
// before 1.0.
int compare_versions(std::string_view one, std::string_view two);

using Installed = std::vector<std::pair<std::string, std::string>>;  // name and version
std::vector<Advisory> advisories_for(const ReleaseFeed& feed, const Installed& installed);

}  // namespace provost
