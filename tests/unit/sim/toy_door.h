// A small provisioning server on loopback. It knows the phones of a folder of look-alike certificates and,
// unless told to be lax, treats them as a good server would.
#pragma once

#include "crypto/trust_store.h"
#include "sim/pki.h"
#include "toy_listener.h"
#include "vendor/vendor_spec.h"

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

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

    [[nodiscard]] std::string url() const { return listener_->url(); }
    [[nodiscard]] int connections() const { return listener_->connections(); }
    [[nodiscard]] std::string password_of(MacAddress mac) const { return "Secret4" + mac.lower() + "xyzxyz"; }
    [[nodiscard]] std::vector<std::string> log();  // "source method path status"
    void set(ToyRules rules) { rules_ = rules; }

 private:
    struct Visit : ToyRequest {
        std::string vendor;             // whose CA vouched
        std::optional<MacAddress> mac;  // proved
        Sha256 key{};
    };

    void prove(Visit& visit) const;
    ToyReply answer(const Visit& visit);
    ToyReply give_file(const Visit& visit, const PhoneMaker& maker, const Step& step);
    [[nodiscard]] bool is_another(const Visit& visit);
    [[nodiscard]] bool names_another(const Visit& visit) const;

    std::vector<PhoneMaker> makers_;
    std::map<std::string, VendorSpec> vendors_;
    std::shared_ptr<const TrustStore> trust_;
    std::mutex mutex_;
    ToyRules rules_;
    std::map<MacAddress, Sha256> pins_;
    std::map<MacAddress, std::string> sources_;
    std::set<MacAddress> spent_;
    std::vector<std::string> log_;
    std::unique_ptr<ToyListener> listener_;  // last: it calls the others
};

}  // namespace provost::sim::testing
