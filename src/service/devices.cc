#include "service/devices.h"

#include "domain/rating.h"
#include "domain/text.h"
#include "service/credentials.h"
#include "service/device_access.h"
#include "service/diagnostics.h"
#include "service/door_mark.h"
#include "service/explain_parameters.h"
#include "service/tenants.h"
#include "service/verdict_facts.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t contacts_shown = 10;

Devices::Overruled explain_overruled(const Configuration& made, const OverruledSetting& one) {
    const auto& layer = made.layers[one.layer];
    return {to_text(one.key), std::string(one.value), std::string(to_text(layer.kind)),
            std::string(layer.name), one.rule->id};
}

}  // namespace

Error no_device(MacAddress mac) {
    return {"P-2027", "there is no device " + mac.lower(), "device", "",
            "'provost device list' shows those there are."};
}

Event device_event(std::string kind, const Device& device, const std::string& actor, Timestamp now) {
    auto event = change_event(std::move(kind), actor, now);
    event.device = device.mac;
    event.tenant = device.tenant;
    event.vendor = device.vendor;
    return event;
}

Status make_new_credentials(Transaction& transaction, const House& house, Device& device,
                            const std::function<Result<Transition>(const Policy&)>& step) {
    const auto policies = house.policies.current();
    const auto* const tenant = policies->tenant(device.tenant);
    const auto* const vendor = house.vendors->find(device.vendor);
    if (tenant == nullptr || vendor == nullptr)
        return fail(
            {"P-2028", "device " + device.mac.lower() + " has no tenant or vendor any more", "device"});
    PROVOST_TRY(auto next, step(tenant->policy));
    if (is_by_password(device.access)) PROVOST_CHECK(check_way_in(device.access, device, house));
    renew_access_user(next);
    const auto settings = merge(policies->layers(next.device, vendor->defaults));
    if (lines_in_use(settings).empty())
        return fail({"P-2029", "device " + device.mac.lower() + " has no line", "line.1.user",
                     "there is nothing to register", "Give it a user: --set line.1.user=NAME."});
    PROVOST_CHECK(apply_transition(transaction, house.keys, next,
                                   {next.device, *vendor, settings, *house.registrars, house.clock.now()}));
    device = next.device;
    return {};
}

Status arm_device(Transaction& transaction, const House& house, Device& device, bool forget_key) {
    return make_new_credentials(transaction, house, device, [&](const Policy& policy) {
        return arm(device, policy, house.clock.now(), forget_key);
    });
}

// Destroys the secrets and tells the registrar that the credentials are void.
static Result<Device> retire_now(Transaction& transaction, const House& house, const Device& device) {
    const auto next = provost::retire(device);
    PROVOST_CHECK(carry_out(transaction, house, next, house.clock.now()));
    return next.device;
}

Status remove_device(Transaction& transaction, const House& house, const Device& device,
                     const std::string& actor, std::string detail) {
    PROVOST_CHECK(retire_now(transaction, house, device));
    PROVOST_CHECK(transaction.delete_device(device.mac));
    auto event = device_event("device.removed", device, actor, house.clock.now());
    event.detail = std::move(detail);
    return transaction.insert_event(event).map([](std::int64_t) {});
}

Result<Device> DeviceService::load(MacAddress mac) const {
    PROVOST_TRY(auto device, house_.store.device(mac));
    if (!device) return fail(no_device(mac));
    return std::move(*device);
}

Result<const VendorSpec*> DeviceService::vendor_of(const Device& device) const {
    if (const auto* const found = house_.vendors->find(device.vendor)) return found;
    return fail({"P-2021", "there is no vendor '" + device.vendor + "' any more", "vendor"});
}

Result<Device> DeviceService::alter(MacAddress mac, std::string kind, const std::string& actor,
                                    std::string detail, const Step& step) {
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(auto device, transaction.device(mac));
        if (!device) return fail(no_device(mac));
        PROVOST_CHECK(step(transaction, *device));
        ++device->version;
        PROVOST_CHECK(transaction.update_device(*device));
        auto event = device_event(kind, *device, actor, house_.clock.now());
        event.detail = detail;
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    return load(mac);
}

Result<Device> DeviceService::create(const Draft& draft, const std::string& actor) {
    PROVOST_TRY(const auto device, draft_device(draft, nullptr, house_));
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.insert_device(device));
        return transaction.insert_event(device_event("device.created", device, actor, house_.clock.now()))
            .map([](std::int64_t) {});
    }));
    return load(device.mac);
}

Result<Device> DeviceService::change(MacAddress mac, const Draft& draft, std::optional<std::int64_t> version,
                                     const std::string& actor) {
    return alter(mac, "device.changed", actor, "", [&](Transaction& transaction, Device& device) -> Status {
        if (version && *version != device.version)
            return fail({"P-2015", "device " + mac.lower() + " was changed by someone else meanwhile",
                         "If-Match", "", "Read it again and repeat the change."});
        PROVOST_TRY(auto next, draft_device(draft, &device, house_));
        --next.version;  // alter() raises it
        const auto access = std::exchange(next.access, device.access);
        device = std::move(next);
        return change_access(transaction, device, access);
    });
}

Status DeviceService::remove(MacAddress mac, const std::string& actor) {
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(const auto device, transaction.device(mac));
        if (!device) return fail(no_device(mac));
        return remove_device(transaction, house_, *device, actor, "");
    }));
    // Its exceptions went with it: who comes later under this MAC has none.
    const auto policies = house_.policies.current();
    const auto& exceptions = policies->exceptions();
    const bool had_some = std::any_of(exceptions.begin(), exceptions.end(),
                                      [&](const HardeningException& one) { return one.device == mac; });
    return had_some ? house_.policies.refresh(house_.store, house_.hardening) : Status();
}

