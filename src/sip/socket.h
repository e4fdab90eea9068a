// A socket that does not block, and waiting for one.
#pragma once

#include "sip/wire.h"

#include <memory>
#include <utility>

#include <netdb.h>

namespace provost {

class SipSocket {
 public:
    explicit SipSocket(int number = -1) : number_(number) {}
    ~SipSocket();
    SipSocket(SipSocket&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    SipSocket& operator=(SipSocket&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    [[nodiscard]] int get() const { return number_; }

 private:
    int number_;
};

struct FreeAddresses {
    void operator()(addrinfo* list) const { ::freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

// P-8302.
Result<Addresses> look_up(const std::string& host, std::uint16_t port, int socket_type);
Result<SipSocket> connect_socket(const SipTarget& target, SteadyTime deadline);

// False once the deadline has passed. `events` as poll() has them.
bool wait_for(int socket, short events, SteadyTime deadline);

std::string own_address(int socket);   // "192.0.2.1:40000"
std::string peer_address(int socket);  // without port

Error sip_unreached(const SipTarget& target, std::string why);
Error sip_broken(const SipTarget& target, std::string why);

}  // namespace provost
