// Networks that are kept out for a time, and the list that readers hold.
#pragma once

#include "base/clock.h"
#include "domain/network.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace provost {

struct Ban {
    std::int64_t id = 0;
    Network network;
    std::string rule;      // which rule of the guard made it; "by-hand" for a person's
    std::string evidence;  // what was seen, or a person's reason
    int level = 1;         // how often this network has been banned lately: each time is longer
    Timestamp made{};
    std::optional<Timestamp> until;  // it holds before that; nullopt: until a person removes it
    std::string actor;               // "guard", or "unix:root"

    [[nodiscard]] bool holds(Timestamp now) const { return !until || now < *until; }
};

inline constexpr std::string_view ban_by_hand = "by-hand";

// How long a ban of this level lasts; the last rung is for all further levels. `ladder` is not empty.
Duration ban_length(const std::vector<Duration>& ladder, int level);
// The level of the next ban of a network: one more than the last one's, if that ended less than `memory` ago.
int next_level(const Ban* last, Timestamp now, Duration memory);

// Immutable; looked up by every connection.
class BanList {
 public:
    BanList() = default;
    BanList(const std::vector<Ban>& bans, Timestamp now);  // those that hold

    // A few binary searches: one for each length of prefix that is banned.
    [[nodiscard]] bool contains(const IpAddress& address, Timestamp now) const;
    [[nodiscard]] std::size_t size() const;

 private:
    struct Entry {
        IpAddress address;
        Timestamp until;
    };
    std::map<int, std::vector<Entry>> by_length_;  // sorted by address
};

}  // namespace provost
