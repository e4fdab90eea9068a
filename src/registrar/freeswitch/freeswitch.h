// FreeSWITCH keeps no accounts: at each login it asks for the user's digest (mod_xml_curl). So here the
// connector keeps it, sealed, in our own store, and a door of mutual TLS gives it to the FreeSWITCH servers
// that the configuration trusts.
#pragma once

#include "service/deliver_configuration.h"
#include "service/house.h"
#include "service/registrar.h"

#include <memory>

namespace provost::registrar {

// Keeps what it is told, and forgets it when it is withdrawn. P-8206: nobody could ask for such a user. The
// house outlives it.
std::unique_ptr<Registrar> open_freeswitch(House& house);

// Answers what mod_xml_curl asks for, by POST or GET, whatever the path; only users of realms and tenants
// that `name` serves. Everything else is not found. Who shows no certificate that `judge` takes gets the
// refusal of every door. The house outlives it.
std::unique_ptr<DeliverConfiguration> make_directory(House& house, std::string name);

}  // namespace provost::registrar
