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

// Who showed by a digest that it has the password which this generation of the device's credentials brought.
struct ProvenLogin {
    MacAddress device;
    std::int64_t generation = 0;
    std::string line;  // "line.1"
};

// Ends the grace of the account's device, if the registration is later than both what the registrar was told
// and the end of its delivery: then it was made with the new password. Whether it did.
Result<bool> confirm_registration(House& house, const SeenRegistration& seen, const std::string& actor);

// The same for a login that was proven: no time tells more. Does not wait for the store, which the house
// outlives; where that can't be asked, the phone's next login says it again.
void confirm_login(House& house, ProvenLogin login, std::string actor);

}  // namespace provost
