#include "service/guard_post.h"

#include "crypto/random.h"
#include "domain/text.h"
#include "service/log.h"
#include "service/tenants.h"

#include <algorithm>

namespace provost {

namespace {

constexpr Duration refresh_period = std::chrono::seconds(10);
constexpr Duration prune_period = std::chrono::hours(1);
constexpr Duration on_its_way = std::chrono::seconds(5);  // a ban is in the store by then
constexpr std::size_t published_at_once = 1024;           // longer lists wait for the next tick
constexpr std::size_t most_sources = 60'000;
constexpr int widest_v4 = 96 + 8, widest_v6 = 16;

ScatterSeed draw_seed() {
    ScatterSeed seed{};
    random_bytes(seed);
    return seed;
}

GateSettings gate_settings(const GuardSettings& settings, const ScatterSeed& seed) {
    GateSettings gate;
    gate.seed = seed;
    gate.allow = settings.allow;
    gate.limits = settings.limits;
    gate.known_for = settings.known_for;
    return gate;
}

DetectorSettings detector_settings(const GuardSettings& settings, const ScatterSeed& seed) {
    DetectorSettings detector;
    detector.seed = seed;
    detector.suspicions = settings.suspicions;
    return detector;
}

bool overlaps(const Networks& allow, const Network& network) {
    return std::any_of(allow.begin(), allow.end(), [&](const Network& one) {
        return one.contains(network.address) || network.contains(one.address);
    });
}

Result<Network> read_network(const std::string& text) {
    PROVOST_TRY(const auto networks, parse_networks(text, "network"));
    if (networks.size() != 1)
        return fail({"P-2070", "a ban is for one network", "network", "",
                     "Write such as 192.0.2.7, 198.51.100.0/24 or 2001:db8::/48."});
    const auto& network = networks.front();
    if (network.bits < (network.address.is_v4() ? widest_v4 : widest_v6))
        return fail({"P-2070", "the network is too wide for a ban", "network", network.text(),
                     "An IPv4 /8 or an IPv6 /16 is the widest; a firewall does the rest."});
    return network;
}

Result<std::optional<Timestamp>> read_end(const std::string& text, Timestamp now) {
    if (text.empty()) return std::nullopt;
    const auto length = parse_duration(text);
    if (length && *length > Duration(0)) return now + *length;
    return fail({"P-2042", "'" + printable(text, 32) + "' is not an end to come", "for", "",
                 "Write how long, such as 1h or 7d; nothing means until you remove it."});
}

Event ban_event(std::string kind, const Ban& ban, Timestamp now, const std::string& actor) {
    auto event = change_event(std::move(kind), actor, now);
    event.source = ban.network.text();
    event.rule = ban.rule;
    event.detail = ban.evidence + (ban.until ? "; until " + to_rfc3339(*ban.until) : std::string("; no end"));
    return event;
}

// For whoever acts on the log, such as fail2ban. All of it is ours: nothing that a stranger wrote.
void log_ban(const Ban& ban) {
    const auto network = ban.network.text();
    log_event(LogLevel::warning, "guard.banned", network + " is banned: " + ban.rule,
              {{"network", network},
               {"rule", ban.rule},
               {"until", ban.until ? to_rfc3339(*ban.until) : std::string("removed")}});
}

}  // namespace

Networks default_allow() {
    return {{IpAddress::parse("127.0.0.0").value(), 104}, {IpAddress::parse("::1").value(), 128}};
}

GuardPost::GuardPost(Store& store, GuardSettings settings)
    : store_(store),
      settings_(std::move(settings)),
      seed_(draw_seed()),
      gate_(gate_settings(settings_, seed_)),
      detector_(detector_settings(settings_, seed_)) {}

Status GuardPost::open(Timestamp now) {
    PROVOST_TRY(const auto sources, store_.sources(now - settings_.known_for, most_sources));
    for (const auto& [text, at] : sources)
        if (const auto address = IpAddress::parse(text)) gate_.note_proof(gate_.meet(*address), at);
    return refresh(now);
}

void GuardPost::saw(const VisitFacts& facts) {
    const auto address = IpAddress::parse(facts.source);
    if (!address) return;
    Sighting seen;
    seen.source = gate_.meet(*address);
    const bool proved = facts.proved.has_value();
    if (costs_patience(proved, facts.rule)) gate_.note_failure(seen.source, facts.proved, facts.at);
    if (makes_source_known(proved, facts.registered, facts.rule)) gate_.note_proof(seen.source, facts.at);
    if (facts.answered != 0)
        gate_.note_answer(seen.source, facts.answered, static_cast<std::int64_t>(facts.bytes + 1023) / 1024,
                          facts.at);
    seen.at = facts.at;
    seen.rule = facts.rule;
    seen.proved = facts.proved;
    seen.tried = facts.tried;
    seen.tenant = facts.tenant;
    seen.clone = facts.clone;
    if (!facts.shown.empty()) seen.shown = scatter(seed_, facts.shown);
    if (!facts.proved) seen.path = scatter(seed_, as_bytes(facts.path));
    seen.source_known = gate_.knows(seen.source, facts.at);
    for (const auto& finding : detector_.see(seen)) {
        report(finding);
        if (finding.bans) ban(finding);
    }
}

Gate::Stop GuardPost::tenant_spent(std::string_view source, TenantId tenant, Timestamp now) {
    const auto address = IpAddress::parse(source);
    return address ? gate_.asks_of_tenant(gate_.meet(*address), tenant, now) : std::nullopt;
}

void GuardPost::report(const Finding& finding) {
    Event event;
    event.at = finding.at;
    event.kind = "guard.finding";
    event.rule = traits_of(finding.suspicion).name;
    if (finding.network) event.source = finding.network->text();
    event.device = finding.device;
    event.tenant = finding.tenant;
    event.detail = finding.evidence;
    event.actor = "guard";
    store_.record(std::move(event));
}

const Ban* GuardPost::last_of(const Network& network) const {
    const auto found =
        std::find_if(bans_.begin(), bans_.end(), [&](const Ban& one) { return one.network == network; });
    return found == bans_.end() ? nullptr : &*found;
}

void GuardPost::ban(const Finding& finding) {
    Ban made;
    made.network = *finding.network;
    if (overlaps(settings_.allow, made.network)) return;
    made.rule = traits_of(finding.suspicion).name;
    made.evidence = finding.evidence;
    made.made = finding.at;
    made.actor = "guard";
    {
        const std::lock_guard lock(mutex_);
        const auto* const last = last_of(made.network);
        if (last != nullptr && last->holds(finding.at)) return;
        if (last == nullptr && bans_.size() >= settings_.most_bans) {
            ++not_banned_;
            return;
        }
        made.level = next_level(last, finding.at, settings_.memory);
        made.until = finding.at + ban_length(settings_.ladder, made.level);
        std::erase_if(bans_, [&](const Ban& one) { return one.network == made.network; });
        bans_.push_back(made);
        if (bans_.size() <= published_at_once)
            publish(finding.at);
        else
            stale_ = true;
    }
    log_ban(made);
    store_.submit_later([made](Transaction& transaction) -> Status {
        PROVOST_TRY(const auto there, transaction.ban(made.network));
        if (there && (!there->until || *there->until >= *made.until)) return {};  // another node was quicker
        PROVOST_CHECK(transaction.put_ban(made));
        return transaction.insert_event(ban_event("ban.added", made, made.made, made.actor))
            .map([](std::int64_t) {});
    });
}

void GuardPost::publish(Timestamp now) {
    gate_.set_bans(std::make_shared<const BanList>(bans_, now));
    stale_ = false;
}

Status GuardPost::refresh(Timestamp now) {
    PROVOST_TRY(auto stored, store_.bans());
    const std::lock_guard lock(mutex_);
    for (const auto& one : bans_) {
        const bool young = one.id == 0 && now - one.made < on_its_way;
        const bool there = std::any_of(stored.begin(), stored.end(),
                                       [&](const Ban& other) { return other.network == one.network; });
        if (young && !there) stored.push_back(one);
    }
    bans_ = std::move(stored);
    refreshed_ = now;
    publish(now);
    return {};
}

Status GuardPost::tick(Timestamp now) {
    if (now - pruned_ >= prune_period || now < pruned_) {
        pruned_ = now;
        PROVOST_CHECK(store_.apply([before = now - settings_.memory](Transaction& transaction) {
            return transaction.drop_bans(before);
        }));
    }
    {
        const std::lock_guard lock(mutex_);
        if (now - refreshed_ < refresh_period && now >= refreshed_) {
            if (stale_) publish(now);
            return {};
        }
    }
    return refresh(now);
}

Result<Ban> GuardPost::add(const Draft& draft, Timestamp now, const std::string& actor) {
    Ban made;
    PROVOST_TRY(made.network, read_network(draft.network));
    PROVOST_TRY(made.until, read_end(draft.length, now));
    if (overlaps(settings_.allow, made.network))
        return fail({"P-2071", "the network is on the allow-list", "network", made.network.text(),
                     "Take it out of 'guard.allow' in the server's configuration first."});
    if (draft.reason.empty() || draft.reason.size() > 256 || !is_clean_text(draft.reason))
        return fail({"P-2072", "a ban needs a reason", "reason",
                     "it is empty, longer than 256 bytes or holds control characters", "Give --reason."});
    made.rule = ban_by_hand;
    made.evidence = draft.reason;
    made.made = now;
    made.actor = actor;
    PROVOST_CHECK(store_.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(made.id, transaction.put_ban(made));
        return transaction.insert_event(ban_event("ban.added", made, now, actor)).map([](std::int64_t) {});
    }));
    log_ban(made);
    PROVOST_CHECK(refresh(now));
    return made;
}

