// From the user name and password, or the one-time address, that a request shows, to the evidence that
// decide() weighs (R-A7). One for each door.
#pragma once

#include "service/authorization.h"
#include "service/deliver_configuration.h"
#include "service/door_traits.h"
#include "service/house.h"
#include "service/nonce_mint.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace provost {

// The realm of every door: an HA1 is good at each of them, and tells no door from another.
inline constexpr std::string_view access_realm = "provisioning";

struct CredentialProof {
    Evidence evidence;
    std::optional<Device> device;  // whose it is, as the store has it now
    std::string user;              // of the password; empty for a token
    std::int64_t generation = 0;   // of the password
    bool has_older = false;        // a password of an earlier generation is still good
    bool stale = false;            // the nonce was: ask again
};

class CredentialJudge {
 public:
    CredentialJudge(House& house, const DoorTraits& door);

    // A user or token that is none costs the same look-ups and the same hashing as one that is (R-C5). Errors
    // are the store's.
    Result<CredentialProof> judge_token(const std::optional<Sha256>& hash);
    Result<CredentialProof> judge_login(const DeviceRequest& request, Timestamp now);

    // What a 401 asks for, best first (RFC 7616 section 3.7).
    [[nodiscard]] std::vector<std::string> challenges(bool stale, Timestamp now) const;

 private:
    Result<CredentialProof> judge_basic(const BasicLogin& login);
    Result<CredentialProof> judge_digest(const DigestLogin& login, const DeviceRequest& request,
                                         Timestamp now);
    Result<CredentialProof> proof_of(Access how, const std::string& user,
                                     const std::optional<AccessCredential>& known, bool right);
    [[nodiscard]] Result<bool> answers_right(const DigestLogin& login, const DeviceRequest& request,
                                             const std::optional<AccessCredential>& known);
    [[nodiscard]] Result<Secret> open_decoy();

    House& house_;
    const DoorTraits door_;
    NonceMint nonces_;
    std::atomic<std::shared_ptr<const StoredSecret>>
        decoy_;  // nobody's digest, opened where there is no user
};

}  // namespace provost
