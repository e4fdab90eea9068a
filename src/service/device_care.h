// A note on a phone, and its warnings muted, as people ask for them. Each change is an act with its words in
// it, so what was there before is in the audit trail.
#pragma once

#include "service/store.h"

#include <string>
#include <vector>

namespace provost {

inline constexpr Duration longest_mute = std::chrono::hours(24 * 366);

struct CareDraft {
    std::optional<std::string> note;  // empty: taken away
    std::string mute;                 // empty: as it is; "off", "state", how long ("3d"), or until when
    std::string reason;               // of the mute; may be empty
};
struct CareCall {
    MacAddress mac;
    std::optional<std::int64_t> version;  // of If-Match
    std::string actor;
    Timestamp now{};
};

// As it is now: without a mute that is over. P-2027.
Result<DeviceCare> show_care(Store& store, MacAddress mac, Timestamp now);
// P-2027; P-2015: it is not this version any more; P-2057: when the mute ends; P-2058: nothing is asked for.
Result<DeviceCare> change_care(Store& store, const CareDraft& draft, const CareCall& call);

// Within the caller's transaction, where the device became this: its mute may be over (ends_mute).
Status end_mute(Transaction& transaction, const Device& device);

bool is_muted_now(Store& store, MacAddress mac, Timestamp now);
// Of these tenants' own devices, by MAC; nullopt: of all.
Result<std::vector<Device>> muted_devices(Store& store, const std::optional<TenantIds>& tenants,
                                          Timestamp now);

}  // namespace provost
