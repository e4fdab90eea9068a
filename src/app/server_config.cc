#include "app/server_config.h"

#include "vendor/yaml_reader.h"

#include <fstream>
#include <iterator>

namespace provost {

namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& file, const Yaml& value) {
    return (file.parent_path() / value.words()).lexically_normal();
}

ServerIdentity read_identity(const fs::path& file, const Yaml& value) {
    YamlMap map(value);
    ServerIdentity identity;
    identity.certificate = beside(file, map.required("certificate"));
    identity.key = beside(file, map.required("key"));
    return identity;
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
    limits.handshake_seconds = map.optional("handshake_seconds").number(1, 600, limits.handshake_seconds);
    limits.header_seconds = map.optional("header_seconds").number(1, 600, limits.header_seconds);
    limits.body_seconds = map.optional("body_seconds").number(1, 600, limits.body_seconds);
    limits.write_seconds = map.optional("write_seconds").number(1, 600, limits.write_seconds);
    limits.idle_seconds = map.optional("idle_seconds").number(1, 3'600, limits.idle_seconds);
}

void read_door(const fs::path& file, const Yaml& value, DoorSettings& door) {
    YamlMap map(value);
    door.address = map.optional("address").text(door.address);
    door.port = static_cast<std::uint16_t>(map.optional("port").number(0, 65535, door.port));
    door.path_prefix = map.optional("path_prefix").text(door.path_prefix);
    door.threads = map.optional("threads").number(1, 256, door.threads);
    for (const auto& identity : map.required("identities").items())
        door.identities.push_back(read_identity(file, identity));
    read_limits(map.optional("limits"), door.limits);
}

}  // namespace

Result<std::string> read_file(const fs::path& file, std::size_t most) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error) return fail({"P-1102", "the file can't be read", file.string(), error.message()});
    if (size > most)
        return fail({"P-1102", "the file is too large", file.string(), std::to_string(size) + " bytes"});
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad()) return fail({"P-1102", "the file can't be read", file.string()});
    return text;
}

Result<ServerConfig> read_server_config(const fs::path& file) {
    auto text = read_file(file, yaml_max_bytes);
    if (!text)
        return fail({"P-1101", "the configuration can't be read", file.string(), text.error().why,
                     "Name it with --config; 'provost server init' makes one."});
    Mistakes mistakes(file.string());
    const auto tree = parse_yaml(*text, mistakes);
    ServerConfig config;
    {
        YamlMap map(Yaml(&tree, mistakes));
        config.data_folder = beside(file, map.required("data_folder"));
        config.key_folder = beside(file, map.required("key_folder"));
        config.vendor_folder = beside(file, map.required("vendor_folder"));
        config.hardening_file = beside(file, map.required("hardening_file"));
        config.control_socket = beside(file, map.required("control_socket"));
        config.log_level = map.optional("log_level").text(config.log_level);
        read_door(file, map.required("door"), config.door);
    }
    const auto errors = mistakes.take();
    if (errors.empty()) return config;
    auto error = errors.front();
    for (std::size_t i = 1; i < errors.size(); ++i) error.fix += "\n" + errors[i].text();
    return fail(std::move(error));
}

}  // namespace provost
