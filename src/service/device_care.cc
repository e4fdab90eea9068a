#include "service/device_care.h"

#include "domain/text.h"
#include "service/devices.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t mutes_at_once = 500;

Result<std::optional<Timestamp>> end_of(const std::string& text, Timestamp now) {
    if (text == "state") return std::nullopt;
    const auto span = parse_duration(text);
    const auto time = span ? std::optional(now + *span) : from_rfc3339(text);
    if (time && *time > now && *time <= now + longest_mute) return time;
    return fail({"P-2057", "'" + printable(text, 32) + "' is no end of a mute", "mute",
                 "it is not a time to come within a year",
                 "Write how long, such as 3d, or until when, such as 2027-01-31T00:00:00Z; 'state' for until "
                 "its next change of state, 'off' to end it."});
}

class CareChange {
 public:
    CareChange(Transaction& transaction, const Device& device, const CareCall& call)
        : transaction_(transaction), device_(device), call_(call) {}

    Status take_note(DeviceCare& care, const std::string& text) {
        care.note.reset();
        if (!text.empty()) care.note = DeviceNote{text, call_.actor, call_.now};
        return tell("device.noted", text.empty() ? "taken away" : text);
    }

    Status take_mute(DeviceCare& care, const CareDraft& draft) {
        if (draft.mute == "off") {
            care.mute.reset();
            return tell("device.unmuted", draft.reason);
        }
        PROVOST_TRY(const auto until, end_of(draft.mute, call_.now));
        care.mute =
            DeviceMute{draft.reason, call_.actor, call_.now, until, device_.state, device_.generation};
        const auto end =
            until ? "until " + to_rfc3339(*until) : std::string("until its next change of state");
        return tell("device.muted", draft.reason.empty() ? end : end + ": " + draft.reason);
    }

 private:
    Status tell(std::string kind, std::string detail) {
        auto event = device_event(std::move(kind), device_, call_.actor, call_.now);
        event.detail = std::move(detail);
        return transaction_.insert_event(event).map([](std::int64_t) {});
    }

    Transaction& transaction_;
    const Device& device_;
    const CareCall& call_;
};

Status change_within(Transaction& transaction, const CareDraft& draft, const CareCall& call) {
    PROVOST_TRY(const auto device, transaction.device(call.mac));
    if (!device) return fail(no_device(call.mac));
    PROVOST_TRY(const auto found, transaction.device_cares().of(call.mac));
    auto care = found.value_or(DeviceCare{call.mac, 0, {}, {}});
    if (call.version && *call.version != care.version)
        return fail({"P-2015", "it was changed by someone else meanwhile", "If-Match", "",
                     "Read it again and repeat the change."});
    CareChange change(transaction, *device, call);
    if (draft.note) PROVOST_CHECK(change.take_note(care, *draft.note));
    if (!draft.mute.empty()) PROVOST_CHECK(change.take_mute(care, draft));
    ++care.version;
    return transaction.device_cares().put(care);
}

bool within(const std::optional<TenantIds>& tenants, TenantId tenant) {
    return !tenants || std::ranges::find(*tenants, tenant) != tenants->end();
}

}  // namespace

Result<DeviceCare> show_care(Store& store, MacAddress mac, Timestamp now) {
    PROVOST_TRY(const auto device, store.device(mac));
    if (!device) return fail(no_device(mac));
    PROVOST_TRY(const auto found, store.device_cares().of(mac));
    auto care = found.value_or(DeviceCare{mac, 0, {}, {}});
    if (!is_muted(care, *device, now)) care.mute.reset();
    return care;
}

Result<DeviceCare> change_care(Store& store, const CareDraft& draft, const CareCall& call) {
    if (!draft.note && draft.mute.empty())
        return fail({"P-2058", "nothing is to be changed", "body", "it names neither a note nor a mute",
                     "Send 'note', or 'mute' with how long."});
    PROVOST_CHECK(
        store.apply([&](Transaction& transaction) { return change_within(transaction, draft, call); }));
    return show_care(store, call.mac, call.now);
}

Status end_mute(Transaction& transaction, const Device& device) {
    if (!ends_mute(device.state)) return {};
    PROVOST_TRY(auto care, transaction.device_cares().of(device.mac));
    if (!care || !care->mute) return {};
    care->mute.reset();
    ++care->version;
    return transaction.device_cares().put(*care);
}

bool is_muted_now(Store& store, MacAddress mac, Timestamp now) {
    const auto care = show_care(store, mac, now);
    return care && care->mute;
}

Result<std::vector<Device>> muted_devices(Store& store, const std::optional<TenantIds>& tenants,
                                          Timestamp now) {
    std::vector<Device> muted;
    for (MacAddress after;;) {
        PROVOST_TRY(const auto page, store.device_cares().with_mute(now, after, mutes_at_once));
        for (const auto& care : page) {
            PROVOST_TRY(auto device, store.device(care.device));
            if (device && within(tenants, device->tenant) && is_muted(care, *device, now))
                muted.push_back(std::move(*device));
        }
        if (page.size() < mutes_at_once) return muted;
        after = page.back().device;
    }
}

}  // namespace provost
