// A small provisioning server on loopback for the simulator to call: a thread per connection, OpenSSL,
// blocking. It knows the phones of a folder of look-alike certificates and, unless told to be lax, treats
// them as a good server would.
#pragma once

#include "crypto/trust_store.h"
#include "sim/pki.h"
#include "vendor/vendor_spec.h"

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <openssl/ssl.h>

namespace provost::sim::testing {

struct ToyRules {
    bool lax = false;                  // gives everyone what they ask for
    bool telling = false;              // its refusals differ
    bool serves_boot_files = false;    // answers what should be absent
    bool once = false;                 // a password leaves once only
    bool always_empty_handed = false;  // never sends a password
};

class ToyDoor {
 public:
    ToyDoor(std::filesystem::path pki, std::vector<PhoneMaker> makers, ToyRules rules = {});
    ~ToyDoor();
    ToyDoor(const ToyDoor&) = delete;
    ToyDoor& operator=(const ToyDoor&) = delete;

    [[nodiscard]] std::string url() const;
    [[nodiscard]] int connections() const { return connections_; }
    [[nodiscard]] std::string password_of(MacAddress mac) const { return "Secret4" + mac.lower() + "xyzxyz"; }
    [[nodiscard]] std::vector<std::string> log();  // "source method path status"
    void set(ToyRules rules) { rules_ = rules; }

 private:
    struct Visit {
        std::string method, path, agent, source;
        std::string vendor;             // whose CA vouched
        std::optional<MacAddress> mac;  // proved
        Sha256 key{};
        bool complete = false;
    };
    struct Reply {
        int status = 403;
        std::string body = "no";
    };

    void accept_all();
    void serve(int descriptor, std::string source);
    bool read_request(SSL* ssl, Visit& visit) const;
    void prove(SSL* ssl, Visit& visit) const;
    Reply answer(const Visit& visit);
    Reply give_file(const Visit& visit, const PhoneMaker& maker, const Step& step);
    [[nodiscard]] bool is_another(const Visit& visit);
    [[nodiscard]] bool names_another(const Visit& visit) const;

    std::vector<PhoneMaker> makers_;
    std::map<std::string, VendorSpec> vendors_;
    std::shared_ptr<const TrustStore> trust_;
    std::shared_ptr<SSL_CTX> context_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<int> connections_ = 0;
    std::atomic<bool> stop_ = false;
    std::mutex mutex_;
    ToyRules rules_;
    std::map<MacAddress, Sha256> pins_;
    std::map<MacAddress, std::string> sources_;
    std::set<MacAddress> spent_;
    std::vector<std::string> log_;
    std::jthread acceptor_;
};

}  // namespace provost::sim::testing
