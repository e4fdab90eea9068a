#include "service/verdict_words.h"

#include "domain/decide.h"
#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

std::string detail_of(const Event& event) {
    return event.detail.empty() ? std::string() : " (" + printable(event.detail, 200) + ")";
}

Verdict judge_no_certificate(const VerdictFacts& facts, const std::string& run) {
    using enum AccessSpec::Certificate;
    const auto has = facts.vendor == nullptr ? unknown : facts.vendor->access.certificate;
    const auto who = facts.vendor == nullptr ? std::string("This vendor") : facts.vendor->name;
    Verdict verdict{"no-certificate", "The phone sent no certificate, " + run + ". ", "", ""};
    if (has == none) {
        verdict.says += who + " makes none for its phones.";
        verdict.next = "Use another way in (provost device set " + facts.mac.lower() +
                       " --access digest or token), or replace the phone.";
    } else if (has == all) {
        verdict.says += "All phones of " + who + " leave the factory with one.";
        verdict.next =
            "Look for something between the phone and the server that ends TLS, such as a proxy; else "
            "update its firmware, or it was wiped and has to be replaced.";
    } else {
        verdict.says += "Not every phone of " + who + " has one.";
        verdict.next =
            "See in its web page whether it has a factory certificate. If not: provost device set " +
            facts.mac.lower() + " --access digest or token; else update its firmware.";
    }
    return verdict;
}

Verdict judge_dates(const VerdictFacts& facts, const Event& last, const std::string& run) {
    const bool early = last.rule == to_text(Rule::certificate_not_yet_valid);
    Verdict verdict{early ? "not-yet-valid" : "expired-certificate", "", "", ""};
    verdict.says =
        (early ? "The phone's certificate is not valid yet, " : "The phone's certificate has ended, ") + run +
        detail_of(last) + ".";
    verdict.next =
        early ? "The server's clock is wrong, or the certificate was made in the future: check NTP on the "
                "server. The phone's clock plays no part in this."
              : "Check the server's clock. If it is right, replace the phone, or use another way in "
                "(--access digest or token)";
    if (!early) {
        const bool tolerable = facts.vendor != nullptr &&
                               std::ranges::any_of(facts.vendor->profiles, [](const CertificateProfile& one) {
                                   return one.tolerate_expired_leaf;
                               });
        verdict.next += tolerable
                            ? "; phones of this vendor are let in with expired factory certificates, at a "
                              "lower rating: set the tenant's minimum_rating to 4 or less."
                            : ".";
    }
    return verdict;
}

Verdict judge_path(const VerdictFacts& facts, const Event& last, const std::string& run) {
    return {"wrong-path",
            "Asks for " + printable(last.path, 128) + ", which no " + maker_of(facts) + " asks for here, " +
                run + ": the URL in the phone is wrong.",
            facts.address.empty() ? "Correct the URL in the phone; 'provost vendor show' lists the files."
                                  : "Right URL: " + facts.address,
            facts.address.empty() ? "" : "Please set the provisioning URL to " + facts.address};
}

Verdict judge_mismatch(const VerdictFacts& facts, const Event& last, const std::string& run) {
    return {"wrong-name",
            "Its certificate is for " + facts.mac.lower() + ", but it asks for " + printable(last.path, 128) +
                ", " + run + ": cloned configuration or wrong label. Not served.",
            "Reset the phone so that it forgets another phone's configuration; if it was added under the "
            "wrong MAC, "
            "add it under " +
                facts.mac.colons() + ".",
            "Please reset your phone to its factory settings."};
}

std::string change_words(const VerdictFacts& facts) {
    if (!facts.last_change) return {};
    const auto& event = *facts.last_change;
    return " Last change: " + event.kind + " at " + when(event.at) + " by " + printable(event.actor, 64) +
           ".";
}

