#include "service/review.h"

#include "domain/text.h"
#include "guard/sketch.h"
#include "guard/source.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t counted = 256;   // names of each list at once
constexpr std::size_t most_told = 10;  // ... and in the report
constexpr std::size_t told_places = 30;
constexpr std::size_t most_evidence = 20, most_examples = 5, most_bans = 50;

std::optional<IpAddress> address_of(std::string_view source) {
    return IpAddress::parse(source.substr(0, source.find('/')));
}

std::string network_text(std::string_view source) {
    const auto address = address_of(source);
    return address ? network_of(*address).text() : printable(source, 64);
}

std::string host_text(std::string_view source) {
    const bool one = source.ends_with("/32") || source.ends_with("/128");
    return printable(one ? source.substr(0, source.find('/')) : source, 64);
}

// What the judge wrote of a certificate that no CA here vouches for.
std::string issuer_of(const Event& event) {
    const auto at = event.detail.find(issuer_mark);
    return at == event.detail.npos ? std::string()
                                   : printable(event.detail.substr(at + issuer_mark.size()), 128);
}

void append(std::string& text, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (!text.empty()) text += ", ";
    text.append(name).append(name.empty() ? "" : " ").append(printable(value, 160));
}

std::string example_text(const Event& event) {
    std::string text;
    append(text, "", event.rule.empty() ? event.kind : event.rule);
    append(text, "from", event.source);
    if (event.device) append(text, event.proved ? "device" : "asks for", event.device->lower());
    if (!event.path.empty()) append(text, printable(event.method, 16), event.path);
    append(text, "as", event.user_agent);
    if (event.actor != "guard") append(text, "by", event.actor);
    append(text, "", event.detail);
    return text;
}

}  // namespace

struct ReviewTally::Facts {
    Timestamp at{};
    std::string source, device, tenant, vendor, reason;
    std::string evidence;            // empty: none
    const Event* example = nullptr;  // null: none
};

struct ReviewTally::Topic {
    std::uint64_t count = 0;
    Timestamp first{}, last{};
    Many<16'384> networks;
    TopCounts sources{counted}, devices{counted}, tenants{counted}, vendors{counted}, reasons{64};
    std::vector<std::string> evidence;
    std::vector<ReviewExample> examples;
};

ReviewTally::ReviewTally(ReviewNames names)
    : names_(std::move(names)),
      topics_(review_topic_count),
      networks_(counted * 4),
      vendors_(counted),
      tenants_(counted * 4) {}

ReviewTally::~ReviewTally() = default;

void ReviewTally::count(ReviewTopic topic, const Facts& facts) {
    auto& place = topics_[static_cast<std::size_t>(topic)];
    if (!place) place = std::make_unique<Topic>();
    auto& one = *place;
    if (one.count++ == 0) one.first = facts.at;
    one.first = std::min(one.first, facts.at);
    one.last = std::max(one.last, facts.at);
    const auto bit = 1U << static_cast<unsigned>(topic);
    if (!facts.source.empty()) {
        const auto network = network_text(facts.source);
        one.networks.add(scatter(ScatterSeed{}, as_bytes(network)));
        one.sources.add(host_text(facts.source), facts.at);
        networks_.add(network, facts.at, bit);
    }
    one.devices.add(facts.device, facts.at);
    one.tenants.add(facts.tenant, facts.at);
    one.vendors.add(facts.vendor, facts.at);
    one.reasons.add(facts.reason, facts.at);
    vendors_.add(facts.vendor, facts.at, bit);
    tenants_.add(facts.tenant, facts.at, bit);
    if (!facts.evidence.empty()) {
        if (one.evidence.size() >= most_evidence)
            one.evidence.erase(one.evidence.begin() + most_evidence / 2);
        one.evidence.push_back(to_rfc3339(facts.at) + " " + facts.evidence);
    }
    if (facts.example != nullptr && one.examples.size() < most_examples)
        one.examples.push_back({facts.example->id, facts.at, example_text(*facts.example)});
}

