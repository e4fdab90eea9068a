// What both measures of the operators' desk ask for, and the list that both import.
#pragma once

#include "base/mac_address.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace provost {

struct Question {
    std::string name, path;
    std::map<std::string, std::string> query;
};

// As many rows as the web interface asks for.
inline const std::vector<Question> pages = {
    {"page: all", "/v1/devices", {{"limit", "200"}}},
    {"page: a tenant's", "/v1/devices", {{"limit", "200"}, {"tenant", "t17"}}},
    {"page: state and vendor", "/v1/devices", {{"limit", "200"}, {"state", "expired"}, {"vendor", "snom"}}},
    {"page: never seen", "/v1/devices", {{"limit", "200"}, {"never_seen", "true"}}},
    {"page: by last seen", "/v1/devices", {{"limit", "200"}, {"sort", "-last_seen"}}},
    {"page: by model, down", "/v1/devices", {{"limit", "200"}, {"sort", "-model"}}},
    {"page: found by a name", "/v1/devices", {{"limit", "200"}, {"q", "room 17"}}},
};
inline const std::vector<Question> searches = {
    {"search: last four digits", "/v1/search", {{"q", "5a1c"}}},
    {"search: whole MAC", "/v1/search", {{"q", "00:15:65:00:5a:1c"}}},
    {"search: number", "/v1/search", {{"q", "117313"}}},
    {"search: number's begin", "/v1/search", {{"q", "1173"}}},
    {"search: name", "/v1/search", {{"q", "room 4711"}}},
    {"search: address", "/v1/search", {{"q", "198.51.17.42"}}},
    {"search: nothing", "/v1/search", {{"q", "nowhere"}}},
};
inline const std::vector<Question> overview = {
    {"overview: figures of the fleet", "/v1/fleet", {}},
    {"overview: history of two days", "/v1/fleet/history", {}},
    {"overview: ratings", "/v1/ratings", {}},
};

// Phones that nobody has, of tenants t0, t1 ...
inline std::string device_list(std::uint64_t devices, std::uint64_t tenants) {
    constexpr std::uint64_t first = 0x805ec0000000ULL;
    std::string csv = "mac,tenant,model,site,line.1.user,line.1.label\n";
    for (std::uint64_t i = 0; i < devices; ++i)
        csv += MacAddress(first + i).lower() + ",t" + std::to_string(i % tenants) + ",T54W,site 1," +
               std::to_string(500'000 + i) + ",Desk " + std::to_string(i) + "\n";
    return csv;
}

}  // namespace provost
