#include "app/door_config.h"

#include "domain/network.h"
#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_name = 32;
constexpr std::size_t most_doors = 16;  // besides the main one
constexpr std::size_t plain_connections = 500;
constexpr std::size_t plain_connections_per_address = 50;
constexpr std::size_t plain_header_bytes = 8'192;

ServerIdentity read_identity(const fs::path& file, const Yaml& value) {
    YamlMap map(value);
    ServerIdentity identity;
    identity.certificate = beside(file, map.required("certificate"));
    identity.key = beside(file, map.required("key"));
    return identity;
}

}  // namespace

std::vector<ServerIdentity> read_identities(const fs::path& file, const Yaml& value) {
    std::vector<ServerIdentity> identities;
    for (const auto& identity : value.items()) identities.push_back(read_identity(file, identity));
    return identities;
}

void read_limits(const Yaml& value, DoorLimits& limits) {
    if (!value) return;
    YamlMap map(value);
    limits.connections = static_cast<std::size_t>(
        map.optional("connections").number(1, 1'000'000, static_cast<int>(limits.connections)));
    limits.connections_per_address =
        static_cast<std::size_t>(map.optional("connections_per_address")
                                     .number(1, 1'000'000, static_cast<int>(limits.connections_per_address)));
    limits.requests_per_connection =
        map.optional("requests_per_connection").number(1, 10'000, limits.requests_per_connection);
    limits.refusal_milliseconds =
        map.optional("refusal_milliseconds").number(0, 1'000, limits.refusal_milliseconds);
    limits.handshake_seconds = map.optional("handshake_seconds").number(1, 600, limits.handshake_seconds);
    limits.header_seconds = map.optional("header_seconds").number(1, 600, limits.header_seconds);
    limits.body_seconds = map.optional("body_seconds").number(1, 600, limits.body_seconds);
    limits.write_seconds = map.optional("write_seconds").number(1, 600, limits.write_seconds);
    limits.idle_seconds = map.optional("idle_seconds").number(1, 3'600, limits.idle_seconds);
    limits.connection_seconds =
        map.optional("connection_seconds").number(1, 86'400, limits.connection_seconds);
}

namespace {

// What every door has.
void read_listener(const fs::path& file, YamlMap& map, DoorSettings& door) {
    door.address = map.optional("address").text(door.address);
    door.traits.path_prefix = map.optional("path_prefix").text(door.traits.path_prefix);
    door.threads = map.optional("threads").number(1, 256, door.threads);
    door.identities = read_identities(file, map.required("identities"));
    read_limits(map.optional("limits"), door.limits);
}

std::string read_name(const Yaml& value, const std::vector<DoorSettings>& others) {
    const auto name = value.words();
    if (name.empty()) return name;
    if (!is_slug(name))
        value.mistake({"P-2107", "this is no name for a door", "", "",
                       "Write 1 to 32 small letters, digits and hyphens, none of these at an end."});
    const bool taken = name == "main" || std::any_of(others.begin(), others.end(), [&](const auto& other) {
                           return other.traits.name == name;
                       });
    if (taken)
        value.mistake({"P-2110", "there is a door '" + printable(name, longest_name) + "' already", "",
                       "'main' is the one under 'door'", "Rename one of them."});
    return name;
}

AccessMethods read_access(const Yaml& value) {
    AccessMethods methods;
    if (!value) return methods;
    methods.certificate = false;
    for (const auto& item : value.one_or_more()) {
        bool AccessMethods::*const none = nullptr;
        const auto method = item.choice<bool AccessMethods::*>({{"certificate", &AccessMethods::certificate},
                                                                {"basic", &AccessMethods::basic},
                                                                {"digest", &AccessMethods::digest},
                                                                {"token", &AccessMethods::token}},
                                                               none);
        if (method != none) methods.*method = true;
    }
    return methods;
}

// How phones reach the door from outside; the server can't know it by itself.
std::string read_url(const Yaml& value, const std::string& path_prefix) {
    if (!value) return {};
    const auto url = value.words();
    if (!is_https_url(url) || !url.ends_with(path_prefix) || !url.ends_with('/') || url.find('?') != url.npos)
        value.mistake({"P-2107", "this is no address of the door", "",
                       "it begins with https:// and ends with the path_prefix",
                       "Write such as https://prov.example.net:8444" + path_prefix});
    return url;
}

DoorSettings read_further_door(const fs::path& file, const Yaml& value,
                               const std::vector<DoorSettings>& others) {
    YamlMap map(value);
    DoorSettings door;
    door.traits.name = read_name(map.required("name"), others);
    door.port = static_cast<std::uint16_t>(map.required("port").number(0, 65535, 0));
    read_listener(file, map, door);
    door.traits.old_tls = map.optional("tls").choice<bool>({{"modern", false}, {"old", true}}, false);
    if (const auto vendors = map.optional("vendors"))
        for (const auto& vendor : vendors.one_or_more()) door.traits.vendors.push_back(vendor.words());
    door.traits.access = read_access(map.optional("access"));
    door.traits.url = read_url(map.optional("url"), door.traits.path_prefix);
    return door;
}

bool is_loopback(std::string_view address) {
    static const auto loopback = parse_networks("127.0.0.0/8,::1", "");
    return loopback && contains(*loopback, address);
}

}  // namespace

DoorSettings read_registrar_door(const fs::path& file, YamlMap& map) {
    DoorSettings door;
    door.limits.connections = plain_connections;
    door.limits.upload_bytes = 64U << 10U;
    door.limits.requests_per_connection = 10'000;
    door.keep_bodies = true;
    door.port = static_cast<std::uint16_t>(map.required("port").number(0, 65535, 0));
    read_listener(file, map, door);
    return door;
}

namespace {

// A phones' door's deadlines; less room, for there is no reason to hold a connection.
PlainDoorSettings read_plain_door(YamlMap& map) {
    PlainDoorSettings door;
    door.limits.connections = plain_connections;
    door.limits.connections_per_address = plain_connections_per_address;
    door.limits.header_bytes = plain_header_bytes;
    door.port = static_cast<std::uint16_t>(map.required("port").number(0, 65535, 0));
    return door;
}

}  // namespace

std::optional<PlainDoorSettings> read_metrics_door(const Yaml& value) {
    if (!value) return std::nullopt;
    YamlMap map(value);
    auto door = read_plain_door(map);
    const auto address = map.optional("address");
    door.address = address.text(door.address);
    if (!is_loopback(door.address))
        address.mistake({"P-1109", "metrics are for this machine only", "",
                         "'" + printable(door.address, 64) + "' is not a loopback address",
                         "Write 127.0.0.1 or ::1; let Prometheus reach it through a tunnel or an agent."});
    return door;
}

std::optional<PlainDoorSettings> read_tripwire(const Yaml& value) {
    if (!value) return std::nullopt;
    YamlMap map(value);
    auto door = read_plain_door(map);
    door.address = map.optional("address").text("0.0.0.0");
    return door;
}

fs::path beside(const fs::path& file, const Yaml& value) {
    return (file.parent_path() / value.words()).lexically_normal();
}

void read_main_door(const fs::path& file, const Yaml& value, DoorSettings& door) {
    YamlMap map(value);
    door.port = static_cast<std::uint16_t>(map.optional("port").number(0, 65535, door.port));
    read_listener(file, map, door);
}

std::vector<DoorSettings> read_further_doors(const fs::path& file, const Yaml& value) {
    std::vector<DoorSettings> doors;
    if (!value) return doors;
    for (const auto& item : value.items()) {
        if (doors.size() == most_doors) {
            item.mistake({"P-2107", "more than 16 doors", "", "", "Let one door serve several vendors."});
            break;
        }
        doors.push_back(read_further_door(file, item, doors));
    }
    return doors;
}

Duration read_length(const Yaml& value, Duration fallback) {
    if (!value) return fallback;
    const auto text = value.words();
    if (const auto length = parse_duration(text); length && *length > Duration(0)) return *length;
    if (!text.empty())
        value.mistake({"P-2107", "this is no length of time", "", "", "Write such as 10m, 1h or 7d."});
    return fallback;
}

}  // namespace provost
