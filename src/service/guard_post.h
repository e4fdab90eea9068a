// Where the guard meets the house: visits go to the gate and the detector, findings become events, bans go
// into the store and back into the gate.
#pragma once

#include "guard/detector.h"
#include "guard/gate.h"
#include "service/store.h"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct GuardSettings {
    Networks allow;  // who is never counted nor banned; only operators fill it
    AllLimits limits = default_limits();
    AllSuspicions suspicions = default_suspicions();
    std::vector<Duration> ladder = {std::chrono::minutes(10), std::chrono::hours(1), std::chrono::hours(24),
                                    std::chrono::hours(24 * 7)};
    Duration memory = std::chrono::hours(24 * 30);  // a network that kept quiet so long begins anew
    Duration known_for = std::chrono::hours(24 * 7);
    std::size_t most_bans = 65'536;
};
// Loopback alone: local tools and tests.
Networks default_allow();

// What a visit told; views live until saw() returns.
struct VisitFacts {
    Timestamp at{};
    std::string_view source;
    Rule rule = Rule::no_certificate;
    bool registered = false;           // the proved device is in a tenant
    std::optional<MacAddress> proved;  // the device that proved itself
    std::optional<MacAddress> tried;   // whose file is asked for
    TenantId tenant = 0;               // whose device `tried` is
    TenantId answered = 0;             // whose device got an answer, of so many bytes
    std::size_t bytes = 0;
    ByteView shown;  // digest of the certificate's key, user name or token; empty: none
    std::string_view path;
    bool clone = false;
};

class GuardPost {
 public:
    GuardPost(Store& store, GuardSettings settings);

    [[nodiscard]] Gate& gate() { return gate_; }
    [[nodiscard]] const Gate& gate() const { return gate_; }
    // Bans and known sources from the store. P-6012.
    Status open(Timestamp now);
    void saw(const VisitFacts& facts);
    // What the tenant of a device that proved itself has none left of; nullopt: it is answered.
    [[nodiscard]] Gate::Stop tenant_spent(std::string_view source, TenantId tenant, Timestamp now);
    // Once a second or so: what other nodes banned comes in, what has long ended goes.
    Status tick(Timestamp now);

    // For operators.
    struct Draft {
        std::string network;  // "192.0.2.7", "198.51.100.0/24"
        std::string length;   // "1h"; empty: until somebody removes it
        std::string reason;
    };
    Result<Ban> add(const Draft& draft, Timestamp now,
                    const std::string& actor);                                // P-2012, P-2042, P-2070 ...
    Status remove(std::int64_t id, Timestamp now, const std::string& actor);  // P-6005

    // How often the detector found something.
    [[nodiscard]] std::uint64_t found(Suspicion suspicion) const { return detector_.count(suspicion); }
    struct BanCounts {
        std::uint64_t in_force = 0, not_made = 0;  // the second: the limit did not allow them
    };
    [[nodiscard]] BanCounts ban_counts(Timestamp now) const;
    // All of these by the names under which operators see them: "guard.address-handshakes".
    using NamedCounters = std::vector<std::pair<std::string, std::uint64_t>>;
    [[nodiscard]] NamedCounters counters(Timestamp now) const;
    [[nodiscard]] const GuardSettings& settings() const { return settings_; }

 private:
    void report(const Finding& finding);
    void ban(const Finding& finding);
    Status refresh(Timestamp now);
    void publish(Timestamp now);  // with the mutex held
    [[nodiscard]] const Ban* last_of(const Network& network) const;

    Store& store_;
    const GuardSettings settings_;
    const ScatterSeed seed_;
    Gate gate_;
    Detector detector_;
    mutable std::mutex mutex_;
    std::vector<Ban> bans_;  // as in the store, and those on their way into it
    bool stale_ = false;     // the gate has an older list
    Timestamp refreshed_{};
    std::uint64_t not_banned_ = 0;
    Timestamp pruned_{};  // of tick() alone
};

}  // namespace provost
