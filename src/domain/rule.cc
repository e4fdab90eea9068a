// The names of the rules and what a support engineer reads about each.
#include "domain/decide.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

struct RuleText {
    Rule rule;
    std::string_view name;
    std::string_view saw;
    std::string_view next;
};

constexpr std::array rules = {
    RuleText{Rule::no_certificate, "no-certificate", "The phone sent no certificate.",
             "Models without a factory certificate need another way in; check that the phone's clock and "
             "firmware are current."},
    RuleText{Rule::certificate_untrusted, "certificate-untrusted",
             "No imported vendor CA vouches for the phone's certificate.",
             "Import the vendor's CA with 'provost vendor trust import', or the phone shows a certificate "
             "that is not its factory's."},
    RuleText{Rule::certificate_expired, "certificate-expired", "The certificate's dates have passed.",
             "Check the server's clock; where the vendor file tolerates it, lower the tenant's minimum "
             "rating to 4."},
    RuleText{Rule::certificate_not_yet_valid, "certificate-not-yet-valid",
             "The certificate is not valid yet.", "Check the server's clock."},
    RuleText{Rule::certificate_revoked, "certificate-revoked", "The vendor has revoked the certificate.",
             "Replace the phone."},
    RuleText{Rule::certificate_distrusted, "certificate-distrusted",
             "The certificate, key or CA is on this server's refuse list.",
             "See 'provost vendor trust list' for who refused it and why."},
    RuleText{Rule::certificate_malformed, "certificate-malformed",
             "The certificate is not one of a device of this vendor.",
             "The detail says what is wrong with it; a real phone's certificate never changes, so suspect a "
             "forgery."},
    RuleText{Rule::certificate_generic, "certificate-generic",
             "The certificate is the same in every phone of the vendor.",
             "It proves no device. Replace the phone by one with a certificate of its own."},
    RuleText{Rule::vendor_prefix_mismatch, "vendor-prefix-mismatch",
             "The vendor's CA vouched for a MAC of another maker.",
             "Suspect a forged or mis-issued certificate; if the prefix is new, add it to the vendor file."},
    RuleText{
        Rule::credential_refused, "credential-refused",
        "No device has this user name or token, or the password is wrong.",
        "If a phone should be there, arm it again and give it a new token; else somebody guesses: look at "
        "the source."},
    RuleText{Rule::method_refused, "method-refused", "The request's method is not one a phone uses here.",
             "Nothing to do: a phone does not send this."},
    RuleText{Rule::path_unknown, "path-unknown",
             "The phone asks for a file that this vendor's phones do not ask for.",
             "Check the URL that is set in the phone; 'provost vendor show' lists the files."},
    RuleText{Rule::claim_mismatch, "claim-mismatch",
             "The phone proved to be one device, the request names another.",
             "Cloned configuration or wrong label: reset the phone, or suspect someone who tries other "
             "phones' files."},
    RuleText{Rule::token_header_missing, "token-header-missing",
             "A token came without the header that these phones send.",
             "A preview or a crawler opened the link; the token is not spent. Give it out where nothing "
             "opens it."},
    RuleText{Rule::device_unknown, "device-unknown", "A genuine phone that is in no tenant.",
             "Add it: provost device add MAC --tenant NAME."},
    RuleText{Rule::vendor_mismatch, "vendor-mismatch", "The device is registered as another vendor's.",
             "Correct the vendor of the device."},
    RuleText{Rule::vendor_not_served, "vendor-not-served", "The door is for other vendors' phones.",
             "Send the phone to a door that serves its vendor, or add the vendor to this one's list."},
    RuleText{Rule::device_retired, "device-retired", "The device is retired.",
             "Remove it and add it again if it is back in use."},
    RuleText{
        Rule::token_spent, "token-spent", "The token was used before: its one delivery is complete.",
        "If the phone did not get that delivery, somebody else did: 'provost device deliveries' tells from "
        "where. Arm it again."},
    RuleText{Rule::token_expired, "token-expired", "The token's time has passed.",
             "Make a new one: provost device token MAC."},
    RuleText{Rule::access_mismatch, "access-mismatch",
             "The phone proved itself in another way than it is set to.",
             "'provost device set MAC --access' changes it; a certificate is rated best."},
    RuleText{Rule::fallback_not_allowed, "fallback-not-allowed",
             "The tenant does not allow this way in without a certificate.",
             "'provost tenant set TENANT --policy fallback=...' allows it; a phone with a certificate needs "
             "none."},
    RuleText{Rule::source_not_allowed, "source-not-allowed",
             "The phone came from outside the networks that are allowed.",
             "Check the address; the networks are the tenant's policy 'fallback_networks' and those of the "
             "token."},
    RuleText{Rule::device_not_armed, "device-not-armed", "The device is registered but was never made ready.",
             "Arm it: provost device arm MAC."},
    RuleText{Rule::window_passed, "window-passed",
             "The phone came after its time window; its secrets are destroyed.",
             "Arm it again: provost device arm MAC."},
    RuleText{
        Rule::key_mismatch, "key-mismatch", "Another key than the one this device used first.",
        "If the phone was replaced or repaired, approve the held key; else suspect a forged certificate."},
    RuleText{Rule::clone_suspected, "clone-suspected",
             "The same certificate, password or token was used from two addresses at once.",
             "Find out which of the two is the phone; retire the device if its key may have leaked."},
    RuleText{Rule::rating_too_low, "rating-too-low",
             "The phone authenticates below the tenant's minimum rating.",
             "'provost device explain' says what would raise it; or change the tenant's minimum_rating."},
    RuleText{Rule::repeats_exhausted, "repeats-exhausted",
             "The transfer broke too often, or too long ago, to be repeated.",
             "Arm it again: provost device arm MAC."},
    RuleText{Rule::configuration_invalid, "configuration-invalid", "The configuration could not be made.",
             "The detail names the setting to correct; 'provost device preview' shows it."},
    RuleText{Rule::overloaded, "overloaded",
             "The server could not write its record, or the tenant had spent its requests or bytes; the "
             "detail says which. It delivered nothing.",
             "Check disk space and 'provost server status'; or that limit in 'guard.rules'."},
    RuleText{Rule::challenged, "challenged", "The door asked for a user name and a password.",
             "A phone asks again with them at once. One that does not was given none, or comes to the wrong "
             "door."},
    RuleText{Rule::absent_by_design, "absent-by-design", "The phone asked for a file that must not exist.",
             "Nothing to do."},
    RuleText{Rule::upload_discarded, "upload-discarded", "The phone uploaded a file; it was not kept.",
             "Nothing to do."},
    RuleText{Rule::common_file, "common-file", "The phone took the file that all phones of its kind share.",
             "Nothing to do."},
    RuleText{Rule::first_delivery, "first-delivery", "The phone got its configuration with its secrets.",
             "It should register within a minute."},
    RuleText{Rule::repeat_delivery, "repeat-delivery",
             "The same phone got its configuration with its secrets again, within the grace.",
             "Nothing to do, unless it happens often: then look at its network."},
    RuleText{Rule::rotated_delivery, "rotated-delivery",
             "The phone got its configuration with fresh secrets.", "Nothing to do."},
    RuleText{Rule::retained_delivery, "retained-delivery",
             "The phone got its configuration with the kept secrets.",
             "Consider rotate: the password stays on the server now."},
    RuleText{Rule::diagnostics_opened, "diagnostics-opened",
             "The phone got its configuration with its web interface on, and the window's password.",
             "Log in before the window ends: 'provost device diagnose MAC' counts down."},
    RuleText{
        Rule::diagnostics_closed, "diagnostics-closed",
        "The diagnostic window is over: the phone got its interface off, and a password that nobody knows.",
        "Nothing to do."},
    RuleText{Rule::resync, "resync",
             "The phone got its configuration without secrets; it keeps those it has.",
             "If it does not register after a factory reset, arm it again."},
    RuleText{Rule::head_only, "head-only", "The phone asked about the file without fetching it.",
             "Nothing to do."},
    RuleText{Rule::stage_without_secrets, "stage-without-secrets",
             "An early stage of the phone's boot took the file without secrets.",
             "Nothing to do: the next stage gets them."},
};

const RuleText& text_of(Rule rule) {
    const auto* const found =
        std::find_if(rules.begin(), rules.end(), [&](const RuleText& text) { return text.rule == rule; });
    return found == rules.end() ? rules.front() : *found;
}

}  // namespace

std::string_view to_text(Rule rule) {
    return text_of(rule).name;
}
std::string_view explain(Rule rule) {
    return text_of(rule).saw;
}
std::string_view next_step(Rule rule) {
    return text_of(rule).next;
}

bool is_delivery(Rule rule) {
    return rule == Rule::first_delivery || rule == Rule::repeat_delivery || rule == Rule::rotated_delivery ||
           rule == Rule::retained_delivery;
}

bool is_window_delivery(Rule rule) {
    return rule == Rule::diagnostics_opened || rule == Rule::diagnostics_closed;
}

bool is_refusal(Rule rule) {
    return rule < Rule::challenged;
}

std::optional<Rule> parse_rule(std::string_view text) {
    const auto* const found =
        std::find_if(rules.begin(), rules.end(), [&](const RuleText& entry) { return entry.name == text; });
    if (found == rules.end()) return std::nullopt;
    return found->rule;
}

}  // namespace provost
