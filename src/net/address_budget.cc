#include "net/address_budget.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace provost {

PeerAddress::PeerAddress(const sockaddr_storage& peer) {
    char buffer[INET6_ADDRSTRLEN] = "";
    if (peer.ss_family == AF_INET) {
        in_addr v4{};
        std::memcpy(&v4, reinterpret_cast<const char*>(&peer) + offsetof(sockaddr_in, sin_addr), sizeof v4);
        std::memcpy(network.data() + 12, &v4, sizeof v4);
        inet_ntop(AF_INET, &v4, buffer, sizeof buffer);
    } else if (peer.ss_family == AF_INET6) {
        in6_addr v6{};
        std::memcpy(&v6, reinterpret_cast<const char*>(&peer) + offsetof(sockaddr_in6, sin6_addr), sizeof v6);
        const bool mapped = IN6_IS_ADDR_V4MAPPED(&v6);
        if (mapped)
            std::memcpy(network.data() + 12, v6.s6_addr + 12, 4);
        else
            std::memcpy(network.data(), v6.s6_addr, 8);
        if (mapped)
            inet_ntop(AF_INET, v6.s6_addr + 12, buffer, sizeof buffer);
        else
            inet_ntop(AF_INET6, &v6, buffer, sizeof buffer);
    }
    text = buffer;
    address = IpAddress::parse(text).value_or(IpAddress());
}

std::size_t AddressBudget::Hash::operator()(const std::array<std::uint8_t, 16>& network) const noexcept {
    return std::hash<std::string_view>{}({reinterpret_cast<const char*>(network.data()), network.size()});
}

bool AddressBudget::take(const PeerAddress& peer, bool known) {
    const std::lock_guard lock(mutex_);
    if (open_ >= (known ? total_ : total_ - total_ / 4)) return false;
    auto& count = by_network_[peer.network];
    if (count >= per_address_) return false;
    ++count;
    ++open_;
    return true;
}

void AddressBudget::give_back(const PeerAddress& peer) {
    const std::lock_guard lock(mutex_);
    const auto found = by_network_.find(peer.network);
    if (--found->second == 0) by_network_.erase(found);
    --open_;
}

}  // namespace provost
