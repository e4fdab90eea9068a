// Makes of a registrar in the configuration what speaks to it: the only place that knows the kinds.
#pragma once

#include "app/registrar_config.h"
#include "base/clock.h"
#include "service/registrar_hub.h"

namespace provost {

// Reads keys and certificates now, so that none is opened later (P-1112, P-1113). Whether the registrar can
// be reached is not asked: the server starts without it. `server` is how this one names itself.
Result<std::vector<OpenRegistrar>> open_registrars(const std::vector<RegistrarSettings>& settings,
                                                   const std::string& server, const Clock& clock);

}  // namespace provost
