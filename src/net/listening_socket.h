// Listening TCP sockets, as every door has them.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <sys/socket.h>

namespace provost {

// A descriptor that closes itself until somebody takes it over.
class OwnedSocket {
 public:
    explicit OwnedSocket(int fd) : fd_(fd) {}
    OwnedSocket(OwnedSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    OwnedSocket& operator=(OwnedSocket&&) = delete;
    ~OwnedSocket();
    [[nodiscard]] int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }

 private:
    int fd_;
};

struct ListeningSockets {
    std::vector<OwnedSocket> sockets;
    std::uint16_t port = 0;
};

// `count` sockets that do not block, on one address (numeric) and port (0: any free one). P-7003.
Result<ListeningSockets> listen_on(const std::string& address, std::uint16_t port, int count);

struct Accepted {
    int fd = -1;  // the caller's to close; below 0: nobody was taken
    sockaddr_storage peer{};
    bool again = false;  // of nobody: the one who came is gone, others may wait
    bool pause = false;  // of nobody: out of descriptors or memory. The connection stays in the queue, so
                         // trying at once would spin
};
Accepted accept_one(int listener);

}  // namespace provost