Result<Device> DeviceService::arm(MacAddress mac, const Arming& arming, const std::string& actor) {
    return alter(mac, "device.armed", actor, arming.reason, [&](Transaction& transaction, Device& device) {
        return arm_device(transaction, house_, device, arming.forget_key);
    });
}

Result<Device> DeviceService::retire(MacAddress mac, const std::string& actor) {
    return alter(mac, "device.retired", actor, "", [&](Transaction& transaction, Device& device) -> Status {
        PROVOST_TRY(device, retire_now(transaction, house_, device));
        return {};
    });
}

Result<Device> DeviceService::settle_held_key(MacAddress mac, bool approve, const std::string& actor) {
    const auto* const kind = approve ? "device.key-approved" : "device.key-rejected";
    return alter(mac, kind, actor, "", [&](Transaction&, Device& device) -> Status {
        if (!device.held_key)
            return fail({"P-2030", "device " + mac.lower() + " holds no other key", "device"});
        if (approve) device.pinned_key = device.held_key;
        device.held_key.reset();
        return {};
    });
}

Result<Devices::Preview> DeviceService::preview(MacAddress mac, bool with_secrets) {
    PROVOST_TRY(const auto device, load(mac));
    PROVOST_TRY(const auto* const vendor, vendor_of(device));
    PROVOST_TRY(const auto share, window_share(house_, mac));
    PROVOST_TRY(const auto made,
                make_configuration(device, *vendor, house_.policies.current(),
                                   {device.model, device.firmware}, with_secrets, house_.clock.now(), share));
    OutputBuffer bytes;
    const auto& syntax = house_.vendors->syntax(*vendor, device.model);
    PROVOST_CHECK(syntax.render(made.parameters, MaskedSecrets(), bytes));
    const auto file = std::find_if(vendor->files.begin(), vendor->files.end(),
                                   [](const FileRule& rule) { return rule.kind == FileKind::device; });
    Preview preview{file == vendor->files.end() ? "text/plain" : file->answer_type,
                    output_format(*vendor, device.model).syntax,
                    syntax.shown(bytes.view()),
                    {}};
    const auto findings =
        lint_rehearsal({*house_.vendors, *vendor, device, {device.model, device.firmware}, made});
    if (!findings)
        preview.findings.push_back(findings.error().text());
    else
        for (const auto& finding : *findings) preview.findings.push_back(finding.text());
    return preview;
}

// The verdict and what it rests on. P-2027 where there is neither a device nor a trace of one.
static Status put_verdict(const House& house, MacAddress mac, const Device* device,
                          Devices::Explanation& explanation) {
    PROVOST_TRY(auto facts, verdict_facts(house, mac, device));
    if (device == nullptr && facts.contacts.empty() && !facts.other_showed) return fail(no_device(mac));
    auto verdict = give_verdict(facts);
    explanation.kind = std::move(verdict.kind);
    explanation.verdict = std::move(verdict.says);
    explanation.next_step = std::move(verdict.next);
    explanation.customer = std::move(verdict.customer);
    explanation.contacts = std::move(facts.contacts);
    if (explanation.contacts.size() > contacts_shown) explanation.contacts.resize(contacts_shown);
    if (device == nullptr && facts.vendor != nullptr) explanation.device.vendor = facts.vendor->id;
    return {};
}

Result<Devices::Explanation> DeviceService::explain(MacAddress mac) {
    Explanation explanation;
    PROVOST_TRY(auto found, house_.store.device(mac));
    explanation.known = found.has_value();
    explanation.device.mac = mac;
    if (found) explanation.device = std::move(*found);
    const auto& device = explanation.device;
    PROVOST_CHECK(put_verdict(house_, mac, explanation.known ? &device : nullptr, explanation));
    if (!explanation.known) return explanation;
    const auto policies = house_.policies.current();
    if (const auto* const tenant = policies->tenant(device.tenant)) explanation.tenant = tenant->tenant.slug;
    Evidence proved;
    proved.mac = mac;
    proved.proof = device.access;
    // How it really came: its own last visit says through which door.
    const auto visit = std::find_if(explanation.contacts.begin(), explanation.contacts.end(),
                                    [](const Event& event) { return event.proved && !event.tls.empty(); });
    if (visit != explanation.contacts.end()) read_door_mark(visit->tls, proved);
    const auto rating = rate(proved, device.secret_mode);
    explanation.rating = rating.stars;
    explanation.rating_reason = rating.reason;
    explanation.rating_raise = rating.raise;
    const auto* const vendor = house_.vendors->find(device.vendor);
    if (vendor == nullptr) return explanation;
    PROVOST_TRY(const auto share, window_share(house_, mac));
    PROVOST_TRY(const auto made,
                make_configuration(device, *vendor, policies, {device.model, device.firmware}, true,
                                   house_.clock.now(), share));
    PROVOST_CHECK(explain_parameters(device, *vendor, made, explanation));
    for (const auto& one : made.overruled) explanation.overruled.push_back(explain_overruled(made, one));
    for (const auto* const one : policies->exceptions_for(device, house_.clock.now()))
        explanation.exceptions.push_back(*one);
    return explanation;
}

}  // namespace provost
