#include "service/review_topic.h"

#include <array>
#include <utility>

namespace provost {

namespace {

using enum ReviewTopic;
using enum ReviewWeight;

constexpr std::array<ReviewTopicTraits, review_topic_count> table = {{
    {clone, "clone", "The same certificate, password or token was at work at two places.", act,
     "Find out which of the two is the phone: 'provost device explain MAC'. If its key may have leaked, "
     "'provost device retire MAC' and replace the phone."},
    {pin_mismatch, "pin-mismatch", "A device came with another key than the one it used first.", act,
     "Was the phone repaired or replaced? Then 'provost device approve-key MAC'. If not, "
     "'provost device reject-key MAC' and ask the vendor whether its CA was misused."},
    {forged_certificates, "forged-certificates",
     "Somebody showed certificates that no phone of the vendor has.", act,
     "Keep these events. If a trusted CA signed them it was misused: ask the vendor, and refuse it with "
     "'provost vendor trust refuse' until you know."},
    {other_phones_file, "other-phones-file", "A phone proved to be one device and asked for another's file.",
     act,
     "A cloned configuration or a wrong label: reset the phone. Again and again, or for many MACs, its owner "
     "tries others' files: retire the device and speak with its owner."},
    {withdrawn, "withdrawn", "Certificates that were revoked or refused, or retired phones, still call.",
     look, "They get nothing. Find the phones, or who has their keys now."},
    {guessing, "guessing", "Somebody guesses user names, passwords or one-time addresses.", look,
     "They get nothing. If phones of yours are among the sources, arm them again; else leave the bans be."},
    {used_tokens, "used-tokens", "One-time addresses were opened again after their delivery, or by no phone.",
     look,
     "If the phone did not get its delivery somebody else did: 'provost device deliveries MAC' tells from "
     "where. "
     "Arm it again, and give the new address out where no preview opens it."},
    {sweep, "sweep", "One address or network tried many MACs.", look,
     "It was banned. Should these be your phones, import their vendor's CA, then 'provost ban remove'."},
    {slow_scan, "slow-scan", "MACs are tried slowly and from many addresses.", look,
     "No ban stops this, and it learns nothing. If the MACs are real ones of yours, ask where a list of them "
     "was "
     "kept. If the vendor's phones are new here, import its CA."},
    {generic_certificates, "generic-certificates",
     "Certificates were shown that are the same in every phone.", look,
     "They prove no device. Replace such phones of yours; anybody else took it out of one."},
    {trail, "trail", "The records themselves have a break.", act,
     "Find out who did it and why; verify with the heads that left the host: 'provost audit verify'."},
    {trouble, "trouble", "The server could not do its part.", act,
     "Look at the details, at 'provost server status' and at the log; mend disk, clock or setting."},
    {unknown_issuers, "unknown-issuers", "Certificates came whose CA is not trusted here.", look,
     "If an issuer is a vendor of yours, get its CA from the vendor and import it. All others are "
     "strangers."},
    {trust_changes, "trust-changes", "People changed which CAs and certificates are trusted.", look,
     "See that each change was meant: 'provost vendor trust list'. Compare fingerprints with the vendor's."},
    {relaxations, "relaxations", "People loosened a protection: exceptions, approved keys, lifted bans.",
     look, "See that each still has its reason: 'provost exception list', 'provost ban list'."},
    {unregistered, "unregistered-phones", "Genuine phones called that are registered nowhere.", note,
     "If they are yours, 'provost device add'. One source with many such phones is worth a call."},
    {refused_phones, "refused-phones", "Registered phones were refused by a rule of yours.", note,
     "The reasons say which rule; 'provost device explain MAC' says what would let each in."},
    {late_phones, "late-phones", "Phones came too late, or were never armed.", note,
     "Arm those again that should be served: 'provost device arm MAC'. A phone that nobody expects is worth "
     "a "
     "question."},
    {probing, "probing", "Somebody asked for files that no phone asks for.", note,
     "Nothing was given. A device of yours among them has a wrong URL."},
    {strangers, "strangers", "Peers without a certificate asked for phones' files.", note,
     "Nothing was given: every server on the Internet meets this. Phones of yours without a factory "
     "certificate "
     "need a door of their own."},
    {tripwire, "tripwire", "Somebody spoke plain HTTP to the listener that serves nothing.", note,
     "Scanners do. A phone's file name among the paths means a phone that calls without TLS: correct its "
     "address."},
    {bans, "bans", "Networks were banned.", note,
     "Nothing, if nobody of yours is behind them: 'provost ban list'; else 'provost ban remove'."},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (static_cast<std::size_t>(table[i].topic) != i) return false;
    return true;
}
static_assert(in_order());

constexpr std::array<std::pair<std::string_view, ReviewTopic>, 14> kinds = {{
    {"tripwire", tripwire},
    {"ban.added", bans},
    {"ban.removed", relaxations},
    {"exception.added", relaxations},
    {"device.key-approved", relaxations},
    {"trust.anchor", trust_changes},
    {"trust.crl", trust_changes},
    {"trust.refuse-certificate", trust_changes},
    {"trust.refuse-key", trust_changes},
    {"trust.removed", trust_changes},
    {"expiry.braked", trouble},
    {"secret.lost", trouble},
    {"store.events-dropped", trail},
    {"audit.keyed", trail},
}};

}  // namespace

std::string_view to_text(ReviewWeight weight) {
    switch (weight) {
        case act:
            return "act";
        case look:
            return "look";
        case note:
            break;
    }
    return "note";
}

std::span<const ReviewTopicTraits, review_topic_count> review_topics() {
    return table;
}

std::optional<ReviewTopic> topic_of(Rule rule) {
    switch (rule) {
        case Rule::no_certificate:
            return strangers;
        case Rule::certificate_untrusted:
            return unknown_issuers;
        case Rule::certificate_revoked:
        case Rule::certificate_distrusted:
        case Rule::device_retired:
            return withdrawn;
        case Rule::certificate_malformed:
        case Rule::vendor_prefix_mismatch:
            return forged_certificates;
        case Rule::certificate_generic:
            return generic_certificates;
        case Rule::credential_refused:
            return guessing;
        case Rule::method_refused:
        case Rule::path_unknown:
            return probing;
        case Rule::claim_mismatch:
            return other_phones_file;
        case Rule::token_header_missing:
        case Rule::token_spent:
            return used_tokens;
        case Rule::device_unknown:
            return unregistered;
        case Rule::certificate_expired:
        case Rule::certificate_not_yet_valid:
        case Rule::vendor_mismatch:
        case Rule::vendor_not_served:
        case Rule::access_mismatch:
        case Rule::fallback_not_allowed:
        case Rule::source_not_allowed:
        case Rule::rating_too_low:
            return refused_phones;
        case Rule::token_expired:
        case Rule::device_not_armed:
        case Rule::window_passed:
        case Rule::repeats_exhausted:
            return late_phones;
        case Rule::key_mismatch:
            return pin_mismatch;
        case Rule::clone_suspected:
            return clone;
        case Rule::configuration_invalid:
        case Rule::overloaded:
            return trouble;
        default:
            return std::nullopt;
    }
}

ReviewTopic topic_of(Suspicion suspicion) {
    switch (suspicion) {
        case Suspicion::mac_sequence:
        case Suspicion::mac_sweep:
        case Suspicion::network_sweep:
            return sweep;
        case Suspicion::forged_certificates:
            return forged_certificates;
        case Suspicion::generic_certificates:
            return generic_certificates;
        case Suspicion::pin_mismatch:
            return pin_mismatch;
        case Suspicion::clone:
            return clone;
        case Suspicion::credential_guessing:
            return guessing;
        case Suspicion::path_probing:
            return probing;
        case Suspicion::mac_from_many_sources:
        case Suspicion::prefix_scan:
        case Suspicion::tenant_scan:
            break;
    }
    return slow_scan;
}

std::optional<ReviewTopic> topic_of_kind(std::string_view kind) {
    for (const auto& [name, topic] : kinds)
        if (name == kind) return topic;
    return std::nullopt;
}

}  // namespace provost
