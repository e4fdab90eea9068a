#include "guard/detector.h"

#include <numeric>

namespace provost {

// What a visit says about who made it.
enum class VisitKind : std::uint8_t {
    proof,
    asked,
    try_without_proof,
    forgery,
    generic,
    guess,
    theft,
    neutral
};

namespace {

constexpr Duration day = std::chrono::hours(24);
constexpr std::int64_t hour_millis = 3'600'000;
constexpr std::size_t fewest_hosts = 4;     // of a network that sweeps
constexpr std::size_t fewest_scanners = 8;  // of a scan that is told by its prefix or tenant
constexpr std::uint64_t sequence_step = 16;
constexpr std::size_t recent_bits = 1U << 21U;
constexpr Duration recent_period = std::chrono::hours(24 * 4);

// A genuine phone that is not registered, not armed or too late is no
// attacker.
VisitKind kind_of(Rule rule) {
    switch (rule) {
        case Rule::no_certificate:
        case Rule::certificate_untrusted:
        case Rule::certificate_expired:
        case Rule::certificate_not_yet_valid:
        case Rule::certificate_revoked:
        case Rule::certificate_distrusted:
            return VisitKind::try_without_proof;
        case Rule::challenged:
            return VisitKind::asked;
        case Rule::certificate_malformed:
        case Rule::vendor_prefix_mismatch:
            return VisitKind::forgery;
        case Rule::certificate_generic:
            return VisitKind::generic;
        case Rule::credential_refused:
            return VisitKind::guess;
        case Rule::claim_mismatch:
            return VisitKind::theft;
        default:
            return is_refusal(rule) ? VisitKind::neutral : VisitKind::proof;
    }
}

std::string span_text(std::int64_t from, Timestamp to) {
    const auto seconds = std::max<std::int64_t>(1, (to_millis(to) - from) / 1000);
    return seconds < 120 ? std::to_string(seconds) + " s" : std::to_string(seconds / 60) + " min";
}

std::string prefix_text(MacAddress mac) {
    return mac.lower().substr(0, 6);
}

// What lies a day back no longer counts.
template <class Entry>
void begin(Entry& entry, Timestamp now) {
    const auto millis = to_millis(now);
    if (entry.since == 0 || millis - entry.since > day.count() || millis < entry.since) {
        const auto key = entry.key;
        entry = Entry();
        entry.key = key;
        entry.since = millis;
    }
    entry.last = millis;
}

}  // namespace

struct Detector::Look {
    const Sighting& seen;
    VisitKind kind;
    std::uint64_t mac = 0;  // scattered
    std::vector<Finding> findings;
};

Detector::Detector(DetectorSettings settings)
    : settings_(std::move(settings)),
      sources_(settings_.slots),
      networks_(settings_.slots / 4),
      macs_(settings_.slots / 4),
      scans_(1024),
      recent_macs_(recent_bits, recent_period) {}

std::size_t Detector::ScanWatch::weight() const {
    return std::accumulate(hours.begin(), hours.end(), std::size_t{0});
}

std::size_t Detector::limit(Suspicion suspicion) const {
    return static_cast<std::size_t>(settings_.suspicions[static_cast<std::size_t>(suspicion)].limit);
}

std::vector<Finding> Detector::see(const Sighting& seen) {
    Look look{seen, kind_of(seen.rule), seen.tried ? scatter(settings_.seed, seen.tried->value()) : 0, {}};
    if (seen.clone && seen.proved) look_at_device(look, Suspicion::clone, *seen.proved);
    if (seen.rule == Rule::key_mismatch && seen.proved)
        look_at_device(look, Suspicion::pin_mismatch, *seen.proved);
    if (look.kind == VisitKind::proof && seen.proved) {
        const auto mac = scatter(settings_.seed, seen.proved->value());
        sources_.if_there(seen.source.host, [&](SourceWatch& watch) {
            watch.macs.remove(mac);
            watch.run = std::max(1, watch.run - 1);
        });
        networks_.if_there(seen.source.network, [&](NetworkWatch& watch) { watch.macs.remove(mac); });
        return std::move(look.findings);
    }
    const bool proves_nothing = !seen.proved || look.kind == VisitKind::theft;
    if (seen.source.allowed || look.kind == VisitKind::proof || !proves_nothing)
        return std::move(look.findings);
    watch_source(look);
    if (!seen.tried) return std::move(look.findings);
    watch_network(look);
    // A phone that is asked for its password proves itself next; who does not is found by the above.
    if (look.kind == VisitKind::asked) return std::move(look.findings);
    watch_mac(look);
    if (const std::lock_guard lock(recent_mutex_); !recent_macs_.add(look.mac, seen.at))
        return std::move(look.findings);
    watch_scan(look, scatter(settings_.seed, seen.tried->oui()), Suspicion::prefix_scan);
    if (seen.tenant != 0)
        watch_scan(
            look,
            scatter(settings_.seed, (std::uint64_t{1} << 63U) + static_cast<std::uint64_t>(seen.tenant)),
            Suspicion::tenant_scan);
    return std::move(look.findings);
}

// Once a day for each thing, unless it was banned meanwhile.
void Detector::find(Look& look, Watch& watch, Suspicion suspicion, std::string evidence) {
    const auto bit = 1U << static_cast<unsigned>(suspicion);
    const auto& traits = traits_of(suspicion);
    if ((watch.reported & bit) != 0) return;
    watch.reported |= bit;
    Finding finding;
    finding.suspicion = suspicion;
    finding.at = look.seen.at;
    finding.tenant = look.seen.tenant;
    finding.evidence = std::move(evidence);
    finding.bans = traits.bans && !look.seen.source_known &&
                   !settings_.suspicions[static_cast<std::size_t>(suspicion)].dry_run;
    found_[static_cast<std::size_t>(suspicion)].fetch_add(1, std::memory_order_relaxed);
    look.findings.push_back(std::move(finding));
}

void Detector::watch_source(Look& look) {
    const auto& seen = look.seen;
    sources_.with(seen.source.host, [&](SourceWatch& watch) {
        begin(watch, seen.at);
        const auto found = look.findings.size();
        const auto within = " within " + span_text(watch.since, seen.at);
        if (seen.tried && watch.macs.add(look.mac)) {
            const auto value = seen.tried->value();
            const auto step = value > watch.last_mac ? value - watch.last_mac : watch.last_mac - value;
            watch.run = step <= sequence_step ? watch.run + 1 : 1;
            watch.last_mac = value;
        }
        if (look.kind == VisitKind::forgery && seen.shown != 0) watch.forged.add(seen.shown);
        if (look.kind == VisitKind::generic) ++watch.generic;
        if (look.kind == VisitKind::guess && seen.shown != 0) watch.shown.add(seen.shown);
        if (!seen.tried && look.kind != VisitKind::guess && seen.path != 0) watch.paths.add(seen.path);
        const auto tried = std::to_string(watch.macs.size()) + " MACs" + within +
                           (seen.tried ? ", the last " + seen.tried->lower() : "");
        if (static_cast<std::size_t>(watch.run) >= limit(Suspicion::mac_sequence))
            find(look, watch, Suspicion::mac_sequence,
                 std::to_string(watch.run) + " in sequence of " + tried);
        else if (watch.macs.size() >= limit(Suspicion::mac_sweep))
            find(look, watch, Suspicion::mac_sweep, tried);
        if (watch.forged.size() >= limit(Suspicion::forged_certificates))
            find(look, watch, Suspicion::forged_certificates,
                 std::to_string(watch.forged.size()) + " certificates" + within);
        if (static_cast<std::size_t>(watch.generic) >= limit(Suspicion::generic_certificates))
            find(look, watch, Suspicion::generic_certificates,
                 std::to_string(watch.generic) + " visits" + within);
        if (watch.shown.size() >= limit(Suspicion::credential_guessing))
            find(look, watch, Suspicion::credential_guessing,
                 std::to_string(watch.shown.size()) + " user names or tokens" + within);
        if (watch.paths.size() >= limit(Suspicion::path_probing))
            find(look, watch, Suspicion::path_probing,
                 std::to_string(watch.paths.size()) + " paths" + within);
        bool banned = false;
        for (auto i = found; i < look.findings.size(); ++i) {
            look.findings[i].network = host_of(seen.source.address);
            banned |= look.findings[i].bans;
        }
        if (banned) watch.since = 0;  // who comes back after the ban is counted anew
    });
}

void Detector::watch_network(Look& look) {
    const auto& seen = look.seen;
    networks_.with(seen.source.network, [&](NetworkWatch& watch) {
        begin(watch, seen.at);
        watch.macs.add(look.mac);
        watch.hosts.add(seen.source.host);
        if (watch.hosts.size() < fewest_hosts || watch.macs.size() < limit(Suspicion::network_sweep)) return;
        const auto found = look.findings.size();
        find(look, watch, Suspicion::network_sweep,
             std::to_string(watch.macs.size()) + " MACs from " + std::to_string(watch.hosts.size()) +
                 " addresses within " + span_text(watch.since, seen.at));
        if (look.findings.size() == found) return;
        look.findings.back().network = network_of(seen.source.address);
        if (look.findings.back().bans) watch.since = 0;
    });
}

void Detector::watch_mac(Look& look) {
    const auto& seen = look.seen;
    macs_.with(look.mac, [&](MacWatch& watch) {
        begin(watch, seen.at);
        watch.hosts.add(seen.source.host);
        if (watch.hosts.size() < limit(Suspicion::mac_from_many_sources)) return;
        const auto found = look.findings.size();
        find(look, watch, Suspicion::mac_from_many_sources,
             seen.tried->lower() + " from " + std::to_string(watch.hosts.size()) + " addresses within " +
                 span_text(watch.since, seen.at));
        if (look.findings.size() != found) look.findings.back().device = seen.tried;
    });
}

void Detector::look_at_device(Look& look, Suspicion suspicion, MacAddress device) {
    macs_.with(scatter(settings_.seed, device.value()), [&](MacWatch& watch) {
        begin(watch, look.seen.at);
        const auto found = look.findings.size();
        find(look, watch, suspicion, device.lower() + " from " + look.seen.source.address.text());
        if (look.findings.size() == found) return;
        look.findings.back().device = device;
        look.findings.back().network = host_of(look.seen.source.address);
    });
}

// New MACs an hour, or three times as many a day. A phone that is broken comes again and again, but its MAC
// is new only once.
void Detector::watch_scan(Look& look, std::uint64_t key, Suspicion suspicion) {
    const auto& seen = look.seen;
    scans_.with(key, [&](ScanWatch& watch) {
        const auto hour = to_millis(seen.at) / hour_millis;
        if (watch.hour == 0) watch.hour = hour;
        if (hour - watch.hour >= 24 || hour < watch.hour)
            watch.hours = {}, watch.hosts = {}, watch.reported = 0;
        for (; watch.hour < hour; ++watch.hour) {
            watch.hours[static_cast<std::size_t>((watch.hour + 1) % 24)] = 0;
            if (watch.hour % 24 == 0) watch.hosts = {}, watch.reported = 0;  // once a day
        }
        watch.hour = hour;
        watch.last = to_millis(seen.at);
        auto& now = watch.hours[static_cast<std::size_t>(hour % 24)];
        if (now < UINT16_MAX) ++now;
        watch.hosts.add(seen.source.host);
        const auto& before = watch.hours[static_cast<std::size_t>((hour + 23) % 24)];
        const std::size_t recent = static_cast<std::size_t>(now) + before, all = watch.weight();
        if (watch.hosts.size() < fewest_scanners || (recent < limit(suspicion) && all < 3 * limit(suspicion)))
            return;
        const auto place =
            suspicion == Suspicion::prefix_scan ? "prefix " + prefix_text(*seen.tried) + ": " : "";
        find(look, watch, suspicion,
             place + std::to_string(recent) + " new MACs within two hours, " + std::to_string(all) +
                 " within a day, from about " + std::to_string(watch.hosts.size()) + " addresses");
    });
}

std::size_t Detector::bytes() const {
    return sources_.bytes() + networks_.bytes() + macs_.bytes() + scans_.bytes() + recent_bits / 4;
}

}  // namespace provost
