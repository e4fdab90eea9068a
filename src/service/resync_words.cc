#include "domain/text.h"
#include "service/resync.h"
#include "service/tenants.h"

namespace provost {

namespace {

using Outcome = ResyncReport::Outcome;

Outcome outcome_of(const NotifyOutcome& found) {
    if (found.trouble) {
        if (found.trouble->code == "P-8305") return Outcome::unanswered;
        return Outcome::unreachable;
    }
    if (found.status >= 200 && found.status < 300) return Outcome::told;
    switch (found.status) {
        case 489:
            return Outcome::unsupported;
        case 404:
        case 410:
        case 480:
            return Outcome::not_registered;
        case 408:
        case 504:
            return Outcome::unanswered;
        case 401:
        case 407:
            return Outcome::challenged;
        default:
            return Outcome::refused;
    }
}

std::string challenge_words(const NotifyOutcome& found) {
    if (found.answered)
        return "It refused the digest: the registrar holds another password than the phone. Arm it again.";
    return "It asks for a digest in the realm '" + printable(found.asked_realm, 64) +
           "', and no registrar gives one for it. It calls home by schedule.";
}

std::string words_of(Outcome outcome, const NotifyOutcome& found) {
    switch (outcome) {
        case Outcome::told:
            return found.answered ? "It took the message, after a digest, and calls home now."
                                  : "It took the message and calls home now.";
        case Outcome::unsupported:
            return "It does not know this event. It calls home by schedule; check the vendor file and the "
                   "firmware.";
        case Outcome::not_registered:
            return "It is not registered. Check the account at the registrar, and that the phone is on.";
        case Outcome::unanswered:
            return "No answer came in time. Check that the phone is on, and that its firewall lets the "
                   "registrar in.";
        case Outcome::unreachable:
            return "It was not reached: " + (found.trouble ? found.trouble->why : std::string()) + ".";
        case Outcome::challenged:
            return challenge_words(found);
        case Outcome::cannot:
        case Outcome::refused:
            break;
    }
    return "It refused the message (" + printable(found.reason, 64) + "). It calls home by schedule.";
}

}  // namespace

std::string_view to_text(Outcome outcome) {
    static constexpr std::string_view names[] = {"told",        "unsupported", "not registered", "no answer",
                                                 "unreachable", "challenged",  "refused",        "cannot"};
    return names[static_cast<std::size_t>(outcome)];
}

bool is_done(Outcome outcome) {
    return outcome == Outcome::told;
}

ResyncReport judge_outcome(const NotifyOutcome& found) {
    ResyncReport report;
    report.outcome = outcome_of(found);
    report.status = found.status;
    report.words = words_of(report.outcome, found);
    return report;
}

Event resync_event(const ResyncReport& report, const Device& device, const std::string& actor,
                   Timestamp now) {
    auto event = change_event("device.resync", actor, now);
    event.device = device.mac;
    event.tenant = device.tenant;
    event.vendor = device.vendor;
    event.method = "NOTIFY";
    event.path = report.target;
    event.status = report.status;
    event.detail = "resync, " + (report.event.empty() ? "" : report.event + ": ") +
                   std::string(to_text(report.outcome)) +
                   (report.status == 0 ? "" : " (" + std::to_string(report.status) + ")") + ". " +
                   report.words;
    return event;
}

}  // namespace provost
