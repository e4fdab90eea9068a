#include "service/diagnostics.h"

#include "domain/text.h"
#include "service/configuration.h"
#include "service/devices.h"
#include "service/diagnostics_visit.h"
#include "service/resync_keeper.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t windows_at_once = 100;

Status check_reason(const std::string& reason) {
    if (!trim(reason).empty() && reason.size() <= 256 && is_clean_text(reason)) return {};
    return fail({"P-2050", "a diagnostic window needs a reason", "reason",
                 "it is empty, longer than 256 bytes or holds control characters",
                 "Say why, with --reason."});
}

Error is_open(const DiagnosticWindow& window) {
    return {"P-3011", "device " + window.device.lower() + " has a diagnostic window already", "device",
            window.person + " opened it, until " + to_rfc3339(window.until) + ": " + window.reason,
            "Its password is told once. Close it first: provost device diagnose " + window.device.lower() +
                " --close"};
}

Error no_window(MacAddress mac) {
    return {"P-3013", "device " + mac.lower() + " has no diagnostic window to close", "device", "",
            "'provost device diagnose " + mac.lower() + "' tells where it stands."};
}

// In the vendor file's words: why it is unsupported, or what it notes beside the model's own parameter.
std::string reason_of(const VendorSpec& vendor, std::string_view model, SettingId setting) {
    for (const auto& part : vendor.unsupported)
        if (part.setting == setting && !part.why.empty()) return part.why;
    for (const auto& rule : vendor.parameters) {
        const bool of_model = !rule.models || RE2::FullMatch(model, *rule.models->compiled);
        if (rule.setting == setting && of_model && !rule.provenance.note.empty()) return rule.provenance.note;
    }
    return "the vendor file knows no parameter of this model for it";
}

Error unsupported(const Device& device, const VendorSpec& vendor, std::string_view model, SettingId setting) {
    return {"P-3012", "unsupported: device " + device.mac.lower() + " can't have a diagnostic window",
            std::string(provost::setting(setting).name), reason_of(vendor, model, setting),
            "'provost vendor show " + vendor.id + "' tells what these phones can."};
}

// What the file says of the interface.
std::vector<std::pair<std::string, std::string>> interface_part(const Configuration& made, SettingId web_ui) {
    std::vector<std::pair<std::string, std::string>> part;
    for (const auto& one : made.parameters)
        if (one.setting.id == web_ui && !one.is_secret) part.emplace_back(one.name, one.value);
    return part;
}

// By its last visit and the pace that its file sets; nullopt where either is not known.
std::optional<Timestamp> expected_visit(const House& house, const Device& device) {
    const auto* const vendor = house.vendors->find(device.vendor);
    if (vendor == nullptr || !device.last_seen) return std::nullopt;
    const auto policies = house.policies.current();
    const auto settings = merge(policies->layers(device, vendor->defaults));
    const auto pace = whole_number(line_setting(settings, "provisioning.interval", 0));
    if (!pace || *pace == 0) return std::nullopt;
    return *device.last_seen + std::chrono::seconds(*pace);
}

std::string words_of(const WindowView& view) {
    switch (view.state) {
        case WindowState::waiting:
            return "The phone has not come for it yet: its interface opens when it calls home.";
        case WindowState::open:
            return "The phone's interface is on.";
        case WindowState::closing:
            break;
    }
    return "It is over, but the phone has not called home since: its interface may still be on.";
}

}  // namespace

Status can_have_window(const House& house, const Device& device, const VendorSpec& vendor) {
    static const SettingId web_ui = find_setting("security.web_ui").value();
    static const SettingId admin = find_setting("security.admin_password").value();
    // What the phone said of itself is the best there is on what it is.
    PROVOST_TRY(const auto picture, house.store.fetched(device.mac));
    PhoneFacts facts{device.model, device.firmware};
    if (picture && facts.model.empty() && picture->vendor == device.vendor) facts.model = picture->model;
    const auto policies = house.policies.current();
    const auto now = house.clock.now();
    WindowShare share{true, WindowShare::Password::of_window, true};
    const auto on = make_configuration(device, vendor, policies, facts, true, now, share);
    if (!on && on.error().where == provost::setting(web_ui).name)  // it has no word for "on"
        return fail(unsupported(device, vendor, facts.model, web_ui));
    if (!on) return fail(on.error());
    share.interface_on = false;
    PROVOST_TRY(const auto off, make_configuration(device, vendor, policies, facts, true, now, share));
    const auto brings_it = [](const Parameter& one) { return one.is_secret && one.secret.id == admin; };
    if (std::none_of(on->parameters.begin(), on->parameters.end(), brings_it))
        return fail(unsupported(device, vendor, facts.model, admin));
    const auto opened = interface_part(*on, web_ui);
    const auto* const wanted = find(off.settings, {web_ui, 0});
    const bool is_on_anyway = wanted != nullptr && wanted->value == "on";
    if (opened.empty() || (!is_on_anyway && opened == interface_part(off, web_ui)))
        return fail(unsupported(device, vendor, facts.model, web_ui));
    PROVOST_CHECK(house.gate->rehearse({*house.vendors, vendor, device, facts, *on}));
    return {};
}

WindowView Diagnostics::view_of(const Device& device, std::optional<DiagnosticWindow> window) const {
    WindowView view;
    view.window = std::move(window);
    if (!view.window) {
        view.words = "There is no diagnostic window.";
        return view;
    }
    const auto now = house_.clock.now();
    view.state = state_of(*view.window, now);
    if (!is_over(*view.window, now)) view.left = view.window->until - now;
    view.words = words_of(view);
    view.call_home.expected = expected_visit(house_, device);
    return view;
}

