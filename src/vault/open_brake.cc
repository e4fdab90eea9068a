#include "vault/open_brake.h"

namespace provost {

namespace {

constexpr std::size_t tenant_slots = 4096;

// No table has a key 0.
std::uint64_t key_of(std::int64_t tenant) {
    return static_cast<std::uint64_t>(tenant) | std::uint64_t{1} << 63;
}

}  // namespace

OpenBrake::OpenBrake(const OpenLimits& limits)
    : all_(limits.all),
      logins_(limits.logins),
      derives_(limits.derives),
      tenants_(limits.tenant, tenant_slots),
      alarm_per_minute_(limits.alarm_per_minute) {}

bool OpenBrake::admit(Kind kind, std::int64_t tenant, Timestamp now) {
    const bool pass =
        kind == Kind::login ? logins_.take(now) : tenants_.take(key_of(tenant), now) && all_.take(now);
    ++(pass ? admitted_ : refused_);
    if (!pass || kind == Kind::login) return pass;
    if (now - minute_ >= std::chrono::minutes(1) || now < minute_) {
        minute_ = now;
        this_minute_ = 0;
        told_ = false;
    }
    ++this_minute_;
    return true;
}

bool OpenBrake::admit_derive(Timestamp now) {
    const bool pass = derives_.take(now);
    ++(pass ? admitted_ : refused_);
    return pass;
}

std::optional<std::uint64_t> OpenBrake::alarm() {
    if (told_ || this_minute_ <= alarm_per_minute_) return std::nullopt;
    told_ = true;
    return this_minute_;
}

}  // namespace provost
