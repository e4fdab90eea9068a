// The block `registrars` of the server's configuration.
#pragma once

#include "net/outbound.h"
#include "service/registrar_directory.h"
#include "vendor/yaml_reader.h"

#include <filesystem>
#include <string>
#include <vector>

namespace provost {

// asterisk: how ps_auths holds digests, and what an endpoint begins with that Provost makes.
struct PjsipSettings {
    bool md5_alone = false;
    std::string context = "from-phones", transport, allow = "g722,alaw,ulaw";
    int max_contacts = 1, expiration = 3600;
};

struct RegistrarSettings {
    enum class Kind : std::uint8_t { webhook, kamailio, opensips, asterisk };
    Kind kind = Kind::webhook;
    RegistrarScope scope;
    std::filesystem::path authorities;  // who may vouch for the other side; empty: the system's

    // webhook
    std::string url;
    OutboundUrl place;
    std::filesystem::path key;

    // kamailio, opensips, asterisk: "postgresql://user@host/db", "mysql://...", "sqlite:/path"
    std::string database;
    std::filesystem::path password_file;
    bool adopt = false;     // accounts that somebody else made are taken over
    std::string time_zone;  // of the registrar's clock
    bool sha256 = false;    // kamailio: the columns hold that digest
    PjsipSettings pjsip;
};
std::string_view to_text(RegistrarSettings::Kind kind);

// Names are unique. `file` is the configuration's; paths are taken from its folder.
std::vector<RegistrarSettings> read_registrars(const std::filesystem::path& file, const Yaml& value);

}  // namespace provost
