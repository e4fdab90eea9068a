#include "service/device_access.h"

#include "domain/life_cycle.h"
#include "domain/rating.h"
#include "domain/text.h"
#include "service/credentials.h"
#include "service/devices.h"
#include "service/tenants.h"
#include "service/token_path.h"

#include <algorithm>

namespace provost {

namespace {

constexpr auto usual_window = std::chrono::hours(24);
constexpr auto shortest_window = std::chrono::minutes(1);
constexpr auto longest_window = std::chrono::days(30);

Known can(const VendorSpec& vendor, Access access) {
    switch (access) {
        case Access::certificate:
            return vendor.access.certificate == AccessSpec::Certificate::none ? Known::no : Known::unknown;
        case Access::digest:
            return vendor.access.digest;
        case Access::basic:
            return vendor.access.basic;
        case Access::token:
            break;
    }
    return vendor.access.token_url;
}

// A password reaches a phone in its configuration and in no other way.
bool takes_a_password(const VendorSpec& vendor, const std::string& model) {
    static const SettingId password = find_setting("provisioning.password").value();
    return std::any_of(vendor.parameters.begin(), vendor.parameters.end(), [&](const ParameterRule& rule) {
        return rule.setting == password && (!rule.models || RE2::FullMatch(model, *rule.models->compiled));
    });
}

std::string why_no_password(const VendorSpec& vendor, const std::string& model) {
    static const SettingId password = find_setting("provisioning.password").value();
    for (const auto& part : vendor.unsupported)
        if (part.setting == password) return part.why;
    return "the configuration of " + (model.empty() ? "an unknown model" : model) +
           " has no place for its password";
}

Error cannot(const VendorSpec& vendor, Access access, std::string why) {
    return {"P-2031",
            "phones of " + vendor.name + " can't prove themselves by " + std::string(to_text(access)),
            "access", std::move(why), "'provost vendor show " + vendor.id + "' tells what they can."};
}

Result<Duration> parse_window(const std::string& text) {
    if (text.empty()) return Duration(usual_window);
    const auto window = parse_duration(text);
    if (window && *window >= shortest_window && *window <= longest_window) return *window;
    return fail({"P-2035", "the token's window is refused", "window",
                 "'" + printable(text, 32) + "' is not a time from 1m to 30d", "Write such as 24h."});
}

}  // namespace

Result<Access> choose_access(const std::string& text, const VendorSpec& vendor, const std::string& model) {
    const auto access = parse_access(text);
    if (!access)
        return fail({"P-2031", "'" + printable(text, 32) + "' is no way to prove oneself", "access", "",
                     "One of certificate, digest, basic, token."});
    if (can(vendor, *access) == Known::no)
        return fail(cannot(vendor, *access, vendor.access.provenance.note));
    if (is_by_password(*access) && !takes_a_password(vendor, model))
        return fail(cannot(vendor, *access, why_no_password(vendor, model)));
    return *access;
}

Status change_access(Transaction& transaction, Device& device, Access access) {
    if (device.access == access) return {};
    auto next = change_access(device, access);
    PROVOST_CHECK(transaction.drop_all_credentials(device.mac));
    if (next.secrets == SecretFate::destroy) PROVOST_CHECK(transaction.destroy_secrets(device.mac));
    device = std::move(next.device);
    return {};
}

Status check_way_in(Access access, const Device& device, const House& house) {
    const auto policies = house.policies.current();
    const auto* const tenant = policies->tenant(device.tenant);
    const std::string way(to_text(access));
    if (policies->door_for(access, device.vendor) == nullptr)
        return fail({"P-2032", "no door of this server lets phones in by " + way, "access",
                     "of vendor '" + device.vendor + "'",
                     "Add '" + way + "' to the 'access' of a door in the configuration, and restart."});
    if (tenant == nullptr) return {};
    const auto& policy = tenant->policy;
    const auto& slug = tenant->tenant.slug;
    if (!policy.access.allows(access) || policy.fallback_networks.empty())
        return fail(
            {"P-2033", "tenant '" + slug + "' lets nobody in by " + way, "tenant",
             "its policy has fallback=" + fallback_to_text(policy.access) +
                 " and fallback_networks=" + to_text(policy.fallback_networks),
             "provost tenant set " + slug + " --policy fallback=" + way + " --policy fallback_networks=..."});
    Evidence proof;
    proof.proof = access;
    const auto rating = rate(proof, device.secret_mode);
    if (rating.stars >= policy.minimum_rating) return {};
    return fail({"P-2034", "a way in by " + way + " is below the minimum rating of tenant '" + slug + "'",
                 "minimum_rating",
                 "it is rated " + std::to_string(rating.stars) + ", the tenant asks for " +
                     std::to_string(policy.minimum_rating),
                 "provost tenant set " + slug + " --policy minimum_rating=" + std::to_string(rating.stars)});
}

// Some phones want the address without its scheme; "TOKEN" in a pattern is what the address has already.
std::string fill_address(std::string_view pattern, std::string_view address) {
    static constexpr std::string_view scheme = "https://", place = "HOST/PATH", slot = "/TOKEN";
    const auto at = pattern.find(place);
    if (at == pattern.npos) return std::string(address);
    if (!pattern.starts_with(scheme) && address.starts_with(scheme)) address.remove_prefix(scheme.size());
    auto rest = pattern.substr(at + place.size());
    if (rest.starts_with(slot)) rest.remove_prefix(slot.size());
    if (pattern.starts_with(scheme)) pattern.remove_prefix(scheme.size());
    if (address.ends_with('/')) address.remove_suffix(1);
    return std::string(address).append(rest);
}

Result<Devices::Token> DeviceService::make_token(MacAddress mac, const TokenDraft& draft,
                                                 const std::string& actor) {
    PROVOST_TRY(const auto window, parse_window(draft.window));
    Networks networks;
    if (!draft.networks.empty()) {
        PROVOST_TRY(networks, parse_networks(draft.networks, "networks"));
    }
    const auto text = provost::make_token();
    AccessToken token{token_hash(text), house_.clock.now() + window, networks, std::nullopt};
    const auto detail = "good until " + to_rfc3339(token.until) + " from " +
                        (networks.empty() ? "where the tenant allows" : to_text(networks));
    PROVOST_TRY(const auto device,
                alter(mac, "device.token-made", actor, detail, [&](Transaction&, Device& before) -> Status {
                    PROVOST_CHECK(check_way_in(Access::token, before, house_));
                    PROVOST_TRY(before, give_token(before, std::move(token)));
                    return {};
                }));
    const auto* const door = house_.policies.current()->door_for(Access::token, device.vendor);
    const auto* const vendor = house_.vendors->find(device.vendor);
    if (door == nullptr || vendor == nullptr || !device.token)
        return fail({"P-2032", "no door of this server lets phones in by token any more", "access"});
    Token made;
    made.url = (door->url.empty() ? door->path_prefix : door->url) + std::string(token_folder) + text + "/";
    made.address = fill_address(vendor->setup.url, made.url);
    made.until = device.token->until;
    made.networks = device.token->networks;
    return made;
}

Result<Device> DeviceService::revoke_token(MacAddress mac, const std::string& actor) {
    return alter(mac, "device.token-revoked", actor, "", [&](Transaction&, Device& device) -> Status {
        if (!device.token) return fail({"P-2036", "device " + mac.lower() + " has no token", "device"});
        device.token.reset();
        return {};
    });
}

}  // namespace provost
