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
    EventName{"store.failed", "event", "store",
              "The disk took no writes, from then on no secret was delivered and nothing changed; written "
              "once it does again.",
              "The detail says why: free space, or replace the disk."},
    EventName{"store.healed", "event", "store",
              "The store is written again; the detail says since when it was not, and what was refused.",
              "Phones that were refused come again by themselves; repeat what a person was refused."},

    EventName{"door.opened", "log", "info", "A phones' door is open; fields: door, address, port, tls.",
              nothing},
    EventName{"listener.opened", "log", "info",
              "The listener for metrics or the tripwire is open; fields: listener, port.", nothing},
    EventName{"server.reloaded", "log", "info", "Certificates, trust and policy were read anew.", nothing},
    EventName{"server.reload-refused", "log", "error",
              "A reload found a mistake and the old configuration stays; fields: code, where, why, fix.",
              "Mend what the fields say, and reload again."},
    EventName{"server.ending", "log", "info", "The server was told to end.", nothing},
    EventName{"housekeeping.failed", "log", "error",
              "A round of the housekeeper ended with an error; it tries again each second, and tells the "
              "same once a minute; fields: code, where, why, fix.",
              "Check disk and keys: until it works, no window or grace ends."},
    EventName{"storage.failed", "log", "critical",
              "The store can't be written, so no secret is delivered and nothing is changed; again each "
              "minute; fields: code, where, why, fix.",
              "Mend what the fields say; it looks each second and goes on by itself."},
    EventName{"storage.healed", "log", "warning",
              "The store can be written again; fields: since, refused (how many changes were).",
              "Find out what it was."},
    EventName{"audit.failed", "log", "error",
              "A signed head of the audit trail could not be made or written; fields: code, where, why, fix.",
              "Mend what the fields say; the next minute tries again."},
    EventName{"audit.start-key-here", "log", "warning",
              "The first key of the audit trail lies on this host still.",
              "Take audit.start off this host, to where you verify."},
    EventName{"guard.failed", "log", "error",
              "The guard could not read or write bans; fields: code, where, why, fix.",
              "Mend what the fields say; it tries again each second."},
    EventName{"process.not-hardened", "log", "warning",
              "The system refused to keep the process out of core dumps; field: why.",
              "Check the service's limits."},
    EventName{"process.few-file-handles", "log", "warning",
              "The doors take fewer connections than configured, for want of file handles; fields: handles, "
              "main (connections of the main door), fix.",
              "Raise the service's limit: LimitNOFILE=65536."},
    EventName{"process.memory-not-locked", "log", "info", "Memory may be swapped out; fields: why, fix.",
              "Set LimitMEMLOCK=infinity, or keep swap off or encrypted."},
};

}  // namespace

std::span<const EventName> event_catalogue() {
    return catalogue;
}

}  // namespace provost
