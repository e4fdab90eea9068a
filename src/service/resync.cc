#include "service/resync.h"

#include "service/configuration.h"
#include "service/devices.h"

namespace provost {

namespace {

constexpr std::size_t most_contacts = 4;  // of one account

ResyncReport cannot(std::string words) {
    ResyncReport report;
    report.words = std::move(words);
    return report;
}

Error no_way() {
    return {"P-8311", "there is no way to reach phones", "resync", "the configuration has no way to phones",
            "Set resync.route to the SIP proxy; or an empty block resync, and a registrar that tells where "
            "phones are."};
}

std::string authority(const EffectiveSettings& settings, std::uint16_t line) {
    const std::string host(line_setting(settings, "line.registrar_host", line));
    if (host.empty()) return {};
    const auto port = line_setting(settings, "line.registrar_port", line);
    auto text = host.find(':') == std::string::npos || host.starts_with('[') ? host : "[" + host + "]";
    if (!port.empty() && port != "0") text.append(":").append(port);
    return text;
}

std::string or_else(std::string_view first, std::string_view second) {
    return std::string(first.empty() ? second : first);
}

}  // namespace

Status Resync::can_reach() const {
    return route_.route.empty() && !registrars_ ? fail(no_way()) : Status();
}

// To the first line's account: a phone reads its whole file anew, whichever line is told.
Result<NotifyOrder> Resync::order_for(const Device& device, const VendorSpec& vendor, bool reboot) const {
    const auto policy = house_.policies.current();
    const auto settings = merge(policy->layers(device, vendor.defaults));
    const auto lines = lines_in_use(settings);
    if (lines.empty())
        return fail(
            {"P-8312", "the phone has no account", "line.1.user", "no line has a user", "Set line.1.user."});
    const auto line = lines.front();
    const std::string user(line_setting(settings, "line.user", line));
    const auto host = authority(settings, line);
    if (host.empty())
        return fail(
            {"P-8312", "the phone has no registrar", "line.registrar_host", "", "Set line.registrar_host."});
    NotifyOrder order;
    order.to = order.target = "sip:" + user + "@" + host;
    order.from = route_.from.empty() ? "sip:provost@" + host : route_.from;
    order.next_hop = route_.route;
    order.event = reboot ? vendor.resync.reboot_event : vendor.resync.event;
    order.content_type = vendor.resync.content_type;
    order.body = vendor.resync.body;
    order.account.user = or_else(line_setting(settings, "line.auth_user", line), user);
    order.account.realm = or_else(line_setting(settings, "line.realm", line),
                                  line_setting(settings, "line.registrar_host", line));
    return order;
}

ResyncReport Resync::send(const Device& device, const NotifyOrder& order) {
    const auto digest = [&](const RegistrarAccount& account) -> Result<std::optional<Secret>> {
        if (!registrars_) return std::nullopt;
        for (auto* const registrar : registrars_(device.tenant, account.realm)) {
            if (!registrar->abilities().gives_digests) continue;
            PROVOST_TRY(auto found, registrar->digest(account));
            if (found) return found;
        }
        return std::nullopt;
    };
    auto report = judge_outcome(sender_.notify(order, digest));
    report.mac = device.mac;
    report.event = order.event;
    report.target = order.target;
    return report;
}

Result<ResyncReport> Resync::tell_contacts(const Device& device, NotifyOrder order) {
    std::vector<Registration> found;
    bool asked = false;
    for (auto* const registrar : registrars_(device.tenant, order.account.realm)) {
        if (!registrar->abilities().tells_registrations) continue;
        PROVOST_TRY(const auto more, registrar->registrations_of(order.account));
        found.insert(found.end(), more.begin(), more.end());
        asked = true;
    }
    if (found.size() > most_contacts) found.resize(most_contacts);
    auto last = cannot("No registrar that serves its account tells where it is. Set resync.route.");
    if (asked) {
        last.outcome = ResyncReport::Outcome::not_registered;
        last.words = "The registrar knows no contact of it. Check the account, and that the phone is on.";
    }
    last.mac = device.mac;
    last.event = order.event;
    for (const auto& one : found) {
        order.target = one.contact;
        order.next_hop = or_else(one.received, one.contact);
        last = send(device, order);
        if (is_done(last.outcome)) break;
    }
    return last;
}

Result<ResyncReport> Resync::tell(MacAddress mac, bool reboot) {
    PROVOST_TRY(const auto device, house_.store.device(mac));
    if (!device) return fail(no_device(mac));
    const auto* const vendor = house_.vendors->find(device->vendor);
    auto report = cannot("");
    report.mac = mac;
    if (vendor == nullptr || vendor->resync.event.empty()) {
        report.words = "Phones of this vendor can't be told; it calls home by schedule.";
        return report;
    }
    if (reboot && vendor->resync.reboot_event.empty()) {
        report.words = "No message is known that restarts it; without --reboot it can be told to call home.";
        return report;
    }
    if (device->state == DeviceState::retired) {
        report.words = "It is retired.";
        return report;
    }
    auto order = order_for(*device, *vendor, reboot);
    if (!order) {
        report.words = order.error().text();
        return report;
    }
    PROVOST_CHECK(can_reach());
    if (!route_.route.empty()) return send(*device, *order);
    return tell_contacts(*device, std::move(*order));
}

}  // namespace provost
