// How often a key holder in a process of its own opens and derives secrets: whoever took the server over gets
// them no faster than phones do.
#pragma once

#include "guard/budget.h"

#include <cstdint>
#include <optional>

namespace provost {

struct OpenLimits {
    Budget all{300, 3000};                  // devices whose secrets are opened for a delivery
    Budget tenant{300, 3000};               // the same of one tenant
    Budget logins{2000, 10'000};            // verifiers of devices' own passwords
    Budget derives{30, 300};                // what people's logins need, two or three each
    std::uint64_t alarm_per_minute = 6000;  // devices within a minute: somebody is told
};

// One thread. Time is an argument, and best one that nobody sets.
class OpenBrake {
 public:
    explicit OpenBrake(const OpenLimits& limits);

    enum class Kind : std::uint8_t { delivery, login };
    // Whether one more may be opened; counts it where it may.
    bool admit(Kind kind, std::int64_t tenant, Timestamp now);
    // Whether one more may be derived. Apart from the above, so that neither phones nor people wait for the
    // others.
    bool admit_derive(Timestamp now);
    // How many devices it was within a minute, once a minute and only where they were too many.
    std::optional<std::uint64_t> alarm();

    [[nodiscard]] std::uint64_t admitted() const { return admitted_; }
    [[nodiscard]] std::uint64_t refused() const { return refused_; }

 private:
    SharedBucket all_, logins_, derives_;
    BucketTable tenants_;
    const std::uint64_t alarm_per_minute_;
    Timestamp minute_{};
    std::uint64_t this_minute_ = 0;
    bool told_ = false;
    std::uint64_t admitted_ = 0, refused_ = 0;
};

}  // namespace provost
