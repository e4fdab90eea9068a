// HTTPS on loopback for the simulator to call: a thread per connection, one request each, OpenSSL, blocking.
// What is answered is the caller's.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <openssl/ssl.h>

namespace provost::sim::testing {

struct ToyRequest {
    std::string method, path;  // without the "/prov/" in front
    std::string agent, source;
    std::string head;  // the whole of it
    SSL* ssl = nullptr;

    [[nodiscard]] std::string header(std::string_view name) const;  // empty: not there
};
struct ToyReply {
    int status = 403;
    std::string body = "no";
    std::vector<std::string> headers = {};  // "name: value"
};

class ToyListener {
 public:
    using Handler = std::function<ToyReply(const ToyRequest&)>;  // from several threads at once

    // With the server certificate of a folder of look-alike certificates.
    ToyListener(const std::filesystem::path& pki, Handler handler);
    ~ToyListener();
    ToyListener(const ToyListener&) = delete;
    ToyListener& operator=(const ToyListener&) = delete;

    [[nodiscard]] std::string url() const;  // "https://localhost:PORT/prov"
    [[nodiscard]] int connections() const { return connections_; }

 private:
    void accept_all();
    void serve(int descriptor, std::string source);

    Handler handler_;
    std::shared_ptr<SSL_CTX> context_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> connections_ = 0;
    std::atomic<bool> stop_ = false;
    std::jthread acceptor_;
};

}  // namespace provost::sim::testing
