// What the services know of the door that a request came through.
#pragma once

#include "domain/access.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct DoorTraits {
    std::string name = "main";
    std::string path_prefix = "/";     // what its paths begin with, "/" or "/p/"; the rest names the file
    AccessMethods access = {};         // how phones may prove who they are here
    std::vector<std::string> vendors;  // whose phones it serves; empty: all
    bool old_tls = false;              // TLS 1.0 to 1.2, and chains that the main door refuses
    std::string url;                   // its public address with the prefix; empty: not told

    [[nodiscard]] bool takes_passwords() const { return access.digest || access.basic; }
    [[nodiscard]] bool serves(std::string_view vendor) const {
        return vendors.empty() || std::find(vendors.begin(), vendors.end(), vendor) != vendors.end();
    }
};

}  // namespace provost
