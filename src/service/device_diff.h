// What would change for a phone at its next visit, against what it last fetched (R-F3, R-G3).
#pragma once

#include "service/house.h"

#include <optional>
#include <string>
#include <vector>

namespace provost {

struct DiffLine {
    std::string parameter;          // "user idx=1"
    std::string before, after;      // one of them is empty for what is added or removed
    std::string setting;            // what decides it now; empty: fixed by the vendor file
    std::string layer, layer_name;  // where that is set; empty for what is removed
};
struct DeviceDiff {
    Device device;
    std::optional<Timestamp> since;  // it has what it has since then; nullopt: never fetched
    bool had_secrets = false;        // what it last fetched held secrets
    std::string before_vendor;
    std::vector<DiffLine> changed, added, removed;
    std::size_t same = 0;
    std::vector<std::string> secrets;  // those that the next file will carry: "line.1.password"
    std::string absent_means;          // to a removed parameter: "kept", "reset" or "unknown"
};
// P-2027; P-22xx where the phone would be refused.
Result<DeviceDiff> diff_device(const House& house, MacAddress mac);

// Whether the next file of a device carries secrets, as far as it can be told before the phone comes.
bool secrets_are_due(const Device& device);

// Where a parameter of a configuration comes from, in words.
DiffLine origin_of(const Configuration& made, std::size_t place);

}  // namespace provost
