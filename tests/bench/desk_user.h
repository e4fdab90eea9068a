// For benchmarks: somebody at the operators' desk of a running server, and what that server spends.
#pragma once

#include "tests/bench/https_line.h"

#include <filesystem>
#include <string>

namespace provost {

// Where the server is, and who may come.
struct DeskPlace {
    std::filesystem::path server, pki;  // its folder, with its port file; as `simulate pki` made it
    int pid = 0;
    std::string token;
    int phone_port = 0, admin_port = 0;

    void read_ports();
    [[nodiscard]] std::string authority() const { return (pki / "server-ca.pem").string(); }
};

// A tab that stays open: one connection. An answer of another status than the one that is due ends the
// program.
class DeskUser {
 public:
    DeskUser(const HttpsClient& client, const DeskPlace& place);
    std::string get(const std::string& target);
    std::string post(const std::string& target, const std::string& body);

 private:
    std::string take(const std::string& begin, const std::string& rest, int due);

    HttpsLine line_;
    std::string head_;
};

// What the server's threads took of the processors since this was made.
class ServerTime {
 public:
    explicit ServerTime(int pid) : pid_(pid), begin_(read()) {}
    [[nodiscard]] double millis() const { return read() - begin_; }

 private:
    [[nodiscard]] double read() const;

    int pid_;
    double begin_;
};

}  // namespace provost
