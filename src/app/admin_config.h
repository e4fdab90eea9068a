// The block `admin` of the server's configuration: the admin listener with the web interface.
#pragma once

#include "net/admin_door.h"
#include "vendor/yaml_reader.h"

#include <filesystem>
#include <optional>
#include <string>

namespace provost {

struct AdminSettings {
    AdminDoorSettings door;
    std::string url;                      // its public address without a path; empty: by name and port
    std::filesystem::path security_file;  // /.well-known/security.txt; empty: none

    // "https://admin.example.net:8444": what a browser calls the origin of our pages.
    [[nodiscard]] std::string origin(std::uint16_t port) const;
    // "admin.example.net": what passkeys are bound to.
    [[nodiscard]] std::string host(std::uint16_t port) const;
};

// Off where there is no such block. `share` is where the program's files lie, beside which the interface is
// looked for.
std::optional<AdminSettings> read_admin(const std::filesystem::path& file, const Yaml& value,
                                        const std::filesystem::path& share);

}  // namespace provost
