#include "service/exceptions.h"

#include "domain/text.h"
#include "service/devices.h"
#include "service/tenants.h"

namespace provost {

namespace {

Status check_words(std::string_view text, const char* field) {
    if (!text.empty() && text.size() <= 256 && is_clean_text(text)) return {};
    return fail({"P-2041", "an exception needs someone who answers for it, and why", field,
                 "it is empty, longer than 256 bytes or holds control characters",
                 "Give --owner and --reason."});
}

Result<std::optional<Timestamp>> end_of(const std::string& text, Timestamp now) {
    if (text.empty()) return std::nullopt;
    const auto span = parse_duration(text);
    const auto time = span ? std::optional(now + *span) : from_rfc3339(text);
    if (time && *time > now) return time;
    return fail({"P-2042", "'" + printable(text, 32) + "' is not an end to come", "until", "",
                 "Write how long, such as 90d, or a time such as 2027-01-31T00:00:00Z."});
}

Error unknown_rule(const std::string& name, const HardeningProfile& profile) {
    Error error{"P-2040", "the hardening profile has no rule '" + printable(name, 64) + "'", "rule"};
    std::vector<std::string_view> ids;
    for (const auto& rule : profile.rules) ids.push_back(rule.id);
    if (const auto near = nearest(name, ids)) error.offer(*near);
    for (const auto& rule : profile.passwords)
        if (rule.id == name) error.why = "passwords are not optional";
    return error;
}

}  // namespace

std::string describe(const HardeningException& exception) {
    auto text = exception.rule + " for";
    if (exception.device) text += " device " + exception.device->lower();
    if (!exception.site.empty()) text += " site " + exception.site;
    if (!exception.vendor.empty()) text += " " + exception.vendor + " " + exception.model;
    return text + ", owner " + exception.owner + ": " + exception.reason;
}

Status ExceptionService::place(const Draft& draft, HardeningException& exception) const {
    const auto policies = house_.policies.current();
    if (!draft.device.empty()) {
        if (!(draft.tenant + draft.site + draft.vendor + draft.model).empty())
            return fail({"P-2044", "an exception is for one device, or for a place", "device", "",
                         "Name the device alone, or leave it out."});
        const auto mac = MacAddress::parse(draft.device);
        if (!mac)
            return fail({"P-2020", "'" + printable(draft.device, 32) + "' is not a MAC address", "device"});
        PROVOST_TRY(const auto device, house_.store.device(*mac));
        if (!device) return fail(no_device(*mac));
        exception.device = mac;
        exception.tenant = device->tenant;
        return {};
    }
    PROVOST_TRY(const auto* const tenant, find_tenant(*policies, draft.tenant));
    exception.tenant = tenant->tenant.id;
    exception.site = draft.site;
    exception.vendor = draft.vendor;
    exception.model = draft.model;
    if (draft.vendor.empty() && draft.model.empty()) return {};
    const auto* const vendor = house_.vendors->find(draft.vendor);
    if (vendor == nullptr)
        return fail({"P-2021", "there is no vendor '" + printable(draft.vendor, 32) + "'", "vendor"});
    if (!draft.model.empty() && find_model(*vendor, draft.model) == nullptr)
        return fail({"P-2024",
                     "vendor '" + vendor->id + "' has no model '" + printable(draft.model, 32) + "'", "model",
                     "", "'provost vendor show " + vendor->id + "' lists them."});
    return {};
}

Result<HardeningException> ExceptionService::add(const Draft& draft, const std::string& actor) {
    if (house_.hardening.find(draft.rule) == nullptr) return fail(unknown_rule(draft.rule, house_.hardening));
    PROVOST_CHECK(check_words(draft.owner, "owner"));
    PROVOST_CHECK(check_words(draft.reason, "reason"));
    HardeningException exception;
    PROVOST_CHECK(place(draft, exception));
    exception.rule = draft.rule;
    exception.owner = draft.owner;
    exception.reason = draft.reason;
    exception.made = house_.clock.now();
    exception.actor = actor;
    PROVOST_TRY(exception.until, end_of(draft.until, exception.made));
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(exception.id, transaction.insert_exception(exception));
        auto event = change_event("exception.added", actor, exception.made);
        event.tenant = exception.tenant;
        event.device = exception.device;
        event.detail = describe(exception);
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    PROVOST_CHECK(house_.policies.refresh(house_.store, house_.hardening));
    return exception;
}

Status ExceptionService::remove(std::int64_t id, const std::string& actor) {
    PROVOST_TRY(const auto all, house_.store.exceptions());
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.delete_exception(id));
        auto event = change_event("exception.removed", actor, house_.clock.now());
        for (const auto& one : all) {
            if (one.id != id) continue;
            event.tenant = one.tenant;
            event.device = one.device;
            event.detail = describe(one);
        }
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    return house_.policies.refresh(house_.store, house_.hardening);
}

Status refuse_relaxations(const HardeningProfile& profile, const LiftedRules& lifted,
                          const RawSettings& typed, const std::string& place) {
    Settings settings;
    PROVOST_CHECK(apply_settings(typed, settings));
    const auto relaxed = find_relaxation(profile, lifted, settings);
    if (!relaxed) return {};
    const auto& rule = *relaxed->rule;
    return fail({"P-2043", "this setting relaxes the hardening profile", to_text(relaxed->setting->key),
                 "rule " + rule.id + " (" + rule.requirement + "): " + rule.says,
                 "Lift the rule first: provost exception add " + rule.id + " " + place +
                     " --owner NAME --reason WORDS [--until 90d]"});
}

}  // namespace provost
