// The list of simulated phones: what `device import` takes, and what a run reads back.
#pragma once

#include "base/mac_address.h"
#include "base/result.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost::sim {

struct ListedDevice {
    MacAddress mac;
    std::string vendor, model, tenant;
    std::string access = {};  // how the phone proves itself: certificate, digest, basic or token
    std::vector<std::pair<std::string, std::string>> settings;  // "line.1.user" -> value; same names in each
};

// CSV with a header row; with the column access only where a phone needs it.
std::string format_devices(std::span<const ListedDevice> devices);

// Needs the columns mac and vendor; takes model, tenant and access, and every other column as a setting.
// P-9008 with row.
Result<std::vector<ListedDevice>> parse_devices(std::string_view csv);

}  // namespace provost::sim