// What comes of it is in the phone's timeline too. Not told, the phone comes by its schedule.
CallHome Diagnostics::call_home(const Device& device, bool reboot, const std::string& actor) const {
    CallHome home;
    home.expected = expected_visit(house_, device);
    if (house_.resync == nullptr) {
        home.words = "This server tells phones nothing; it calls home by schedule.";
        return home;
    }
    const auto report = house_.resync->tell(device.mac, reboot, actor);
    home.told = report && is_done(report->outcome);
    home.words = report ? report->words : report.error().text();
    return home;
}

Status Diagnostics::put(Transaction& transaction, DiagnosticWindow& window, const Secret& password) const {
    PROVOST_TRY(const auto device, transaction.device(window.device));
    if (!device) return fail(no_device(window.device));
    PROVOST_CHECK(may_open_window(*device));
    auto& windows = transaction.diagnostic_windows();
    PROVOST_TRY(const auto older, windows.of(device->mac));
    if (older && !is_over(*older, window.opened)) return fail(is_open(*older));
    if (older) inherit(window, *older);
    PROVOST_TRY(window.id, windows.insert(window));
    SecretBinding binding{device->tenant, device->mac, std::string(window_purpose), window.id};
    PROVOST_TRY(auto sealed, house_.keys.seal(binding, password));
    PROVOST_CHECK(transaction.put_secret({std::move(binding), std::move(sealed)}));
    auto event = device_event("diagnostics.opened", *device, window.person, window.opened);
    event.detail = "window " + std::to_string(window.id) + " until " + to_rfc3339(window.until) + ", " +
                   window.person + " was told its password: " + window.reason;
    return transaction.insert_event(event).map([](std::int64_t) {});
}

Result<OpenedWindow> Diagnostics::open(MacAddress mac, const Draft& draft, const std::string& actor) {
    PROVOST_CHECK(check_reason(draft.reason));
    PROVOST_TRY(const auto length, window_length(draft.minutes));
    PROVOST_TRY(const auto device, house_.store.device(mac));
    if (!device) return fail(no_device(mac));
    const auto* const vendor = house_.vendors->find(device->vendor);
    if (vendor == nullptr)
        return fail({"P-2021", "there is no vendor '" + device->vendor + "' any more", "vendor"});
    PROVOST_CHECK(may_open_window(*device));
    PROVOST_CHECK(can_have_window(house_, *device, *vendor));
    OpenedWindow opened;
    PROVOST_TRY(opened.password, make_window_password(*vendor));
    DiagnosticWindow window;
    window.device = mac;
    window.person = actor;
    window.reason = draft.reason;
    window.opened = house_.clock.now();
    window.until = window.opened + length;
    PROVOST_CHECK(house_.store.apply(
        [&](Transaction& transaction) { return put(transaction, window, opened.password); }));
    opened.user = vendor->secrets.admin_user;
    opened.url = interface_url(device->last_source);
    opened.view = view_of(*device, window);
    opened.view.call_home = call_home(*device, draft.reboot, actor);
    return opened;
}

Result<WindowView> Diagnostics::close(MacAddress mac, bool reboot, const std::string& actor) {
    std::optional<Device> device;
    std::optional<DiagnosticWindow> left;
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(device, transaction.device(mac));
        if (!device) return fail(no_device(mac));
        PROVOST_TRY(const auto window, transaction.diagnostic_windows().of(mac));
        if (!window || window->ended) return fail(no_window(mac));
        PROVOST_TRY(left, end_window(transaction, *device, *window, actor, house_.clock.now()));
        return {};
    }));
    const bool exposed = left.has_value();
    auto view = view_of(*device, std::move(left));
    if (exposed) view.call_home = call_home(*device, reboot, actor);
    return view;
}

Result<WindowView> Diagnostics::show(MacAddress mac) {
    PROVOST_TRY(const auto device, house_.store.device(mac));
    if (!device) return fail(no_device(mac));
    PROVOST_TRY(auto window, house_.store.diagnostic_windows().of(mac));
    return view_of(*device, std::move(window));
}

Result<WindowShare> window_share(const House& house, MacAddress mac) {
    PROVOST_TRY(const auto window, house.store.diagnostic_windows().of(mac));
    return share_at_rest(window ? &*window : nullptr, house.clock.now());
}

// Each in a transaction of its own: one that can't be ended keeps back no other.
Status end_due_windows(House& house, Timestamp now) {
    PROVOST_TRY(const auto due, house.store.diagnostic_windows().due(now, windows_at_once));
    Status first;
    for (const auto mac : due) {
        bool tell = false;
        auto ended = house.store.apply([&](Transaction& transaction) -> Status {
            PROVOST_TRY(const auto device, transaction.device(mac));
            PROVOST_TRY(const auto window, transaction.diagnostic_windows().of(mac));
            if (!device || !window || window->ended || !is_over(*window, now)) return {};
            PROVOST_TRY(const auto left, end_window(transaction, *device, *window, "clock", now));
            tell = left.has_value();
            return {};
        });
        if (!ended && first) first = std::move(ended);
        if (!tell || house.resync == nullptr) continue;
        ResyncKeeper::Draft draft;
        draft.phone = mac;
        (void)house.resync->start(draft, "clock");  // without a way it comes by its schedule
    }
    return first;
}

}  // namespace provost
