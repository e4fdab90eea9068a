#include "service/nft_set.h"

#include <algorithm>
#include <tuple>

namespace provost {

namespace {

constexpr std::string_view beginning =
    R"(# Networks that Provost bans. Written by the server; load it with: nft -f FILE
add table inet provost
add set inet provost banned4 { type ipv4_addr; flags interval, timeout; }
add set inet provost banned6 { type ipv6_addr; flags interval, timeout; }
flush set inet provost banned4
flush set inet provost banned6
)";

std::string element(const Ban& ban, Timestamp now) {
    auto text = ban.network.text();
    if (!ban.until) return text;
    const auto left = std::chrono::ceil<std::chrono::seconds>(*ban.until - now).count();
    return text + " timeout " + std::to_string(std::max<std::int64_t>(1, left)) + "s";
}

void add_set(std::string& script, std::string_view set, const std::vector<const Ban*>& bans, Timestamp now) {
    if (bans.empty()) return;
    script.append("add element inet provost ").append(set).append(" {\n");
    for (const auto* const ban : bans) script += "  " + element(*ban, now) + ",\n";
    script += "}\n";
}

}  // namespace

// Sorted by address, wide ones first, each network comes right after the one that holds it.
std::string nft_script(std::vector<Ban> bans, Timestamp now) {
    std::erase_if(bans, [&](const Ban& ban) { return !ban.holds(now); });
    std::sort(bans.begin(), bans.end(), [](const Ban& a, const Ban& b) {
        return std::tie(a.network.address.bytes, a.network.bits) <
               std::tie(b.network.address.bytes, b.network.bits);
    });
    std::vector<const Ban*> v4, v6;
    const Ban* wide = nullptr;
    for (const auto& ban : bans) {
        if (wide != nullptr && wide->network.bits <= ban.network.bits &&
            wide->network.contains(ban.network.address))
            continue;
        wide = &ban;
        (ban.network.address.is_v4() && ban.network.bits >= 96 ? v4 : v6).push_back(&ban);
    }
    std::string script(beginning);
    add_set(script, "banned4", v4, now);
    add_set(script, "banned6", v6, now);
    return script;
}

}  // namespace provost
