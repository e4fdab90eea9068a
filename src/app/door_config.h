// The blocks `door` and `doors` of the server's configuration.
#pragma once

#include "net/phone_door.h"
#include "net/plain_door.h"
#include "vendor/yaml_reader.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace provost {

// A path in a configuration file: relative ones are taken from the file's own folder.
std::filesystem::path beside(const std::filesystem::path& file, const Yaml& value);

// A length of time, such as 10m, 1h or 7d; more than none.
Duration read_length(const Yaml& value, Duration fallback);

// Certificates and keys; one of each kind of key.
std::vector<ServerIdentity> read_identities(const std::filesystem::path& file, const Yaml& value);
// Keeps what is there where the block says nothing.
void read_limits(const Yaml& value, DoorLimits& limits);

// The main door. It is modern, for every vendor, and admits by certificate: no key can say otherwise.
void read_main_door(const std::filesystem::path& file, const Yaml& value, DoorSettings& door);

// The listener for metrics: nobody but this machine may reach it, P-1109. Off where there is no such block.
std::optional<PlainDoorSettings> read_metrics_door(const Yaml& value);
// The listener that serves nothing (R-C1). Off where there is no such block.
std::optional<PlainDoorSettings> read_tripwire(const Yaml& value);

// The door of a registrar that asks us: mutual TLS, few connections, small bodies.
DoorSettings read_registrar_door(const std::filesystem::path& file, YamlMap& map);

// Further doors: names are unique and none is "main". Nothing, if there is no such block.
std::vector<DoorSettings> read_further_doors(const std::filesystem::path& file, const Yaml& value);

}  // namespace provost
