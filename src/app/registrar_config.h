// The block `registrars` of the server's configuration.
#pragma once

#include "net/outbound.h"
#include "service/registrar_directory.h"
#include "vendor/yaml_reader.h"

#include <filesystem>
#include <string>
#include <vector>

namespace provost {

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
};
std::string_view to_text(RegistrarSettings::Kind kind);

// Names are unique. `file` is the configuration's; paths are taken from its folder.
std::vector<RegistrarSettings> read_registrars(const std::filesystem::path& file, const Yaml& value);

}  // namespace provost
