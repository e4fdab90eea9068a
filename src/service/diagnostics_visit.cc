#include "service/diagnostics_visit.h"

#include "service/credentials.h"
#include "service/devices.h"

#include <algorithm>

namespace provost {

namespace {

std::string purpose_of_window() {
    return std::string(window_purpose);
}

std::string name_of(const DiagnosticWindow& window) {
    return "window " + std::to_string(window.id) + " of " + window.person;
}

Status write_event(Transaction& transaction, Event event, std::string detail) {
    event.detail = std::move(detail);
    return transaction.insert_event(event).map([](std::int64_t) {});
}

Result<StoredSecret> seal_fresh(const House& house, const Device& device, const std::string& purpose) {
    const auto* const vendor = house.vendors->find(device.vendor);
    if (vendor == nullptr)
        return fail({"P-2021", "there is no vendor '" + device.vendor + "' any more", "vendor"});
    PROVOST_TRY(const auto password, make_window_password(*vendor));
    SecretBinding binding{device.tenant, device.mac, purpose, device.generation};
    PROVOST_TRY(auto sealed, house.keys.seal(binding, password));
    return StoredSecret{std::move(binding), std::move(sealed)};
}

}  // namespace

Result<Secret> make_window_password(const VendorSpec& vendor) {
    static const SettingId admin = find_setting("security.admin_password").value();
    return generate_secret(vendor.secrets, {admin, 0});
}

Result<std::optional<DiagnosticWindow>> end_window(Transaction& transaction, const Device& device,
                                                   const DiagnosticWindow& window, const std::string& actor,
                                                   Timestamp now) {
    const auto next = end_window(window, now);
    PROVOST_CHECK(transaction.destroy_secret(device.mac, purpose_of_window()));
    auto& windows = transaction.diagnostic_windows();
    PROVOST_CHECK(next.gone ? windows.remove(device.mac) : windows.update(next.window));
    PROVOST_CHECK(write_event(transaction, device_event("diagnostics.ended", device, actor, now),
                              name_of(window) + (next.gone ? ": the phone never came for it"
                                                           : ": the phone is to be told when it comes")));
    if (next.gone) return std::nullopt;
    return next.window;
}

Result<std::optional<DiagnosticWindow>> usable_window(Transaction& transaction, const Device& device,
                                                      Timestamp now) {
    PROVOST_TRY(auto window, transaction.diagnostic_windows().of(device.mac));
    if (!window || is_over(*window, now)) return window;
    PROVOST_TRY(const auto password, transaction.diagnostic_windows().password(device.mac));
    if (password) return window;
    return end_window(transaction, device, *window, "clock", now);
}

Status add_window_password(Transaction& transaction, const House& house, const Device& device,
                           WindowShare::Password password, std::vector<StoredSecret>& sealed) {
    if (password == WindowShare::Password::own) return {};
    static const std::string own = to_text(SettingKey{find_setting("security.admin_password").value(), 0});
    const auto kept = std::find_if(sealed.begin(), sealed.end(),
                                   [](const StoredSecret& one) { return one.binding.purpose == own; });
    std::optional<StoredSecret> wanted;
    if (password == WindowShare::Password::of_window) {
        PROVOST_TRY(wanted, transaction.diagnostic_windows().password(device.mac));
    } else {
        PROVOST_TRY(wanted, seal_fresh(house, device, own));
        if (kept != sealed.end()) PROVOST_CHECK(transaction.put_secret(*wanted));
    }
    if (!wanted)
        return fail({"P-5001", "the password of the diagnostic window is lost", device.mac.lower(), "",
                     "Close the window and open another."});
    // Last: it is of another generation, and a key holder is asked for those of one together.
    if (kept != sealed.end()) sealed.erase(kept);
    sealed.push_back(std::move(*wanted));
    return {};
}

Status begin_window_delivery(Transaction& transaction, const Device& device, const DiagnosticWindow& window,
                             WindowShare::Password password, const DeliveryRecord& record) {
    if (password == WindowShare::Password::own) return {};
    auto current = window;
    if (password == WindowShare::Password::fresh && !window.ended) {
        PROVOST_TRY(const auto ended, end_window(transaction, device, window, "clock", record.at));
        if (!ended) return {};
        current = *ended;
    }
    return transaction.diagnostic_windows().update(begin_delivery(current, password, record.id));
}

Status complete_window_delivery(Transaction& transaction, const Device& device, const DeliveryRecord& record,
                                Timestamp now) {
    auto& windows = transaction.diagnostic_windows();
    PROVOST_TRY(const auto window, windows.of(device.mac));
    if (!window) return {};
    const auto next = complete_delivery(*window, record.id, now);
    if (!next) return {};
    if (!next->gone) return windows.update(next->window);
    PROVOST_CHECK(windows.remove(device.mac));
    return write_event(transaction, device_event("diagnostics.closed", device, "server", now),
                       name_of(*window) + ": the phone took its interface off and another password");
}

Status forget_window(Transaction& transaction, MacAddress mac) {
    PROVOST_CHECK(transaction.destroy_secret(mac, purpose_of_window()));
    return transaction.diagnostic_windows().remove(mac);
}

}  // namespace provost
