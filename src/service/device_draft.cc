// From what a person typed to a checked device.
#include "domain/text.h"
#include "service/configuration.h"
#include "service/device_access.h"
#include "service/devices.h"
#include "service/exceptions.h"
#include "service/named_vendor.h"
#include "service/raw_settings.h"
#include "service/tenants.h"
#include "vendor/hardening_fit.h"

#include <algorithm>

#include <fmt/format.h>

namespace provost {

namespace {

constexpr std::size_t most_offered = 5;

// Refused, and not taken with a warning: the vendor says whose CA vouches for the phone (decision 20).
Error foreign_prefix(const VendorSpec& vendor, const VendorSpec* by_mac) {
    if (by_mac == nullptr)
        return {"P-2023", "the MAC does not belong to vendor '" + vendor.id + "'", "mac",
                "its prefix is not in the vendor file", "Check the label on the phone."};
    Error error{"P-2023", "the MAC belongs to " + by_mac->name + ", and the vendor given is " + vendor.name,
                "vendor", "the vendor's certificates are what the phone will be known by",
                "Check the label on the phone: name '" + by_mac->id + "', or mend the MAC."};
    error.offers = {by_mac->id};
    return error;
}

Result<const VendorSpec*> vendor_of(const std::string& name, MacAddress mac, const Catalogue& catalogue) {
    const auto* const by_mac = catalogue.by_mac(mac);
    if (name.empty()) {
        if (by_mac != nullptr) return by_mac;
        return fail({"P-2022", "the vendor can't be told from the MAC's prefix", "vendor", "",
                     "Name the vendor; 'provost vendor list' shows them."});
    }
    PROVOST_TRY(const auto* const vendor, named_vendor(name, catalogue));
    if (catalogue.may_vouch(*vendor, mac)) return vendor;
    return fail(foreign_prefix(*vendor, by_mac));
}

Error unknown_model(const std::string& model, const VendorSpec& vendor) {
    Error error{"P-2024", "vendor '" + vendor.id + "' has no model '" + printable(model, 32) + "'", "model"};
    std::size_t count = 0;
    for (const auto& known : vendor.models)
        if (known.id.find(model) != known.id.npos || model.find(known.id) != model.npos)
            if (++count <= most_offered) error.offers.push_back(known.id);
    error.fix = count == 0 ? "'provost vendor show " + vendor.id + "' lists them."
                           : std::to_string(count) + (count == 1 ? " model fits: " : " models fit: ") +
                                 fmt::format("{}.", fmt::join(error.offers, ", "));
    return error;
}

Status set_mode(const std::string& text, const VendorSpec& vendor, Device& device) {
    if (text.empty()) return {};
    const auto mode = parse_secret_mode(text);
    const auto& possible = vendor.secrets.possible;
    if (mode && std::find(possible.begin(), possible.end(), *mode) != possible.end()) {
        device.secret_mode = *mode;
        return {};
    }
    std::string names;
    for (const auto one : possible) names += (names.empty() ? "" : ", ") + std::string(to_text(one));
    return fail(
        {"P-2025", "secret mode '" + printable(text, 16) + "' refused", "secret_mode",
         "phones of " + vendor.name + " can live with: " + names + " (" + vendor.secrets.reason + ")"});
}

Result<MacAddress> mac_of(const std::string& text) {
    const auto mac = MacAddress::parse(trim(text));
    if (mac && !mac->is_group() && mac->value() != 0) return *mac;
    Error error{"P-2020", "'" + printable(text, 32) + "' is not a phone's MAC address", "mac"};
    const bool spreadsheet = text.find("E+") != text.npos || text.find("e+") != text.npos;
    const auto odd = std::find_if(text.begin(), text.end(), [](char c) {
        return std::string_view("0123456789abcdefABCDEF:-. ").find(c) == std::string_view::npos;
    });
    if (mac) {
        error.why = "it is a group address or zero";
    } else if (spreadsheet) {
        error.why = "a spreadsheet turned it into a number; the last digits are lost";
        error.fix = "Format the column as text and export again.";
    } else if (odd != text.end()) {
        error.why = "'" + printable({&*odd, 1}, 1) + "' is not a hexadecimal digit";
        if (*odd == 'O' || *odd == 'o') error.fix = "Did you mean 0?";
    } else {
        error.why = "it does not have 12 hexadecimal digits";
        error.fix = "Leading zeros may be lost: format the column as text.";
    }
    return fail(std::move(error));
}

}  // namespace

Result<Device> draft_device(const Devices::Draft& draft, const Device* before, const House& house) {
    Device device = before == nullptr ? Device() : *before;
    const auto policies = house.policies.current();
    const auto& catalogue = house.vendors->catalogue();
    if (before == nullptr) {
        PROVOST_TRY(device.mac, mac_of(draft.mac));
        PROVOST_TRY(const auto* const tenant, find_tenant(*policies, draft.tenant));
        device.tenant = tenant->tenant.id;
    }
    const bool new_vendor = before == nullptr || !draft.vendor.empty();
    PROVOST_TRY(const auto* const vendor,
                vendor_of(new_vendor ? draft.vendor : device.vendor, device.mac, catalogue));
    device.vendor = vendor->id;
    if (before == nullptr) device.secret_mode = vendor->secrets.preferred;
    PROVOST_CHECK(set_mode(draft.secret_mode, *vendor, device));
    if (!draft.model.empty()) {
        const auto* const model = find_model(*vendor, draft.model);
        if (model == nullptr) return fail(unknown_model(draft.model, *vendor));
        device.model = model->id;
    }
    if (!draft.access.empty()) {
        PROVOST_TRY(device.access, choose_access(draft.access, *vendor, device.model));
    }
    if (!draft.site.empty()) device.site = draft.site;
    if (device.site.size() > 128 || !is_clean_text(device.site))
        return fail({"P-2026", "site name refused", "site",
                     "it is longer than 128 bytes or holds control characters"});
    PROVOST_CHECK(apply_settings(draft.settings, device.settings));
    auto lifted = fit_hardening(house.hardening, *vendor, device.model).cannot;
    policies->lift(device, house.clock.now(), lifted);
    PROVOST_CHECK(
        refuse_relaxations(house.hardening, lifted, draft.settings, "--device " + device.mac.lower()));
    const std::string place = "--device " + device.mac.lower();
    PROVOST_CHECK(
        apply_raw_settings(draft.settings, {*house.vendors, house.hardening, lifted, place}, device.raw));
    PROVOST_TRY(const auto made,
                make_configuration(device, *vendor, policies, {device.model, device.firmware}, true,
                                   house.clock.now()));
    PROVOST_CHECK(
        house.gate->rehearse({*house.vendors, *vendor, device, {device.model, device.firmware}, made}));
    ++device.version;
    return device;
}

}  // namespace provost
