#include "service/trunks.h"

#include "crypto/random.h"
#include "domain/audit_entry.h"
#include "domain/life_cycle.h"
#include "domain/text.h"
#include "service/credentials.h"
#include "service/devices.h"
#include "service/phone_visit.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

// IEEE 802-2014, 8.2: neither a group's nor a maker's. 46 random bits: never twice, and nobody guesses one.
MacAddress draw_local_mac() {
    std::array<std::uint8_t, 6> drawn{};
    random_bytes(drawn);
    drawn[0] = static_cast<std::uint8_t>((drawn[0] & ~0x01U) | 0x02U);
    std::uint64_t value = 0;
    for (const auto byte : drawn) value = value << 8 | byte;
    return MacAddress(value);
}

// R-F5: whoever sends from the right address, or pretends to, calls on the customer's bill.
Status check_authentication(const std::string& how) {
    if (how.empty() || how == "digest") return {};
    if (how != "address")
        return fail({"P-3401", "'" + printable(how, 32) + "' is no authentication of a trunk",
                     "authentication", "", "Leave it out, or write digest."});
    return fail(
        {"P-3401", "a trunk that is known by its address alone is refused", "authentication",
         "an address can be taken over or shared, and nothing then tells who calls",
         "Let the PBX register and answer challenges (digest); a firewall may restrict addresses besides."});
}

Error not_armed(const Device& device) {
    const auto mac = device.mac.lower();
    const bool over = device.state == DeviceState::provisioned || device.state == DeviceState::grace ||
                      device.state == DeviceState::delivering;
    return {"P-3403",
            over ? "the file of trunk " + mac + " was handed over already" : "trunk " + mac + " is not armed",
            "device", "it is " + std::string(to_text(device.state)) + ", and its password is shown once",
            "'provost device arm " + mac + "' makes a new password; the PBX then needs the new file."};
}

const FileRule* own_file(const VendorSpec& vendor) {
    const auto found = std::find_if(vendor.files.begin(), vendor.files.end(), [](const FileRule& rule) {
        return rule.kind == FileKind::device && rule.carries_secrets;
    });
    return found == vendor.files.end() ? nullptr : &*found;
}

// A person's terminal took it, whole as far as anyone can tell.
Status record_shown(Transaction& transaction, const Device& device, const std::string& actor, Timestamp now) {
    DeliveryRecord record;
    record.at = now;
    record.device = device.mac;
    record.generation = device.generation;
    record.proof = Access::token;
    record.source = actor;
    PROVOST_TRY(record.id, transaction.insert_delivery(record));
    auto begun = begin_entry(record, device);
    begun.proof = "a person";
    begun.detail += ", shown";
    PROVOST_CHECK(transaction.audit(std::move(begun)));
    PROVOST_CHECK(transaction.end_delivery(record.id, Transfer::complete, now));
    return transaction.audit(end_entry(record, device, Transfer::complete, now));
}

}  // namespace

Result<const VendorSpec*> TrunkService::pbx(const std::string& vendor) const {
    const auto* const found = house_.vendors->find(vendor);
    if (found != nullptr && found->is_pbx) return found;
    std::string known;
    for (const auto& one : house_.vendors->catalogue().vendors())
        if (one.is_pbx) known += (known.empty() ? "" : ", ") + one.id;
    return fail(
        {"P-3402", "'" + printable(vendor, 32) + "' is no PBX", "pbx", "", "Known are: " + known + "."});
}

Result<Device> TrunkService::create(const Draft& draft, const std::string& actor) {
    PROVOST_CHECK(check_authentication(draft.authentication));
    PROVOST_TRY(const auto* const vendor, pbx(draft.pbx));
    Devices::Draft device;
    device.mac = draw_local_mac().lower();
    device.tenant = draft.tenant;
    device.vendor = vendor->id;
    device.model = draft.model;
    device.site = draft.site;
    device.access = to_text(Access::token);
    device.settings = draft.settings;
    if (!draft.user.empty()) device.settings["line.1.user"] = draft.user;
    PROVOST_TRY(auto made, draft_device(device, nullptr, house_));
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        const auto now = house_.clock.now();
        PROVOST_CHECK(transaction.insert_device(made));
        PROVOST_CHECK(transaction.insert_event(device_event("device.created", made, actor, now)));
        PROVOST_CHECK(arm_device(transaction, house_, made, false));
        return transaction.insert_event(device_event("device.armed", made, actor, now)).map([](std::int64_t) {
        });
    }));
    return made;
}

// Rendered within the transaction: a file that can't be made leaves the trunk as it was.
Status TrunkService::hand_over(Transaction& transaction, MacAddress mac, const std::string& actor,
                               File& file) const {
    const auto now = house_.clock.now();
    PROVOST_TRY(auto device, transaction.device(mac));
    if (!device) return fail(no_device(mac));
    PROVOST_TRY(const auto* const vendor, pbx(device->vendor));
    if (device->state != DeviceState::armed) return fail(not_armed(*device));
    const auto begun = begin_delivery(*device, std::nullopt, now);
    const PhoneFacts facts{begun.device.model, begun.device.firmware};
    PROVOST_TRY(const auto made,
                make_configuration(begun.device, *vendor, house_.policies.current(), facts, true, now));
    const FileMaker maker{*house_.vendors, *vendor, begun.device, facts, made};
    PROVOST_TRY(const auto rehearsal, house_.gate->rehearse(maker));
    const CredentialOwner owner{begun.device, *vendor, made.settings, *house_.registrars, now};
    PROVOST_CHECK(apply_transition(transaction, house_.keys, begun, owner));
    PROVOST_TRY(const auto sealed, transaction.secrets(mac));
    PROVOST_TRY(const auto secrets, open_secrets(house_.keys, sealed, made));
    PROVOST_CHECK(house_.vendors->syntax(*vendor, facts.model).render(made.parameters, secrets, file.text));
    PROVOST_CHECK(house_.gate->check(maker, rehearsal, file.text.view()));
    if (const auto* const rule = own_file(*vendor)) file.content_type = rule->answer_type;
    PROVOST_CHECK(record_shown(transaction, begun.device, actor, now));
    Policy once;
    once.grace = Duration::zero();
    const auto ended = complete_delivery(begun.device, once, now);
    if (!ended) return {};
    PROVOST_CHECK(apply_transition(transaction, house_.keys, *ended,
                                   {ended->device, *vendor, made.settings, *house_.registrars, now}));
    return transaction.insert_event(device_event("trunk.shown", ended->device, actor, now))
        .map([](std::int64_t) {});
}

Result<TrunkService::File> TrunkService::show_once(MacAddress mac, const std::string& actor) {
    File file;
    PROVOST_CHECK(house_.store.apply(
        [&](Transaction& transaction) { return hand_over(transaction, mac, actor, file); }));
    return file;
}

}  // namespace provost
