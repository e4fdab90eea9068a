// What needs a person now, in words, with where to look (JOURNEYS, overview): pure.
#pragma once

#include "service/fleet_figures.h"

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace provost {

enum class Urgency : std::uint8_t { act, look };
std::string_view to_text(Urgency urgency);

struct Attention {
    std::string kind;  // "held-keys", "silent-site" ...: docs/reference/fleet.md
    Urgency urgency = Urgency::look;
    std::string title;  // what is so
    std::string next;   // what to do about it
    std::int64_t count = 0;
    std::string link;  // in the web interface
};

struct Trouble {
    std::string name, text;
};
struct EndingCertificate {
    std::string name;  // "door main, EC"
    Timestamp until{};
};

// Devices whose warnings somebody muted: they are in the figures, but nobody has to look at them.
struct MutedCounts {
    std::int64_t expired = 0;
    std::map<std::pair<TenantId, std::string>, std::int64_t> overdue;  // by tenant and site
};

struct AttentionFacts {
    Timestamp now{};
    FleetFigures figures;
    std::int64_t held_keys = 0;
    MutedCounts muted;
    // Of the server; empty for whoever sees only a part of the tenants.
    bool review_due = false, braked = false;
    std::int64_t bans = 0;
    std::vector<Trouble> registrars_away, alerts_failing, webhooks_away;
    std::vector<EndingCertificate> certificates;
    std::function<std::string(TenantId)> slug;
};

inline constexpr Duration certificate_warning = std::chrono::hours(24 * 30);

// The most urgent first.
std::vector<Attention> what_needs_a_person(const AttentionFacts& facts);

}  // namespace provost
