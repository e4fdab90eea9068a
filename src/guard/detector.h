// Finds attackers in the visits (R-C5): sweeps, forgeries, guesses, clones, and scans that are slow and come
// from many addresses. Its memory is fixed; what a proved device was served costs one look.
#pragma once

#include "base/mac_address.h"
#include "domain/decide.h"
#include "guard/sketch.h"
#include "guard/source.h"
#include "guard/suspicion.h"
#include "guard/watch_table.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace provost {

// One visit as the detector looks at it.
struct Sighting {
    Source source;
    Timestamp at{};
    Rule rule = Rule::no_certificate;
    std::optional<MacAddress> proved;  // the device that proved itself
    std::optional<MacAddress> tried;   // the device whose file is asked for
    TenantId tenant = 0;               // whose device `tried` is
    std::uint64_t shown = 0;           // scattered: the certificate's key, or the user name or token; 0: none
    std::uint64_t path = 0;            // scattered
    bool clone = false;                // the same proof was elsewhere a moment ago
    bool source_known = false;         // a registered device proved itself from there lately
};

struct Finding {
    Suspicion suspicion = Suspicion::mac_sweep;
    Timestamp at{};
    std::optional<Network> network;  // where from, if from one place
    std::optional<MacAddress> device;
    TenantId tenant = 0;
    std::string evidence;  // numbers and MACs; nothing that a stranger wrote
    bool bans = false;     // the network is to be banned
};

struct DetectorSettings {
    ScatterSeed seed{};
    AllSuspicions suspicions = default_suspicions();
    std::size_t slots = 16'384;  // sources watched at once, about 700 bytes each; networks and MACs a quarter
};

// Any thread. Time is an argument.
class Detector {
 public:
    explicit Detector(DetectorSettings settings);

    std::vector<Finding> see(const Sighting& sighting);
    [[nodiscard]] std::uint64_t count(Suspicion suspicion) const {
        return found_[static_cast<std::size_t>(suspicion)].load(std::memory_order_relaxed);
    }
    [[nodiscard]] std::size_t bytes() const;

 private:
    struct Watch {  // what all have
        std::uint64_t key = 0;
        std::int64_t since = 0, last = 0;
        std::uint32_t reported = 0;  // bits by Suspicion
    };
    struct SourceWatch : Watch {
        [[nodiscard]] std::size_t weight() const { return macs.size() + shown.size() + paths.size(); }
        Few<64> macs;
        Few<16> shown, forged;
        Few<32> paths;
        std::uint64_t last_mac = 0;
        int run = 1, generic = 0;
    };
    struct NetworkWatch : Watch {
        [[nodiscard]] std::size_t weight() const { return macs.size(); }
        Few<128> macs;
        Few<16> hosts;
    };
    struct MacWatch : Watch {
        [[nodiscard]] std::size_t weight() const { return hosts.size() + reported; }
        Few<16> hosts;
    };
    struct ScanWatch : Watch {  // of a vendor's prefix or a tenant
        [[nodiscard]] std::size_t weight() const;
        std::array<std::uint16_t, 24> hours{};  // MACs that were new, by hour
        std::int64_t hour = 0;
        Many<512> hosts;
    };
    struct Look;  // one sighting and what it led to

    void watch_source(Look& look);
    void watch_network(Look& look);
    void watch_mac(Look& look);
    void watch_scan(Look& look, std::uint64_t key, Suspicion suspicion);
    void look_at_device(Look& look, Suspicion suspicion, MacAddress device);
    void find(Look& look, Watch& watch, Suspicion suspicion, std::string evidence);
    [[nodiscard]] std::size_t limit(Suspicion suspicion) const;

    const DetectorSettings settings_;
    WatchTable<SourceWatch> sources_;
    WatchTable<NetworkWatch> networks_;
    WatchTable<MacWatch> macs_;
    WatchTable<ScanWatch> scans_;
    std::mutex recent_mutex_;
    Recent recent_macs_;
    std::array<std::atomic<std::uint64_t>, suspicion_count> found_{};
};

}  // namespace provost
