// How many connections may be open, in total and from one address; asked before any TLS work.
#pragma once

#include "domain/network.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include <sys/socket.h>

namespace provost {

// Who connects: IPv6 peers count by their /64, which one customer gets whole.
struct PeerAddress {
    explicit PeerAddress(const sockaddr_storage& peer);

    std::array<std::uint8_t, 16> network{};
    IpAddress address;
    std::string text;  // "192.0.2.7", "2001:db8::7"
};

class AddressBudget {
 public:
    AddressBudget(std::size_t total, std::size_t per_address) : total_(total), per_address_(per_address) {}

    // The last quarter is for known addresses.
    bool take(const PeerAddress& peer, bool known = true);
    void give_back(const PeerAddress& peer);
    [[nodiscard]] std::size_t open() const { return open_; }

 private:
    struct Hash {
        std::size_t operator()(const std::array<std::uint8_t, 16>& network) const noexcept;
    };

    const std::size_t total_, per_address_;
    std::atomic<std::size_t> open_ = 0;
    std::mutex mutex_;
    std::unordered_map<std::array<std::uint8_t, 16>, std::size_t, Hash>
        by_network_;  // at most `total_` entries
};

}  // namespace provost
