#include "service/event_catalogue.h"

#include <array>

namespace provost {

namespace {

constexpr std::string_view nothing = "Nothing to do.";
constexpr std::string_view person = "Nothing, if you know who did it and why.";

constexpr std::array catalogue = {
    EventName{"visit", "event", "phone", "A request reached a phones' door.",
              "The rule says what to do, see below."},
    EventName{
        "tripwire", "event", "stranger",
        "Somebody spoke plain HTTP to the listener that serves nothing, or many did.",
        "One source again and again is a scanner: block it. A phone's file name means a phone that calls "
        "without TLS: correct its address."},
    EventName{"device.created", "event", "person", "A device was added, by command or import.", person},
    EventName{"device.changed", "event", "person", "A device was changed, by command or import.", person},
    EventName{"device.removed", "event", "person", "A device was removed.", person},
    EventName{"device.armed", "event", "person", "A device was armed: it has fresh secrets and a window.",
              "Let the phone call home within the window."},
    EventName{"device.retired", "event", "person", "A device was retired, its secrets are destroyed.",
              person},
    EventName{"device.key-approved", "event", "person", "The held key became the device's own.",
              "Nothing, if the phone was replaced or repaired."},
    EventName{"device.key-rejected", "event", "person", "The held key was forgotten.",
              "Find out whose key it was."},
    EventName{"device.token-made", "event", "person",
              "A one-time address was made, with its window and networks.", person},
    EventName{"device.token-revoked", "event", "person", "A one-time address was taken back.", person},
    EventName{
        "device.expired", "event", "clock",
        "The window passed, or a broken transfer ran out of repeats in purge mode; secrets are destroyed.",
        "Arm it again when the phone is there: provost device arm MAC."},
    EventName{"device.provisioned", "event", "clock",
              "The grace ended, or a broken transfer ran out of repeats in rotate or retain mode.", nothing},
    EventName{"tenant.created", "event", "person", "A tenant was added.", person},
    EventName{"tenant.changed", "event", "person", "A tenant's name, policy or settings were changed.",
              person},
    EventName{"tenant.removed", "event", "person", "An empty tenant was removed.", person},
    EventName{"site.changed", "event", "person", "A site's settings were changed.", person},
    EventName{"model.changed", "event", "person", "Settings of a model within a tenant were changed.",
              person},
    EventName{"trust.anchor", "event", "person", "A vendor's CA was imported.",
              "Compare its fingerprint with the vendor's, by another way."},
    EventName{"trust.crl", "event", "person", "A revocation list was imported.", nothing},
    EventName{"trust.refuse-certificate", "event", "person", "A certificate was put on the refuse list.",
              person},
    EventName{"trust.refuse-key", "event", "person", "A key was put on the refuse list.", person},
    EventName{"trust.removed", "event", "person", "A row of the trust list was removed.", person},
    EventName{"exception.added", "event", "person", "A hardening rule was lifted somewhere.",
              "See that its owner still needs it: provost exception list."},
    EventName{"exception.removed", "event", "person", "An exception was removed; the rule holds again.",
              nothing},
    EventName{"exception.ended", "event", "clock", "An exception's time has passed; the rule holds again.",
              "Tell its owner, if the phones there need something else now."},
    EventName{"guard.finding", "event", "guard",
              "The detector found something; its rule, the network as source, the evidence as detail.",
              "See what it says; 'provost ban list' shows who is kept out."},
    EventName{"ban.added", "event", "guard or person",
              "A network was banned; the detail says why and until when.",
              "Nothing, if nobody of yours is behind it; else 'provost ban remove'."},
    EventName{"ban.removed", "event", "person", "A banned network was let in again.", person},
    EventName{"expiry.braked", "event", "clock",
              "The clock jumped and would have expired more than 5 % of the devices.",
              "Set the clock, or 'provost server release-brake' if it is right."},
    EventName{"epoch.closed", "event", "clock",
              "A key epoch ended and its key is destroyed: what was purged is gone from old copies too.",
              nothing},
    EventName{"secret.lost", "event", "clock",
              "A secret does not open any more; all secrets of its device were destroyed.",
              "Arm the device again, and find out what changed the database or the keys."},
    EventName{"store.events-dropped", "event", "store",
              "Visits came faster than they could be written; the detail says how many were dropped.",
              "Look at the disk's speed and at who comes so often."},

    EventName{"door.opened", "log", "info", "A phones' door is open; fields: door, address, port, tls.",
              nothing},
    EventName{"listener.opened", "log", "info",
              "The listener for metrics or the tripwire is open; fields: listener, port.", nothing},
    EventName{"server.reloaded", "log", "info", "Certificates, trust and policy were read anew.", nothing},
    EventName{"server.reload-refused", "log", "error",
              "A reload found a mistake and the old configuration stays; fields: code, where, why, fix.",
              "Mend what the fields say, and reload again."},
    EventName{"server.ending", "log", "info", "The server was told to end.", nothing},
    EventName{
        "housekeeping.failed", "log", "error",
        "A round of the housekeeper ended with an error; it tries again each second; fields: code, where, "
        "why, fix.",
        "Check disk and keys: until it works, no window or grace ends."},
    EventName{"audit.failed", "log", "error",
              "A signed head of the audit trail could not be made or written; fields: code, where, why, fix.",
              "Mend what the fields say; the next minute tries again."},
    EventName{"audit.start-key-here", "log", "warning",
              "The first key of the audit trail lies on this host still.",
              "Take audit.start off this host, to where you verify."},
    EventName{"guard.failed", "log", "error",
              "The guard could not read or write bans; fields: code, where, why, fix.",
              "Mend what the fields say; it tries again each second."},
    EventName{"keyholder.in-process", "log", "info", "The keys are in the server's own process; field: fix.",
              "Run a key holder of its own where strangers reach the server."},
    EventName{"keyholder.reached", "log", "info", "A key holder of its own has the keys; field: socket.",
              nothing},
    EventName{"keyholder.answering", "log", "info", "A key holder began to answer; field: socket.", nothing},
    EventName{"keyholder.opened", "log", "info",
              "The key holder opened a device's secrets, or refused to; fields: device, tenant, generation, "
              "secrets, for, outcome, peer.",
              "Compare with the audit trail where something is odd: each delivery opens them once."},
    EventName{"keyholder.braked", "log", "warning",
              "The key holder was asked for secrets faster than its limits allow; fields: device, tenant, "
              "refused, peer.",
              "Raise its limits if it is your phones; else the server may be taken over: stop it."},
    EventName{
        "keyholder.bulk-opens", "log", "error",
        "More devices' secrets were opened within a minute than the alarm allows; fields: devices, peer.",
        "Nothing, if that many phones were armed and called home; else stop the server and read its audit "
        "trail."},
    EventName{"keyholder.stranger", "log", "warning",
              "Another user's process came to the key holder's socket and was turned away; field: peer.",
              "Find out whose it is."},
    EventName{"keyholder.ending", "log", "info", "The key holder was told to end.", nothing},
    EventName{"sandbox.on", "log", "info", "The process has shut itself into its sandbox; field: how.",
              nothing},
    EventName{"sandbox.off", "log", "warning", "The process runs without its sandbox; fields: why, fix.",
              "Set 'sandbox: on' where strangers reach the server."},
    EventName{"process.not-hardened", "log", "warning",
              "The system refused to keep the process out of core dumps; field: why.",
              "Check the service's limits."},
    EventName{"process.memory-not-locked", "log", "info", "Memory may be swapped out; fields: why, fix.",
              "Set LimitMEMLOCK=infinity, or keep swap off or encrypted."},
};

}  // namespace

std::span<const EventName> event_catalogue() {
    return catalogue;
}

}  // namespace provost