Verdict judge_served(const VerdictFacts& facts, const Event& last) {
    if (facts.changes != 0) {
        const auto what =
            facts.changes == 1 ? std::string("1 value has") : std::to_string(facts.changes) + " values have";
        Verdict verdict{"old-content",
                        "Fetched its configuration at " + when(last.at) + "; " + what +
                            " changed since then and it does not have " +
                            (facts.changes == 1 ? "it" : "them") + " yet.",
                        "It gets them when it calls home next. ", ""};
        verdict.next += facts.can_resync ? "Now: provost device resync " + facts.mac.lower()
                                         : "Restart the phone to have it call home now.";
        verdict.customer = "Your settings were changed. Restart your phone to get them now.";
        return verdict;
    }
    Verdict verdict{
        "served",
        "Served correctly at " + when(last.at) + ". Not a provisioning fault." + change_words(facts), "",
        "Your phone has its settings."};
    const auto account =
        facts.account.empty() ? std::string("its SIP account") : "the SIP account " + facts.account;
    verdict.next = "If it is not registered, check " + account +
                   " at the registrar. After a factory reset, arm it: "
                   "provost device arm " +
                   facts.mac.lower();
    return verdict;
}

bool is_served(Rule rule) {
    switch (rule) {
        case Rule::first_delivery:
        case Rule::repeat_delivery:
        case Rule::rotated_delivery:
        case Rule::retained_delivery:
        case Rule::resync:
        case Rule::common_file:
        case Rule::absent_by_design:
        case Rule::upload_discarded:
        case Rule::head_only:
        case Rule::stage_without_secrets:
            return true;
        default:
            return false;
    }
}

std::string rule_in_words(const Event& last, Rule rule, const std::string& run) {
    std::string says(explain(rule));
    if (is_refusal(rule)) says += " Rule '" + last.rule + "', " + run + detail_of(last) + ".";
    return says;
}

std::string suggestion(const VerdictFacts& facts) {
    std::string text = "Add it: provost device add " + facts.mac.lower() + " --tenant ";
    if (facts.neighbours.size() == 1)
        return text + facts.neighbours.front() + " (other phones at its address are there).";
    text += "NAME";
    if (!facts.neighbours.empty()) {
        text += "; phones at its address are in";
        for (const auto& one : facts.neighbours) text += " " + one;
    }
    return text + ".";
}

}  // namespace

std::string when(Timestamp at) {
    auto text = to_rfc3339(at).substr(0, 16);
    std::ranges::replace(text, 'T', ' ');
    return text + " UTC";
}

std::string maker_of(const VerdictFacts& facts) {
    return facts.vendor == nullptr ? "device" : facts.vendor->name + " phone";
}

Verdict judge_unknown(const VerdictFacts& facts, const std::string& run) {
    if (facts.other_showed && facts.contacts.empty()) {
        const auto& event = *facts.other_showed;
        return {"unknown-named",
                "A phone whose certificate is for " + (event.device ? event.device->lower() : "another") +
                    " asked for this MAC's file at " + when(event.at) + " from " + event.source +
                    ". It is in no tenant.",
                "Compare the label on the phone; add it under the MAC of its certificate.", ""};
    }
    const auto& last = facts.contacts.front();
    const auto from = " from " + last.source;
    if (last.proved)
        return {"unknown-knocking",
                "A " + maker_of(facts) + " with this MAC asked " + run + from + " and is in no tenant.",
                suggestion(facts), "Your phone reaches us and is not set up yet. We are adding it."};
    const auto rule = parse_rule(last.rule);
    return {"unknown-unproved",
            "Something that calls itself a " + maker_of(facts) + " with this MAC asked " + run + from +
                ", is in no tenant, and did not prove itself: " +
                (rule ? std::string(explain(*rule)) : last.rule) + detail_of(last),
            (rule ? std::string(next_step(*rule)) + " " : std::string()) +
                "If it is a customer's phone: " + suggestion(facts),
            ""};
}

Verdict judge_last(const VerdictFacts& facts, const std::string& run) {
    const auto& last = facts.contacts.front();
    const auto rule = parse_rule(last.rule);
    if (!rule) return {last.rule, last.rule, "", ""};
    if (is_served(*rule)) return judge_served(facts, last);
    switch (*rule) {
        case Rule::no_certificate:
            return judge_no_certificate(facts, run);
        case Rule::certificate_expired:
        case Rule::certificate_not_yet_valid:
            return judge_dates(facts, last, run);
        case Rule::path_unknown:
            return judge_path(facts, last, run);
        case Rule::claim_mismatch:
            return judge_mismatch(facts, last, run);
        default:
            return {std::string(to_text(*rule)), rule_in_words(last, *rule, run),
                    std::string(next_step(*rule)), ""};
    }
}

}  // namespace provost
