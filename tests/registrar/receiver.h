// A program of the operator's that takes webhooks, on loopback over HTTP: it keeps what it is told, and
// refuses accounts that it can't have.
#pragma once

#include "base/secret.h"
#include "service/registrar.h"

#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace provost::contract {

class Receiver {
 public:
    explicit Receiver(Secret key);
    ~Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    [[nodiscard]] std::string url() const;
    void leave();                                        // nobody listens any more
    void come_back();                                    // at the same port
    std::map<RegistrarAccount, std::string> accounts();  // with both digests

 private:
    void listen();
    void serve(int listener);
    [[nodiscard]] std::string answer(const std::string& head, const std::string& body);
    [[nodiscard]] bool is_signed(const std::string& head, const std::string& body) const;
    [[nodiscard]] std::string take(const std::string& body);

    Secret key_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutex_;  // of the accounts
    std::map<RegistrarAccount, std::string> accounts_;
    std::thread thread_;
};

}  // namespace provost::contract
