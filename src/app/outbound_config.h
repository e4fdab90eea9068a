// The blocks `alerts` and `audit.ship` of the server's configuration: whom this server writes to, and what.
#pragma once

#include "net/outbound.h"
#include "service/alert.h"
#include "vendor/yaml_reader.h"

#include <filesystem>
#include <string>
#include <vector>

namespace provost {

struct TargetSettings {
    enum class Kind : std::uint8_t { webhook, mail, syslog };
    Kind kind = Kind::webhook;
    std::string url;                                                            // as written
    OutboundUrl place;                                                          // empty for the local syslog
    std::string socket;                                                         // of the local syslog
    bool encrypt = true;                                                        // of mail and syslog
    std::filesystem::path key, authorities, certificate, client_key, password;  // files; empty: none
    std::string user, from;
    std::vector<std::string> to;
};

struct OutboundSettings {
    std::string host;  // how this server names itself
    AlertPace pace;
    std::vector<TargetSettings> alerts, heads;
};

// `file` is the configuration's; paths are taken from its folder.
void read_alerts(const std::filesystem::path& file, const Yaml& value, OutboundSettings& settings);
// A webhook's URL and, of the map that it stands in, its `key`.
void read_webhook(const std::filesystem::path& file, const Yaml& url, YamlMap& map, TargetSettings& target);
std::vector<TargetSettings> read_targets(const std::filesystem::path& file, const Yaml& value);

}  // namespace provost
