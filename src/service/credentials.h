// Making, keeping and forgetting a device's secrets, inside the caller's transaction.
#pragma once

#include "domain/life_cycle.h"
#include "service/configuration.h"
#include "service/key_holder.h"
#include "service/registrar_directory.h"
#include "service/store.h"

namespace provost {

struct House;

// Whose credentials, as of when. `device` has the generation that the secrets are to have.
struct CredentialOwner {
    const Device& device;
    const VendorSpec& vendor;
    const EffectiveSettings& settings;
    const RegistrarDirectory& registrars;
    Timestamp now;
};

// A new random user name for a device that is about to get a new password of its own (R-A7); before its
// configuration is made.
void renew_access_user(Transition& transition);

// A random one, as the vendor's phones take it: an own password of the device, which a person may have to
// type, or one that nobody does.
Result<Secret> generate_secret(const SecretSpec& spec, SettingKey which);

// Replaces all secrets by fresh ones and puts the digests that the registrar needs (RFC 8760) into the
// outbox, where they are held while the phone may still have older ones (domain/hand_over). Old ones are
// destroyed first. What verifies a device's own password is kept apart: arming ends all that were there, a
// rotation adds one, and the next use of it ends the others. Errors: P-2401 if a line in use lacks a
// registrar or realm.
Status issue_secrets(Transaction& transaction, KeyHolder& keys, const CredentialOwner& owner);

// What a transition of the life cycle asks for: destroys or makes secrets, releases digests that were held
// for a delivery that is complete, withdraws credentials that no phone may use any more (expired, retired),
// and stores the device as it became.
Status apply_transition(Transaction& transaction, KeyHolder& keys, const Transition& transition,
                        const CredentialOwner& owner);

// The same with the settings that hold for the device now, also where its vendor file is gone.
Status carry_out(Transaction& transaction, const House& house, const Transition& transition, Timestamp now);

// Opens what is stored for one rendering, and makes the digests that it carries instead of passwords. P-5001
// if any of it does not open.
Result<OpenedSecrets> open_secrets(KeyHolder& keys, const std::vector<StoredSecret>& stored,
                                   const Configuration& configuration);

}  // namespace provost
