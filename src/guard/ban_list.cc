#include "guard/ban_list.h"

#include <algorithm>

namespace provost {

namespace {

bool before(const IpAddress& one, const IpAddress& other) {
    return one.bytes < other.bytes;
}

}  // namespace

Duration ban_length(const std::vector<Duration>& ladder, int level) {
    const auto rung = static_cast<std::size_t>(std::max(level, 1) - 1);
    return ladder[std::min(rung, ladder.size() - 1)];
}

int next_level(const Ban* last, Timestamp now, Duration memory) {
    if (last == nullptr || !last->until || *last->until + memory < now) return 1;
    return last->level + 1;
}

BanList::BanList(const std::vector<Ban>& bans, Timestamp now) {
    for (const auto& ban : bans)
        if (ban.holds(now))
            by_length_[ban.network.bits].push_back(
                {ban.network.address, ban.until.value_or(Timestamp::max())});
    for (auto& [bits, entries] : by_length_)
        std::sort(entries.begin(), entries.end(),
                  [](const Entry& one, const Entry& other) { return before(one.address, other.address); });
}

bool BanList::contains(const IpAddress& address, Timestamp now) const {
    return std::any_of(by_length_.begin(), by_length_.end(), [&](const auto& group) {
        const auto& [bits, entries] = group;
        const auto wanted = masked(address, bits);
        const auto found = std::lower_bound(
            entries.begin(), entries.end(), wanted,
            [](const Entry& entry, const IpAddress& key) { return before(entry.address, key); });
        return found != entries.end() && found->address == wanted && now < found->until;
    });
}

std::size_t BanList::size() const {
    std::size_t count = 0;
    for (const auto& [bits, entries] : by_length_) count += entries.size();
    return count;
}

}  // namespace provost
