// Which vendor, file and device a request speaks of. All answers are claims, not evidence. A match costs a
// few hundred nanoseconds and allocates nothing but what it returns.
#pragma once

#include "domain/decide.h"
#include "vendor/vendor_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct RequestMatch {
    const VendorSpec* vendor = nullptr;
    const FileRule* file = nullptr;
    std::optional<MacAddress> path_mac;
    std::string path_model;
};
struct AgentMatch {
    const VendorSpec* vendor = nullptr;
    std::string model;  // as the model table names it, else as the phone said
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

    // `path` without the door's prefix and without query, one leading '/' or none; percent-decoded once.
    // Matches nothing: more than 512 bytes, broken or double encoding, '..', backslash, anything but
    // printable ASCII. Looks in one vendor, or in all (for the record of a refusal) if `vendor` is null.
    [[nodiscard]] std::optional<RequestMatch> match_path(std::string_view path,
                                                         const VendorSpec* vendor) const;
    // At most 512 bytes of User-Agent.
    [[nodiscard]] std::optional<AgentMatch> match_agent(std::string_view user_agent,
                                                        const VendorSpec* vendor) const;

 private:
    // A pattern with the numbers of its groups; 0: it has no such group.
    struct Matcher {
        explicit Matcher(const Pattern& pattern);
        const RE2* expression;
        int mac = 0, model = 0, firmware = 0, stage = 0;
        int groups = 0;
    };
    struct Prefix {
        std::uint32_t oui;
        std::size_t vendor;  // index into vendors_; `several` if more than one vendor uses it
    };
    static constexpr std::size_t several = SIZE_MAX;

    void learn_prefixes();
    [[nodiscard]] std::optional<RequestMatch> match_file(std::string_view path, std::size_t vendor) const;
    [[nodiscard]] std::optional<AgentMatch> match_header(std::string_view text, std::size_t vendor) const;

    std::vector<VendorSpec> vendors_;
    std::vector<std::vector<Matcher>> paths_;   // by vendor, by file
    std::vector<std::vector<Matcher>> agents_;  // by vendor, by User-Agent pattern
    std::vector<Prefix> prefixes_;              // sorted by OUI, each once
};

// Model table entry by id, or by what a User-Agent said; null if unknown.
const ModelSpec* find_model(const VendorSpec& vendor, std::string_view model);
// What the model reads: the first variant that matches its id (an unknown model is matched as an empty text),
// else the vendor's own. Lives as long as the vendor.
const OutputFormat& output_format(const VendorSpec& vendor, std::string_view model);
// Dotted numbers, compared number by number: "10.1.9" < "10.1.33". Other text compares as 0.
int compare_firmware(std::string_view a, std::string_view b);

}  // namespace provost
