#include "storage/sqlite/fleet_order.h"

#include <algorithm>
#include <array>

namespace provost::sqlite {

namespace {

constexpr std::size_t many_groups = 200;
constexpr std::size_t walk_for_each = 20;  // rows that a walk may look at for each that it is to find
constexpr std::int64_t few_devices = 5000;
constexpr std::uint64_t no_mac = std::uint64_t{1} << 48;
constexpr std::int64_t no_minute = INT64_MAX;

constexpr std::string_view walk_up = "SELECT mac, grp FROM fleet WHERE mac > ?1 ORDER BY mac LIMIT ?2";
constexpr std::string_view walk_down = "SELECT mac, grp FROM fleet WHERE mac < ?1 ORDER BY mac DESC LIMIT ?2";
constexpr std::string_view group_up =
    "SELECT mac FROM fleet WHERE grp = ?1 AND mac > ?2 ORDER BY mac LIMIT ?3";
constexpr std::string_view group_down =
    "SELECT mac FROM fleet WHERE grp = ?1 AND mac < ?2 ORDER BY mac DESC LIMIT ?3";
constexpr std::string_view group_seen = "SELECT seen, mac FROM fleet WHERE grp = ?1 AND seen IS NOT NULL";
constexpr std::string_view seen_up =
    "SELECT seen, mac, grp FROM fleet WHERE seen IS NOT NULL AND (seen, mac) > (?1, ?2) ORDER BY seen, mac";
constexpr std::string_view seen_down =
    "SELECT seen, mac, grp FROM fleet WHERE seen IS NOT NULL AND (seen, mac) < (?1, ?2)"
    " ORDER BY seen DESC, mac DESC";

constexpr std::array order_texts = {walk_up, walk_down, group_up, group_down, group_seen, seen_up, seen_down};

std::int64_t start_of(std::optional<MacAddress> after, bool down) {
    if (after) return static_cast<std::int64_t>(after->value());
    return down ? static_cast<std::int64_t>(no_mac) : -1;
}

using GroupSet = std::unordered_set<std::int64_t>;

// The first ones by a walk over all devices; nullopt if it gave up.
Result<std::optional<std::vector<MacAddress>>> try_walk(Database& database, const GroupSet& groups,
                                                        std::int64_t start, OrderPage page) {
    const auto most = walk_for_each * page.limit;
    auto query = database.query(page.down ? walk_down : walk_up, start, most);
    std::vector<MacAddress> found;
    for (std::size_t looked = 0; found.size() < page.limit; ++looked) {
        PROVOST_TRY(const bool row, query.next());
        if (!row && looked < most) return found;  // that was the last device
        if (!row) return std::nullopt;
        MacAddress mac;
        std::int64_t group = 0;
        PROVOST_CHECK(query.read(mac, group));
        if (groups.contains(group)) found.push_back(mac);
    }
    return found;
}

// The same by their last visit. It may look at as many rows as sorting these devices would.
Result<std::optional<std::vector<SeenDevice>>> try_seen_walk(Database& database, const GroupSet& groups,
                                                             std::int64_t devices,
                                                             std::optional<SeenDevice> after,
                                                             OrderPage page) {
    const auto start = after ? *after : SeenDevice{page.down ? no_minute : -1, {}};
    auto query = database.query(page.down ? seen_down : seen_up, start.minute, start.mac);
    std::vector<SeenDevice> found;
    for (std::int64_t looked = 0; found.size() < page.limit; ++looked) {
        if (looked == devices) return std::nullopt;
        PROVOST_TRY(const bool row, query.next());
        if (!row) break;  // that was the last one
        SeenDevice one;
        std::int64_t group = 0;
        PROVOST_CHECK(query.read(one.minute, one.mac, group));
        if (groups.contains(group)) found.push_back(one);
    }
    return found;
}

// The nearest ones of all groups looked at so far: a heap, the farthest on top.
class Nearest {
 public:
    explicit Nearest(OrderPage page) : page_(page) {}
    // False: this one is too far, and so is all that follows it in its group.
    bool offer(MacAddress mac) {
        const auto nearer = [this](MacAddress a, MacAddress b) { return page_.down ? b < a : a < b; };
        if (macs_.size() == page_.limit) {
            if (!nearer(mac, macs_.front())) return false;
            std::pop_heap(macs_.begin(), macs_.end(), nearer);
            macs_.pop_back();
        }
        macs_.push_back(mac);
        std::push_heap(macs_.begin(), macs_.end(), nearer);
        return true;
    }
    std::vector<MacAddress> take() {
        std::sort(macs_.begin(), macs_.end());
        if (page_.down) std::reverse(macs_.begin(), macs_.end());
        return std::move(macs_);
    }

 private:
    OrderPage page_;
    std::vector<MacAddress> macs_;
};

Result<std::vector<SeenDevice>> sort_few(Database& database, const std::vector<std::int64_t>& groups,
                                         std::optional<SeenDevice> after, OrderPage page) {
    std::vector<SeenDevice> found;
    for (const auto group : groups) {
        auto query = database.query(group_seen, group);
        while (true) {
            PROVOST_TRY(const bool row, query.next());
            if (!row) break;
            SeenDevice one;
            PROVOST_CHECK(query.read(one.minute, one.mac));
            if (!after || (page.down ? one < *after : *after < one)) found.push_back(one);
        }
    }
    std::sort(found.begin(), found.end());
    if (page.down) std::reverse(found.begin(), found.end());
    if (found.size() > page.limit) found.resize(page.limit);
    return found;
}

}  // namespace

std::span<const std::string_view> order_questions() {
    return order_texts;
}

Result<std::vector<MacAddress>> walk_all(Database& database, std::optional<MacAddress> after,
                                         OrderPage page) {
    auto query = database.query(page.down ? walk_down : walk_up, start_of(after, page.down), page.limit);
    std::vector<MacAddress> macs;
    while (true) {
        PROVOST_TRY(const bool row, query.next());
        if (!row) return macs;
        PROVOST_CHECK(query.read(macs.emplace_back()));
    }
}

Result<std::vector<MacAddress>> order_by_mac(Database& database, const std::vector<std::int64_t>& groups,
                                             std::optional<MacAddress> after, OrderPage page) {
    if (page.limit == 0) return std::vector<MacAddress>();
    const auto start = start_of(after, page.down);
    if (groups.size() > many_groups) {
        PROVOST_TRY(auto walked, try_walk(database, GroupSet(groups.begin(), groups.end()), start, page));
        if (walked) return std::move(*walked);
    }
    Nearest nearest(page);
    for (const auto group : groups) {
        auto query = database.query(page.down ? group_down : group_up, group, start, page.limit);
        while (true) {
            PROVOST_TRY(const bool row, query.next());
            if (!row) break;
            MacAddress mac;
            PROVOST_CHECK(query.read(mac));
            if (!nearest.offer(mac)) break;
        }
    }
    return nearest.take();
}

Result<std::vector<SeenDevice>> order_by_seen(Database& database, const std::vector<std::int64_t>& groups,
                                              std::int64_t devices, std::optional<SeenDevice> after,
                                              OrderPage page) {
    if (devices > few_devices) {
        const GroupSet set(groups.begin(), groups.end());
        PROVOST_TRY(auto walked, try_seen_walk(database, set, devices, after, page));
        if (walked) return std::move(*walked);
    }
    return sort_few(database, groups, after, page);
}

}  // namespace provost::sqlite