ReviewTally::Facts ReviewTally::facts_of(const Event& event) const {
    Facts facts;
    facts.at = event.at;
    facts.source = event.source;
    if (event.device) facts.device = event.device->lower();
    if (event.tenant != 0) facts.tenant = names_.tenant(event.tenant);
    facts.vendor = printable(event.vendor, 64);
    if (facts.vendor.empty() && event.device) facts.vendor = names_.vendor(*event.device);
    return facts;
}

void ReviewTally::count_visit(const Event& event) {
    const auto rule = parse_rule(event.rule);
    if (!rule) return;
    is_refusal(*rule) ? ++refused_ : ++answered_;
    auto topic = topic_of(*rule);
    if (!topic && event.detail.find(seen_elsewhere_mark) != event.detail.npos) topic = ReviewTopic::clone;
    if (!topic) return;
    auto facts = facts_of(event);
    facts.reason = *topic == ReviewTopic::unknown_issuers ? issuer_of(event) : printable(event.rule, 64);
    facts.example = &event;
    count(*topic, facts);
}

void ReviewTally::take(const Event& event) {
    ++events_;
    if (event.kind == "visit") return count_visit(event);
    const auto* const suspicion = event.kind == "guard.finding" ? find_suspicion(event.rule) : nullptr;
    const auto topic =
        suspicion != nullptr ? std::optional(topic_of(suspicion->suspicion)) : topic_of_kind(event.kind);
    if (!topic) return;
    auto facts = facts_of(event);
    facts.reason = printable(event.rule.empty() ? event.kind : event.rule, 64);
    if (*topic == ReviewTopic::tripwire)
        facts.example = &event;
    else
        append(facts.evidence, "", example_text(event));
    count(*topic, facts);
}

// The trail has all of these as events too, but for its own keys.
void ReviewTally::take(const AuditEntry& entry) {
    if (entry.kind == "delivery.begun") ++deliveries_;
    if (entry.kind == "delivery.ended" && entry.outcome == "broken") ++broken_;
    if (entry.kind != audit_keyed || entry.seq <= 1) return;
    Facts facts;
    facts.at = entry.at;
    facts.reason = entry.kind;
    facts.evidence = "entry " + std::to_string(entry.seq) + " of the audit trail: new keys, " +
                     printable(entry.detail, 200);
    count(ReviewTopic::trail, facts);
}

Review ReviewTally::finish(Review frame, const std::vector<Ban>& bans) {
    auto review = std::move(frame);
    if (review.missed != 0) {
        Facts facts;
        facts.at = review.to;
        facts.reason = "pruned";
        facts.evidence = std::to_string(review.missed) + " events were pruned before anybody reviewed them";
        count(ReviewTopic::trail, facts);
    }
    review.events = events_;
    review.answered = answered_;
    review.refused = refused_;
    review.deliveries = deliveries_;
    review.broken = broken_;
    for (const auto& traits : review_topics()) {
        const auto& place = topics_[static_cast<std::size_t>(traits.topic)];
        if (!place) continue;
        const auto& one = *place;
        review.findings.push_back({traits.topic, one.count, one.first, one.last, one.sources.full(),
                                   one.devices.full(), one.networks.size(), one.sources.top(most_told),
                                   one.devices.top(most_told), one.tenants.top(most_told),
                                   one.vendors.top(most_told), one.reasons.top(most_told), one.evidence,
                                   one.examples});
    }
    std::stable_sort(review.findings.begin(), review.findings.end(),
                     [](const ReviewFinding& a, const ReviewFinding& b) {
                         return traits_of(a.topic).weight < traits_of(b.topic).weight;
                     });
    review.networks = networks_.top(told_places);
    review.vendors = vendors_.top(told_places);
    review.tenants = tenants_.top(told_places);
    for (const auto& ban : bans) {
        if (!ban.holds(review.to)) continue;
        if (review.bans.size() < most_bans) review.bans.push_back(ban);
        ++review.bans_in_force;
    }
    return review;
}

}  // namespace provost
