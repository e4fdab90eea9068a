#include "service/attention.h"

#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t most_sites = 5;

std::string devices(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " device" : " devices");
}

std::string day_of(Timestamp at) {
    return to_rfc3339(at).substr(0, 10);
}

void add_devices(const AttentionFacts& facts, std::vector<Attention>& list) {
    if (facts.held_keys != 0)
        list.push_back({"held-keys", Urgency::act,
                        devices(facts.held_keys) + " came with another key than before",
                        "Approve it where the phone was replaced or repaired; else reject it, and suspect a "
                        "forged certificate.",
                        facts.held_keys, "/devices?held_key=true"});
    const auto found = facts.figures.by_state.find("expired");
    const auto all = found == facts.figures.by_state.end() ? 0 : found->second;
    if (const auto expired = all - facts.muted.expired; expired > 0)
        list.push_back({"expired", Urgency::look,
                        "The time window of " + devices(expired) + " has passed; their secrets are gone",
                        "Arm again those that are still to come.", expired, "/devices?state=expired"});
}

std::string site_link(const std::string& slug, const std::string& site) {
    return "/devices?tenant=" + percent_encode(slug) + "&site=" + percent_encode(site) + "&never_seen=true";
}

void add_sites(const AttentionFacts& facts, std::vector<Attention>& list) {
    std::size_t shown = 0;
    for (const auto& one : facts.figures.silent) {
        const auto muted = facts.muted.overdue.find({one.tenant, one.site});
        const auto overdue = one.overdue - (muted == facts.muted.overdue.end() ? 0 : muted->second);
        if (overdue <= 0) continue;
        if (shown++ == most_sites) break;
        const auto slug = facts.slug(one.tenant);
        const auto place =
            one.site.empty() ? slug + ", no site" : slug + ", site " + printable(one.site, 128);
        list.push_back(
            {"silent-site", Urgency::look,
             place + ": " + devices(overdue) + " never came" + (one.seen == 0 ? ", nor did any other" : ""),
             one.guess(), overdue, site_link(slug, one.site)});
    }
}

void add_server(const AttentionFacts& facts, std::vector<Attention>& list) {
    if (facts.braked)
        list.push_back({"expiry-braked", Urgency::act,
                        "The clock jumped, and would have purged many devices: nothing expires any more",
                        "Check the server's clock, then 'provost server brake release'.", 1, "/server"});
    for (const auto& one : facts.registrars_away)
        list.push_back({"registrar-away", Urgency::act, "Registrar '" + one.name + "' does not answer",
                        one.text + ". New credentials wait until it does: phones can't register with them.",
                        1, "/registrars/" + percent_encode(one.name)});
    for (const auto& one : facts.certificates) {
        const bool over = one.until <= facts.now;
        list.push_back({"certificate-ends", over ? Urgency::act : Urgency::look,
                        "The server's certificate (" + one.name + ") " + (over ? "ended" : "ends") + " on " +
                            day_of(one.until),
                        "Put a new one in its place and reload: phones refuse an expired one.", 1,
                        "/server"});
    }
    for (const auto& one : facts.alerts_failing)
        list.push_back(
            {"alerts-fail", Urgency::act, "Alerts do not reach '" + one.name + "'", one.text, 1, "/alerts"});
    for (const auto& one : facts.webhooks_away)
        list.push_back({"webhook-away", Urgency::look, "Events do not reach webhook '" + one.name + "'",
                        one.text + ". They wait as long as the server keeps them.", 1, "/alerts"});
    if (facts.review_due)
        list.push_back({"review-due", Urgency::look, "The review of suspicious activity is due",
                        "Look at it and mark it as reviewed.", 1, "/review"});
    if (facts.bans != 0)
        list.push_back(
            {"bans", Urgency::look,
             std::to_string(facts.bans) + (facts.bans == 1 ? " network is" : " networks are") + " banned",
             "Lift those that keep customers out.", facts.bans, "/bans"});
}

}  // namespace

std::string_view to_text(Urgency urgency) {
    return urgency == Urgency::act ? "act" : "look";
}

std::vector<Attention> what_needs_a_person(const AttentionFacts& facts) {
    std::vector<Attention> list;
    add_server(facts, list);
    add_devices(facts, list);
    add_sites(facts, list);
    std::stable_sort(list.begin(), list.end(),
                     [](const Attention& a, const Attention& b) { return a.urgency < b.urgency; });
    return list;
}

}  // namespace provost
