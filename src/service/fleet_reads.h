// The port to what lists and pages ask of the whole fleet: one page of it, figures, search, history. What
// they cost does not grow with the number of devices: they are asked of an index that the store keeps with
// each device, in the same transaction.
#pragma once

#include "base/result.h"
#include "domain/device.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

// Devices that are alike in all that lists are narrowed down by, and how many there are.
struct FleetGroup {
    TenantId tenant = 0;
    std::string site, vendor, model, firmware;
    DeviceState state = DeviceState::registered;
    int stars = 0;  // of the rating when it last proved itself; 0: it never did
    bool never_seen = false;
    std::int64_t devices = 0;
};

struct FleetFilter {
    std::optional<std::vector<TenantId>> tenants;  // their own devices; nullopt: all
    std::optional<std::string> site, model, firmware;
    std::string vendor;
    std::optional<DeviceState> state;
    std::optional<bool> never_seen;
    std::optional<int> stars;

    [[nodiscard]] bool takes_all() const {
        return !tenants && !site && !model && !firmware && vendor.empty() && !state && !never_seen && !stars;
    }
};

// By a column and then by MAC. `seen` is exact to the minute; those never seen come last either way.
enum class FleetSort : std::uint8_t { mac, seen, tenant, site, vendor, model, firmware, state, rating };
std::string_view to_text(FleetSort sort);
std::optional<FleetSort> parse_fleet_sort(std::string_view text);  // "mac", "last_seen", "tenant" ...

struct FleetQuestion {
    FleetFilter filter;
    FleetSort sort = FleetSort::mac;
    bool down = false;
    std::optional<std::vector<MacAddress>> among;  // only of these: what a search found
    std::string after;                             // cursor: `next` of the page before
    std::size_t limit = 100;
};
struct FleetRow {
    Device device;
    int stars = 0;
};
struct FleetPage {
    std::vector<FleetRow> rows;
    std::string next;        // empty: this is the last page
    std::int64_t total = 0;  // devices that the filter takes
};

// What a person typed into a search, taken apart (service/search_terms).
struct SearchTerms {
    std::string mac_digits;          // hexadecimal digits alone, lower case; empty: it can be no MAC
    std::string user;                // the whole of it, where it may be a user's name or number
    std::vector<std::string> words;  // as words_of() cuts them; all of them must fit
    std::string address;             // digits, dots, colons: an IP address or its beginning
};
enum class FoundBy : std::uint8_t { mac, word, mac_end, mac_begin, word_begin, address };
struct FoundDevice {
    MacAddress mac;
    FoundBy by = FoundBy::mac;
};

// How often something happened, or how many there were, in one hour or day.
struct TallyRow {
    Timestamp at{};  // the beginning of the hour or day, UTC
    std::string name;
    std::int64_t count = 0;
};
enum class TallySpan : std::uint8_t { hour, day };

class FleetReads {
 public:
    virtual ~FleetReads() = default;
    // P-6016: `after` is no cursor of this sort.
    virtual Result<FleetPage> page(const FleetQuestion& question) = 0;
    virtual Result<std::vector<FleetGroup>> groups(const FleetFilter& filter) = 0;  // in no order
    // The best fits first, each device once, at most `limit`.
    virtual Result<std::vector<FoundDevice>> search(const SearchTerms& terms,
                                                    const std::optional<std::vector<TenantId>>& tenants,
                                                    std::size_t limit) = 0;
    // Devices that hold another key for a person to approve (R-A10), by MAC.
    virtual Result<std::vector<MacAddress>> held_keys(const std::optional<std::vector<TenantId>>& tenants,
                                                      std::size_t limit) = 0;
    // Of one tenant, or of all together (0), by time. Names: "visits", "delivered", "refused.RULE",
    // "state.STATE".
    virtual Result<std::vector<TallyRow>> tallies(TenantId tenant, TallySpan span, Timestamp from,
                                                  Timestamp to) = 0;
    // Armed and never seen, of one tenant, armed for the last time before a window that ends at `due`; by
    // site, at most `limit` of them are counted.
    virtual Result<std::vector<std::pair<std::string, std::int64_t>>> overdue(TenantId tenant, Timestamp due,
                                                                              std::size_t limit) = 0;
};

}  // namespace provost
