#include "app/resolve_host.h"

#include <algorithm>
#include <array>
#include <memory>

#include <netdb.h>

namespace provost {

Result<std::vector<IpAddress>> resolve_host(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;  // one answer for each address
    addrinfo* found = nullptr;
    const int failure = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(failure == 0 ? found : nullptr,
                                                                     ::freeaddrinfo);
    std::vector<IpAddress> addresses;
    for (const auto* one = owned.get(); one != nullptr; one = one->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (::getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0,
                          NI_NUMERICHOST) != 0)
            continue;
        const auto address = IpAddress::parse(text.data());
        if (address && std::find(addresses.begin(), addresses.end(), *address) == addresses.end())
            addresses.push_back(*address);
    }
    if (!addresses.empty()) return addresses;
    return fail({"P-7030", "'" + host + "' has no address here", "host",
                 failure == 0 ? "" : ::gai_strerror(failure),
                 "Run it where the name can be looked up, or set an address instead."});
}

}  // namespace provost
