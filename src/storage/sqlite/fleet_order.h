// Devices of some groups in order, a page's worth, without looking at all of them.
#pragma once

#include "base/mac_address.h"
#include "base/result.h"
#include "storage/sqlite/database.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace provost::sqlite {

struct SeenDevice {
    std::int64_t minute = 0;
    MacAddress mac;
    auto operator<=>(const SeenDevice&) const = default;
};

struct OrderPage {
    bool down = false;
    std::size_t limit = 0;
};

// All devices.
Result<std::vector<MacAddress>> walk_all(Database& database, std::optional<MacAddress> after, OrderPage page);

// Of these groups. Each group has its devices in order already: they are merged, at the cost of a look into
// each; where the groups are many and hold much of the fleet, the fleet is walked a little instead.
Result<std::vector<MacAddress>> order_by_mac(Database& database, const std::vector<std::int64_t>& groups,
                                             std::optional<MacAddress> after, OrderPage page);

// Of these groups, with `devices` in them that were all seen. Where they are many, the order of all that were
// seen is walked, not further than putting these in order would cost; else, and for few, that is done.
Result<std::vector<SeenDevice>> order_by_seen(Database& database, const std::vector<std::int64_t>& groups,
                                              std::int64_t devices, std::optional<SeenDevice> after,
                                              OrderPage page);

std::span<const std::string_view> order_questions();  // for a test of how SQLite answers them

}  // namespace provost::sqlite
