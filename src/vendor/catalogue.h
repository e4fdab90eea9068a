// Which vendor, file and device a request speaks of. All answers are claims, not evidence.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decide.h"
#include "vendor/vendor_spec.h"

namespace provost {

struct RequestMatch {
    const VendorSpec* vendor = nullptr;
    const FileRule* file = nullptr;
    std::optional<MacAddress> path_mac;
    std::string path_model;
};
struct AgentMatch {
    const VendorSpec* vendor = nullptr;
    std::string model;     // as the model table names it, else as the phone said
    std::string firmware;
    std::string stage;
    std::optional<MacAddress> mac;
};

class Catalogue {
 public:
    explicit Catalogue(std::vector<VendorSpec> vendors);  // sorted by id

    [[nodiscard]] const std::vector<VendorSpec>& vendors() const { return vendors_; }
    [[nodiscard]] const VendorSpec* find(std::string_view id) const;
    [[nodiscard]] const VendorSpec* by_mac(MacAddress mac) const;  // by OUI; null if none or several
    [[nodiscard]] bool may_vouch(const VendorSpec& vendor, MacAddress mac) const;

    // `path` without the door's prefix and without query; percent-decoded once. Looks in one vendor, or in all (for
    // the record of a refusal) if `vendor` is null.
    [[nodiscard]] std::optional<RequestMatch> match_path(std::string_view path, const VendorSpec* vendor) const;
    [[nodiscard]] std::optional<AgentMatch> match_agent(std::string_view user_agent, const VendorSpec* vendor) const;

 private:
    std::vector<VendorSpec> vendors_;
};

// Model table entry by id, or by what a User-Agent said; null if unknown.
const ModelSpec* find_model(const VendorSpec& vendor, std::string_view model);
// Dotted numbers, compared number by number: "10.1.9" < "10.1.33". Other text compares as 0.
int compare_firmware(std::string_view a, std::string_view b);

}  // namespace provost