Status GuardPost::remove(std::int64_t id, Timestamp now, const std::string& actor) {
    PROVOST_TRY(const auto all, store_.bans());
    PROVOST_CHECK(store_.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.delete_ban(id));
        for (const auto& one : all)
            if (one.id == id) {
                const auto event = ban_event("ban.removed", one, now, actor);
                PROVOST_CHECK(transaction.insert_event(event).map([](std::int64_t) {}));
            }
        return {};
    }));
    {
        const std::lock_guard lock(mutex_);
        for (const auto& one : all)
            if (one.id == id)
                std::erase_if(bans_, [&](const Ban& other) { return other.network == one.network; });
    }
    return refresh(now);
}

GuardPost::BanCounts GuardPost::ban_counts(Timestamp now) const {
    const std::lock_guard lock(mutex_);
    const auto holds = [&](const Ban& one) { return one.holds(now); };
    return {static_cast<std::uint64_t>(std::count_if(bans_.begin(), bans_.end(), holds)), not_banned_};
}

GuardPost::NamedCounters GuardPost::counters(Timestamp now) const {
    NamedCounters all;
    for (const auto& traits : limits()) {
        const auto name = "guard." + std::string(traits.name);
        all.emplace_back(name, gate_.stopped(traits.limit));
        if (gate_.is_dry(traits.limit))
            all.emplace_back(name + ".dry-run", gate_.would_have_stopped(traits.limit));
    }
    for (const auto& traits : suspicions())
        all.emplace_back("guard.found." + std::string(traits.name), found(traits.suspicion));
    const auto bans = ban_counts(now);
    all.emplace_back("guard.bans", bans.in_force);
    all.emplace_back("guard.bans-not-made", bans.not_made);
    return all;
}

}  // namespace provost
