#include "service/verdict.h"

#include "domain/decide.h"
#include "domain/text.h"
#include "service/verdict_words.h"

#include <algorithm>
#include <map>
#include <span>

namespace provost {

namespace {

constexpr auto loop_span = std::chrono::minutes(5);
constexpr std::size_t loop_asks = 8;  // for one file: a phone that starts once asks for it twice at most
constexpr auto loop_is_news = std::chrono::minutes(15);
constexpr auto handshake_is_news = std::chrono::hours(24);

const Event& last_of(const VerdictFacts& facts) {
    return facts.contacts.front();
}

// How often it came like its last time, without another outcome in between.
std::string run_of(const VerdictFacts& facts) {
    const auto& last = last_of(facts);
    const auto end = std::find_if(facts.contacts.begin(), facts.contacts.end(),
                                  [&](const Event& one) { return one.rule != last.rule; });
    const auto count = static_cast<std::size_t>(end - facts.contacts.begin());
    const auto first = std::prev(end)->at;
    const std::string least = end == facts.contacts.end() && facts.more_contacts ? "more than " : "";
    if (count == 1) return "at " + when(last.at);
    return least + std::to_string(count) + " times since " + when(first);
}

std::optional<Verdict> judge_ban(const VerdictFacts& facts) {
    if (!facts.ban) return std::nullopt;
    const auto& ban = *facts.ban;
    Verdict verdict{"locked-out", "", "", ""};
    verdict.says = "Its address is locked out: " + ban.network.text() + " is banned since " + when(ban.made) +
                   (ban.until ? " until " + when(*ban.until) : " until somebody lifts it") +
                   (ban.rule == ban_by_hand ? ", by hand." : ", by the rule '" + ban.rule + "'.");
    verdict.next = "A platform administrator may lift it: provost ban remove " + std::to_string(ban.id) +
                   ". Find out first what else at that address asked.";
    verdict.customer = "Your network's address is blocked at the moment. We are looking into it.";
    return verdict;
}

bool is_newer(const VerdictFacts& facts) {
    if (!facts.handshakes || facts.now - facts.handshakes->at > handshake_is_news) return false;
    return facts.contacts.empty() || last_of(facts).at < facts.handshakes->at;
}

std::string who_shook(const VerdictFacts& facts) {
    const auto& shakes = *facts.handshakes;
    return std::string(facts.handshake_is_own ? "A phone at its address "
                                              : "A phone at its site's address ") +
           facts.handshake_source +
           (shakes.count == 1 ? " at " + when(shakes.at)
                              : " " + std::to_string(shakes.count) + " times since " + when(shakes.first));
}

Verdict judge_alert(const VerdictFacts& facts) {
    const auto& last = facts.handshakes->last;
    Verdict verdict{"phone-refused-us", "", "",
                    "Please check that your phone shows the right date and time."};
    verdict.says = who_shook(facts) + " closed with '" + alert_text(last.alert) + "': ";
    constexpr int unknown_ca = 48, expired = 45;
    if (last.alert == expired) {
        verdict.says += "it takes the server's certificate for expired, so its clock is wrong.";
        verdict.next =
            "Check that the phone reaches a time server before it provisions (NTP, by DHCP option 42).";
    } else if (last.alert == unknown_ca) {
        verdict.says += "its firmware does not know the authority of the server's certificate.";
        verdict.next =
            "Update its firmware, or load the authority's certificate into it; or give the door a "
            "certificate of an authority that these phones know.";
    } else {
        verdict.says += "it does not accept the server's certificate.";
        verdict.next =
            "Check the phone's clock, that the name in its URL is in the server's certificate, and "
            "its firmware.";
    }
    return verdict;
}

std::optional<Verdict> judge_handshakes(const VerdictFacts& facts) {
    if (!is_newer(facts)) return std::nullopt;
    using Kind = HandshakeTrouble::Kind;
    const auto& last = facts.handshakes->last;
    switch (last.kind) {
        case Kind::alert:
            return judge_alert(facts);
        case Kind::version:
            return Verdict{"tls-too-old",
                           who_shook(facts) + " offered " +
                               (last.version == 0 ? "no version of TLS that this door speaks"
                                                  : "only " + tls_version_text(last.version)) +
                               ": its firmware is too old.",
                           "Update its firmware; where there is none that can, use a door for old phones "
                           "(docs/how-to/serve-old-phones.md), which is off by default and rated lower.",
                           "Your phone's firmware is too old for a secure connection and needs an update."};
        case Kind::cipher:
            return Verdict{"tls-no-cipher", who_shook(facts) + " offered no cipher that this door takes.",
                           "Update its firmware, or use a door for old phones "
                           "(docs/how-to/serve-old-phones.md).",
                           "Your phone's firmware is too old for a secure connection and needs an update."};
        case Kind::not_tls:
            return Verdict{"not-tls", who_shook(facts) + " did not speak TLS: its URL says http, not https.",
                           facts.address.empty() ? "Set an https URL in the phone."
                                                 : "Set in the phone: " + facts.address,
                           ""};
        case Kind::other:
            break;
    }
    return std::nullopt;
}

std::string site_words(const VerdictFacts& facts) {
    const auto count = std::to_string(facts.site_seen);
    if (facts.site_others == 0) return "It is the only phone of its site.";
    if (facts.site_seen == 0) return "No other phone at this site was seen today either.";
    return count +
           (facts.site_seen == 1 ? " other phone at this site was seen today"
                                 : " other phones at this site were seen today") +
           ", so the network is open.";
}

std::string look_at_phone(const VerdictFacts& facts) {
    std::string text =
        "Check that the label's MAC is " + facts.mac.colons() + ", and that it has power and network";
    if (facts.vendor != nullptr && !facts.vendor->setup.redirection.empty())
        text += "; check that " + facts.vendor->setup.redirection + " sends it here";
    if (!facts.address.empty()) text += "; its URL has to be " + facts.address;
    return text + ".";
}

Verdict judge_silence(const VerdictFacts& facts) {
    const auto& device = *facts.device;
    const bool forgotten = device.last_seen.has_value();  // its visits were pruned
    if (device.state == DeviceState::retired)
        return {"retired", "Retired.", "Remove it and add it again if it is back in use.", ""};
    if (device.state == DeviceState::registered)
        return {"not-armed",
                std::string("Registered, but not armed: it gets nothing yet") +
                    (forgotten ? "." : ", and it was never seen."),
                "provost device arm " + facts.mac.lower(), ""};
    if (forgotten)
        return {"long-ago", "Last seen " + when(*device.last_seen) + "; nothing since.",
                "Connect the phone. " + look_at_phone(facts), ""};
    Verdict verdict{"never-seen", "Never seen. " + site_words(facts), "", ""};
    if (device.state == DeviceState::expired) {
        verdict.says =
            "Never seen, and its time window has passed: its secrets are destroyed. " + site_words(facts);
        verdict.next = "Arm it again (provost device arm " + facts.mac.lower() + "). ";
    }
    if (facts.site_others != 0 && facts.site_seen == 0)
        verdict.next +=
            "Suspect the site's network: DHCP option, VLAN, or a firewall that does not let out what "
            "'provost site needs' lists. ";
    verdict.next += look_at_phone(facts);
    verdict.customer =
        "We have not heard from your phone yet. Please check that it is plugged in, and that the "
        "MAC address on its label is " +
        facts.mac.colons() + ".";
    return verdict;
}

Verdict judge_other_showed(const VerdictFacts& facts) {
    const auto& event = *facts.other_showed;
    return {"wrong-name",
            "Its file was asked for at " + when(event.at) +
                (event.source.empty() ? "" : " from " + event.source) +
                " by a phone whose certificate is for " + (event.device ? event.device->lower() : "another") +
                ": cloned configuration or wrong label. Not served.",
            "Compare the label: is the phone that stands there " +
                (event.device ? event.device->colons() : "another one") +
                "? Then add it under that MAC; else reset it.",
            "Please read us the MAC address on the phone's label."};
}

bool was_refused(const Event& visit) {
    const auto rule = parse_rule(visit.rule);
    return rule && is_refusal(*rule);
}

// Of those that are served alone: who is refused and comes again is told why.
std::optional<Verdict> judge_loop(const VerdictFacts& facts) {
    const auto& last = last_of(facts);
    if (facts.now - last.at > loop_is_news || was_refused(last)) return std::nullopt;
    const auto end = std::find_if(facts.contacts.begin(), facts.contacts.end(),
                                  [&](const Event& one) { return last.at - one.at > loop_span; });
    const auto count = static_cast<std::size_t>(end - facts.contacts.begin());
    std::map<std::string_view, std::size_t> asked;
    std::size_t most = 0;
    for (const auto& one : std::span(facts.contacts).first(count))
        if (one.method != "PUT" && one.method != "POST" && !was_refused(one))
            most = std::max(most, ++asked[one.path]);
    if (most < loop_asks) return std::nullopt;
    const bool same = most == count;
    return Verdict{
        "loops",
        "Asked " + std::to_string(count) + " times in 5 minutes, last for " + printable(last.path, 128) +
            ": it restarts or does not take what it gets" + (same ? ", always at the same file." : "."),
        "Look at the phone's own log. It may restart after each file, or a value of its file may make it "
        "start again: 'provost device diff " +
            facts.mac.lower() + "' shows what changed.",
        ""};
}

}  // namespace

Verdict give_verdict(const VerdictFacts& facts) {
    if (facts.device == nullptr) return judge_unknown(facts, facts.contacts.empty() ? "" : run_of(facts));
    if (const auto banned = judge_ban(facts)) return *banned;
    const bool silent = facts.contacts.empty();
    const bool settled = facts.device->state == DeviceState::retired;
    if (!settled)
        if (const auto refused = judge_handshakes(facts)) return *refused;
    if (facts.other_showed && (silent || last_of(facts).at < facts.other_showed->at))
        return judge_other_showed(facts);
    if (silent) return judge_silence(facts);
    if (const auto loop = judge_loop(facts)) return *loop;
    return judge_last(facts, run_of(facts));
}

}  // namespace provost
