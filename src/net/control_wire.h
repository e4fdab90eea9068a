// What both ends of the control door share: a blocking Unix socket and the spelling of targets.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace provost {

class UnixSocket {
 public:
    explicit UnixSocket(int fd = -1) : fd_(fd) {}
    UnixSocket(UnixSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    UnixSocket& operator=(UnixSocket&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~UnixSocket();

    static UnixSocket make();

    [[nodiscard]] int get() const { return fd_; }
    // False with errno set; a path too long for a socket's name gives ENAMETOOLONG.
    [[nodiscard]] bool bind(const std::filesystem::path& path) const;
    [[nodiscard]] bool connect(const std::filesystem::path& path) const;
    void set_deadline(int seconds) const;  // for each single read and write
    [[nodiscard]] bool send_all(std::string_view bytes) const;
    // Appends what is there, at least one byte; 0 at the end, -1 on an error or a missed deadline.
    [[nodiscard]] long receive(std::string& into) const;

 private:
    int fd_;
};

struct RequestTarget {
    std::string path;
    std::map<std::string, std::string> query;
};
std::optional<RequestTarget> parse_target(std::string_view target);
std::string to_text(const RequestTarget& target);

}  // namespace provost
