#include "app/admin_config.h"

#include "app/door_config.h"
#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

namespace fs = std::filesystem;

constexpr std::uint16_t https_port = 443;
constexpr std::string_view scheme = "https://";

// "https://a.example:8444" -> "a.example".
std::string_view host_of(std::string_view url) {
    url.remove_prefix(std::min(scheme.size(), url.size()));
    const auto end = url.starts_with('[') ? url.find(']') + 1 : url.find(':');
    return url.substr(0, end);
}

std::vector<std::string> read_names(const Yaml& value) {
    std::vector<std::string> names;
    if (!value) return names;
    for (const auto& item : value.one_or_more()) {
        auto name = item.words();
        for (auto& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        const bool bare_ipv6 = name.find(':') != name.npos && !name.starts_with('[');
        if (!name.empty() && (!is_host(name) || bare_ipv6))
            item.mistake({"P-2107", "this is no host's name", "", "",
                          "Write what stands in the browser's address, such as admin.example.net, without "
                          "port; an IPv6 address in []"});
        names.push_back(std::move(name));
    }
    return names;
}

std::string read_url(const Yaml& value, const std::vector<std::string>& names) {
    if (!value) return {};
    auto url = value.words();
    if (url.ends_with('/')) url.pop_back();
    const bool bare = is_https_url(url + "/") && url.find('/', scheme.size()) == url.npos;
    if (!bare || std::find(names.begin(), names.end(), host_of(url)) == names.end())
        value.mistake({"P-2107", "this is no address of the admin listener", "",
                       "it begins with https://, has no path, and its host is one of 'names'",
                       "Write such as https://admin.example.net"});
    return url;
}

// As an installation has it, or as the source tree is built. The sources of the interface hold an index.html
// too; what was built has the folder of its scripts beside it.
fs::path find_web(const fs::path& share) {
    for (const auto* const place : {"build/web", "web"}) {
        const auto folder = share / place;
        std::error_code error;
        if (fs::exists(folder / "index.html", error) && fs::is_directory(folder / "assets", error))
            return folder;
    }
    return {};
}

std::size_t read_count(const Yaml& value, int most, std::size_t fallback) {
    return static_cast<std::size_t>(value.number(1, most, static_cast<int>(fallback)));
}

}  // namespace

std::string AdminSettings::origin(std::uint16_t port) const {
    if (!url.empty()) return url;
    return std::string(scheme) + door.names.front() +
           (port == https_port ? std::string() : ":" + std::to_string(port));
}

std::string AdminSettings::host(std::uint16_t port) const {
    return std::string(host_of(origin(port)));
}

std::optional<AdminSettings> read_admin(const fs::path& file, const Yaml& value, const fs::path& share) {
    if (!value) return std::nullopt;
    YamlMap map(value);
    AdminSettings admin;
    auto& door = admin.door;
    door.address = map.optional("address").text(door.address);
    door.port = static_cast<std::uint16_t>(map.required("port").number(0, 65535, door.port));
    door.names = read_names(map.required("names"));
    admin.url = read_url(map.optional("url"), door.names);
    door.identities = read_identities(file, map.required("identities"));
    door.workers = read_count(map.optional("workers"), 64, door.workers);
    door.waiting = read_count(map.optional("waiting"), 10'000, door.waiting);
    door.streams = read_count(map.optional("streams"), 10'000, door.streams);
    read_limits(map.optional("limits"), door.limits);
    const auto web = map.optional("web");
    door.web = web ? beside(file, web) : find_web(share);
    door.web_hint =
        "Provost's web interface is not built here. Build it, or let admin.web name its folder "
        "(docs/reference/configuration.md); the REST interface is below /v1.";
    if (const auto contact = map.optional("security_txt")) admin.security_file = beside(file, contact);
    return admin;
}

}  // namespace provost
