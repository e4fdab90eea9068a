// A registrar says that a phone registered: its grace ends early (R-B1).
#pragma once

#include "service/house.h"
#include "service/registrar.h"

namespace provost {

// `renewed` by whose clock: a registrar's, told to the second, or our own.
struct SeenRegistration {
    RegistrarAccount account;
    Timestamp renewed{};
    std::string registrar;  // its name in the configuration; empty: by our own clock, somebody else says so
};

// Ends the grace of the account's device, if the registration is later than both what the registrar was told
// and the end of its delivery: then it was made with the new password. Whether it did.
Result<bool> confirm_registration(House& house, const SeenRegistration& seen, const std::string& actor);

}  // namespace provost
