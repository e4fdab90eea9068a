#include "service/verdict_facts.h"

#include "domain/text.h"
#include "service/device_access.h"
#include "service/device_diff.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t refusals_searched = 500;
constexpr std::size_t acts_searched = 20;
constexpr std::size_t neighbours_counted = 50;
constexpr std::size_t tenants_named = 3;
constexpr Duration lately = std::chrono::hours(24);

// Of this MAC in its own tenant, and from before it had one: it may have been another customer's in between.
EventFilter events_of(const VerdictFacts& facts) {
    EventFilter filter;
    filter.device = facts.mac;
    if (facts.device != nullptr) filter.within = {0, facts.device->tenant};
    return filter;
}

Status take_contacts(const House& house, VerdictFacts& facts) {
    auto filter = events_of(facts);
    filter.kind = "visit";
    PROVOST_TRY(facts.contacts, house.store.last_events(filter, contacts_judged));
    facts.more_contacts = facts.contacts.size() == contacts_judged;
    return {};
}

std::string address_of(const VerdictFacts& facts) {
    if (!facts.contacts.empty()) return facts.contacts.front().source;
    return facts.device == nullptr ? std::string() : facts.device->last_source;
}

Status take_ban(const House& house, VerdictFacts& facts) {
    const auto address = IpAddress::parse(address_of(facts));
    if (!address) return {};
    PROVOST_TRY(const auto bans, house.store.bans());
    for (const auto& ban : bans)
        if (ban.holds(facts.now) && ban.network.contains(*address)) facts.ban = ban;
    return {};
}

bool names(std::string path, MacAddress mac) {
    std::ranges::transform(path, path.begin(),
                           [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
    return path.find(mac.lower()) != path.npos;
}

// Among the newest refusals: older ones no longer tell why it does not work now.
Status take_other_showed(const House& house, VerdictFacts& facts) {
    EventFilter filter;
    filter.refusals_only = true;
    PROVOST_TRY(const auto refusals, house.store.last_events(filter, refusals_searched));
    for (const auto& event : refusals)
        if (event.rule == to_text(Rule::claim_mismatch) && event.device != facts.mac &&
            names(event.path, facts.mac)) {
            facts.other_showed = event;
            const bool foreign = facts.device != nullptr && event.tenant != facts.device->tenant;
            if (event.tenant != 0 && foreign) {  // another customer's
                facts.other_showed->device.reset();
                facts.other_showed->source.clear();
            }
            return {};
        }
    return {};
}

// Others at its site; returns the address of the one that was seen last.
Result<std::string> take_site(const House& house, VerdictFacts& facts) {
    FleetQuestion question;
    question.filter.tenants = {facts.device->tenant};
    question.filter.site = facts.device->site;
    question.sort = FleetSort::seen;
    question.down = true;
    question.limit = neighbours_counted;
    PROVOST_TRY(const auto page, house.store.fleet().page(question));
    facts.site_others = static_cast<std::size_t>(std::max<std::int64_t>(page.total - 1, 0));
    std::string address;
    for (const auto& row : page.rows) {
        const auto& other = row.device;
        if (other.mac == facts.mac || !other.last_seen || facts.now - *other.last_seen > lately) continue;
        ++facts.site_seen;
        if (address.empty()) address = other.last_source;
    }
    return address;
}

void take_handshakes(const House& house, const std::string& address, bool own, VerdictFacts& facts) {
    if (address.empty() || facts.handshakes) return;
    facts.handshakes = house.handshakes->find(address);
    facts.handshake_source = address;
    facts.handshake_is_own = own;
}

Status take_last_change(const House& house, VerdictFacts& facts) {
    auto filter = events_of(facts);
    filter.without_visits = true;
    PROVOST_TRY(const auto acts, house.store.last_events(filter, acts_searched));
    static constexpr std::array<std::string_view, 4> not_people = {"clock", "server", "guard", "store"};
    for (const auto& one : acts) {
        // What was left with it changed nothing of it.
        if (one.kind == "device.noted" || one.kind == "device.muted" || one.kind == "device.unmuted")
            continue;
        const bool person = !one.actor.empty() &&
                            std::ranges::find(not_people, one.actor) == not_people.end() &&
                            !one.actor.starts_with("registrar");
        if (!person) continue;
        facts.last_change = one;
        return {};
    }
    return {};
}

std::string first_account(const Device& device) {
    static const auto user = *find_setting("line.user");
    for (const auto& one : device.settings)
        if (one.key.id == user) return one.value;
    return {};
}

void take_address(const House& house, VerdictFacts& facts) {
    const auto access = facts.device == nullptr ? Access::certificate : facts.device->access;
    if (facts.vendor == nullptr || access == Access::token) return;
    const auto policies = house.policies.current();
    const auto* const door = policies->door_for(access, facts.vendor->id);
    if (door != nullptr && !door->url.empty())
        facts.address = fill_address(facts.vendor->setup.url, door->url);
}

Status take_neighbours(const House& house, VerdictFacts& facts) {
    SearchTerms terms;
    terms.address = address_of(facts);
    if (terms.address.empty()) return {};
    PROVOST_TRY(const auto found, house.store.fleet().search(terms, std::nullopt, neighbours_counted));
    const auto policies = house.policies.current();
    for (const auto& one : found) {
        PROVOST_TRY(const auto device, house.store.device(one.mac));
        if (!device || device->last_source != terms.address) continue;
        const auto* const view = policies->tenant(device->tenant);
        if (view == nullptr || facts.neighbours.size() == tenants_named) continue;
        if (std::ranges::find(facts.neighbours, view->tenant.slug) == facts.neighbours.end())
            facts.neighbours.push_back(view->tenant.slug);
    }
    return {};
}

Status take_device(const House& house, VerdictFacts& facts) {
    PROVOST_CHECK(take_ban(house, facts));
    PROVOST_TRY(const auto site_address, take_site(house, facts));
    take_handshakes(house, address_of(facts), true, facts);
    if (!facts.device->last_seen) take_handshakes(house, site_address, false, facts);
    PROVOST_CHECK(take_last_change(house, facts));
    if (!facts.contacts.empty())
        if (const auto diff = diff_device(house, facts.mac); diff && diff->since)
            facts.changes = diff->changed.size() + diff->added.size() + diff->removed.size();
    facts.account = first_account(*facts.device);
    facts.can_resync =
        house.resync != nullptr && facts.vendor != nullptr && !facts.vendor->resync.event.empty();
    return {};
}

}  // namespace

Result<VerdictFacts> verdict_facts(const House& house, MacAddress mac, const Device* device) {
    VerdictFacts facts;
    facts.mac = mac;
    facts.now = house.clock.now();
    facts.device = device;
    const auto& catalogue = house.vendors->catalogue();
    facts.vendor = device == nullptr ? catalogue.by_mac(mac) : house.vendors->find(device->vendor);
    PROVOST_CHECK(take_contacts(house, facts));
    PROVOST_CHECK(take_other_showed(house, facts));
    take_address(house, facts);
    PROVOST_CHECK(device == nullptr ? take_neighbours(house, facts) : take_device(house, facts));
    return facts;
}

}  // namespace provost
