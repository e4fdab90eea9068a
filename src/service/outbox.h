// Entries of the outbox within the caller's transaction, by the rules of domain/hand_over.
#pragma once

#include "service/registrar_directory.h"
#include "service/store.h"

namespace provost {

// A fresh credential or a withdrawal: held, or for the registrars at once; older entries of its account are
// overtaken. A withdrawal of credentials that by now are another device's does nothing.
Status post_entry(Transaction& transaction, const RegistrarDirectory& registrars, OutboxEntry entry,
                  bool at_once);

// A delivery is complete: the registrars may have what was held for it. Accounts that the device had before,
// and no longer has, are withdrawn.
Status release_held(Transaction& transaction, const RegistrarDirectory& registrars, const Device& device,
                    Timestamp now);

// The secrets are destroyed, so what is held can't be delivered any more.
Status drop_held(Transaction& transaction, MacAddress device);

// Withdraws every account whose credentials are this device's.
Status withdraw_living(Transaction& transaction, const RegistrarDirectory& registrars, const Device& device,
                       Timestamp now);

}  // namespace provost
