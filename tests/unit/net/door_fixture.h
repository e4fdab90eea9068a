// A phones' door on loopback with made-up services behind it, and phones that call it.
#pragma once

#include "crypto/certificate_authority.h"
#include "guard/gate.h"
#include "net/phone_door.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/ssl.h>

namespace provost::test {

template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().text());
    return std::move(*result);
}

// A folder that goes away with the test.
class Folder {
 public:
    Folder();
    ~Folder();
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    // Written with mode 0600 unless told.
    std::filesystem::path write(const std::string& name, std::string_view text, int mode = 0600) const;
    [[nodiscard]] ServerIdentity write(const std::string& name, const IssuedCertificate& identity) const;

 private:
    std::filesystem::path path_;
};

// Made once per run: keys are slow to make.
struct LookAlikes {
    LookAlikes();
    static const LookAlikes& get();

    CertificateAuthority root, issuing;
    IssuedCertificate server_ec, server_rsa, phone_ec, phone_rsa;
};
CertificateOrder order_for(const std::string& common_name, KeyType type = KeyType::ec_p256);

inline constexpr auto phone_mac = "0015651122aa";

// Whoever shows a certificate whose CN is a MAC address proves that MAC; "bad" in the CN is a fault.
class FakeJudge final : public JudgeCertificate {
 public:
    std::shared_ptr<const Evidence> judge(X509* leaf, STACK_OF(X509) * sent) override;
    std::atomic<int> calls = 0;
    std::atomic<int> sent_certificates = 0;
};

class FakeDeliver final : public DeliverConfiguration {
 public:
    struct Ended {
        std::int64_t delivery;
        Transfer how;
        bool operator==(const Ended&) const = default;
    };
    using Rule = std::function<DeviceReply(const Evidence&, const DeviceRequest&)>;

    ~FakeDeliver() override;
    void handle(std::shared_ptr<const Evidence> evidence, DeviceRequest request,
                std::function<void(DeviceReply)> done) override;
    void transferred(std::int64_t delivery, Transfer how) override;

    void answer_with(Rule rule);
    void answer_later(std::chrono::milliseconds delay);  // on another thread
    [[nodiscard]] std::vector<DeviceRequest> requests();
    std::optional<Ended> await_end(std::chrono::milliseconds limit = std::chrono::seconds(10));

 private:
    std::mutex mutex_;
    std::condition_variable changed_;
    Rule rule_;
    std::optional<std::chrono::milliseconds> delay_;
    std::vector<DeviceRequest> requests_;
    std::vector<Ended> ended_;
    std::vector<std::thread> threads_;
};

DeviceReply text_reply(std::string_view text, std::int64_t delivery = 0, int status = 200);

struct Response {
    int status = 0;
    std::string head, body;  // head with its empty line
    [[nodiscard]] std::string wire() const { return head + body; }
    [[nodiscard]] bool has(const std::string& line) const {
        return head.find("\r\n" + line + "\r\n") != std::string::npos;
    }
};

struct PhoneKind {
    const IssuedCertificate* identity = &LookAlikes::get().phone_ec;
    int version = TLS1_3_VERSION;
    std::string suites;  // TLS 1.2 only
};

// A blocking client. Every read ends within 10 s.
class Phone {
 public:
    explicit Phone(std::uint16_t port, PhoneKind kind = {});
    ~Phone();
    Phone(const Phone&) = delete;
    Phone& operator=(const Phone&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }
    [[nodiscard]] SSL* ssl() const { return ssl_; }
    [[nodiscard]] int socket() const { return socket_; }
    bool send(std::string_view bytes);
    std::optional<Response> receive(bool without_body = false);
    std::optional<Response> ask(std::string_view request, bool without_body = false);
    std::string read_to_end();     // until the server closes or resets
    bool ended();                  // the server has closed and sent nothing more
    void close_in_order();         // close_notify, FIN
    void finish_without_notify();  // FIN alone
    void reset();                  // RST

 private:
    long read_some();

    SSL_CTX* context_ = nullptr;
    SSL* ssl_ = nullptr;
    int socket_ = -1;
    bool connected_ = false;
    std::string buffer_;
};

// Sends bytes without TLS and reads until the server closes.
std::string plain_exchange(std::uint16_t port, std::string_view bytes);

std::string get(const std::string& path = "/0015651122aa.cfg", const std::string& more = {});

class DoorTest : public ::testing::Test {
 protected:
    DoorTest();
    void open();  // with settings_
    [[nodiscard]] std::uint16_t port() const { return door_->port(); }

    Folder folder_;
    DoorSettings settings_;
    FakeJudge judge_;
    FakeDeliver deliver_;
    std::unique_ptr<Gate> gate_;  // none unless a test makes one
    std::unique_ptr<PhoneDoor> door_;
};

// Waits for what another thread will do.
bool eventually(const std::function<bool()>& holds);

}  // namespace provost::test
