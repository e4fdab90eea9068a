// Why a phone does not provision, in one sentence, and what to do next (JOURNEYS B): pure. What it is told
// from is gathered by verdict_facts.
#pragma once

#include "guard/ban_list.h"
#include "service/handshake_log.h"
#include "service/records.h"
#include "vendor/vendor_spec.h"

#include <optional>
#include <string>
#include <vector>

namespace provost {

struct VerdictFacts {
    MacAddress mac;
    Timestamp now{};
    const Device* device = nullptr;              // null: it is in no tenant
    std::string tenant;                          // its slug
    const VendorSpec* vendor = nullptr;          // the device's, else the one of its prefix; may be null
    std::vector<Event> contacts;                 // newest first: visits that are or claim to be this phone
    bool more_contacts = false;                  // there were more
    std::size_t site_others = 0, site_seen = 0;  // others at its site; of those seen within a day
    std::optional<FailedHandshakes>
        handshakes;  // at handshake_source, which is where it, or its site, comes from
    std::string handshake_source;
    bool handshake_is_own = false;        // ... where the phone itself was seen last, not others of its site
    std::optional<Ban> ban;               // that keeps its address out now
    std::optional<Event> other_showed;    // another device asked for this one's file
    std::vector<std::string> neighbours;  // tenants whose phones come from the unknown phone's address
    std::size_t changes = 0;              // parameters that its next file changes
    std::optional<Event> last_change;     // by a person
    std::string account;                  // "4711"
    std::string address;                  // what has to be set in the phone; empty: not known
    bool can_resync = false;
};

struct Verdict {
    std::string kind;  // "never-seen", "unknown-knocking" ...: docs/reference/verdicts.md
    std::string says, next;
    std::string customer;  // what to tell the customer, without names of ours; empty: nothing
};

inline constexpr std::size_t contacts_judged = 200;

Verdict give_verdict(const VerdictFacts& facts);

}  // namespace provost
