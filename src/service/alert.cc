#include "service/alert.h"

#include "domain/text.h"
#include "service/event_catalogue.h"
#include "service/review_topic.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::array<std::string_view, 3> weights{"info", "warning", "critical"};
constexpr std::size_t most_examples = 5;
constexpr std::size_t most_groups = 256;

AlertWeight weight_of(ReviewWeight weight) {
    switch (weight) {
        case ReviewWeight::act:
            return AlertWeight::critical;
        case ReviewWeight::look:
            return AlertWeight::warning;
        case ReviewWeight::note:
            break;
    }
    return AlertWeight::info;
}

void append(std::string& text, std::string_view name, std::string_view value, std::size_t most = 160) {
    if (value.empty()) return;
    if (!text.empty()) text += ", ";
    text.append(name).append(name.empty() ? "" : " ").append(printable(value, most));
}

std::string example_of(const Event& event) {
    std::string text;
    append(text, "from", event.source);
    if (event.device) append(text, "device", event.device->lower());
    append(text, "by", event.actor == "guard" ? std::string() : event.actor);
    append(text, "", event.detail, 300);
    append(text, printable(event.method, 16), event.path);
    return to_rfc3339(event.at) + (text.empty() ? "" : " " + text);
}

}  // namespace

std::string_view to_text(AlertWeight weight) {
    return weights[static_cast<std::size_t>(weight)];
}

std::optional<AlertWeight> parse_alert_weight(std::string_view text) {
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (weights[i] == text) return static_cast<AlertWeight>(i);
    return std::nullopt;
}

std::string_view to_text(Alert::Phase phase) {
    switch (phase) {
        case Alert::Phase::begun:
            return "begun";
        case Alert::Phase::goes_on:
            return "goes on";
        case Alert::Phase::ended:
            return "ended";
        case Alert::Phase::test:
            break;
    }
    return "test";
}

std::optional<AlertSignal> signal_of(const Event& event) {
    const auto catalogue = event_catalogue();
    const auto known = std::find_if(catalogue.begin(), catalogue.end(),
                                    [&](const EventName& one) { return one.name == event.kind; });
    if (known == catalogue.end() || known->alert.empty()) return std::nullopt;
    AlertSignal signal{event.at,
                       AlertWeight::warning,
                       event.kind,
                       "",
                       std::string(known->meaning),
                       std::string(known->next),
                       example_of(event)};
    if (const auto weight = parse_alert_weight(known->alert)) signal.weight = *weight;
    if (const auto* const suspicion = event.kind == "guard.finding" ? find_suspicion(event.rule) : nullptr) {
        signal.weight = weight_of(traits_of(topic_of(suspicion->suspicion)).weight);
        signal.rule = event.rule;
        signal.says = suspicion->saw;
        signal.next = suspicion->next;
    }
    return signal;
}

void AlertGroups::take(const AlertSignal& signal, Timestamp now) {
    if (signal.weight < pace_.least) return;
    const auto key = signal.kind + "/" + signal.rule;
    if (!groups_.contains(key) && groups_.size() >= most_groups) return;
    auto& group = groups_[key];
    auto& alert = group.alert;
    if (alert.count == 0) {
        group.began = now;
        alert.weight = signal.weight;
        alert.kind = signal.kind;
        alert.rule = signal.rule;
        alert.says = signal.says;
        alert.next = signal.next;
        alert.first = signal.at;
    }
    ++alert.count;
    alert.last = std::max(alert.last, signal.at);
    group.met = now;
    if (alert.examples.size() < most_examples) alert.examples.push_back(signal.example);
}

// The first is told soon, with those that came along; then the storm now and then, with its newest examples;
// and its end, unless all of it was told at once.
std::vector<Alert> AlertGroups::tick(Timestamp now) {
    std::vector<Alert> told;
    const auto tell = [&](Group& group, Alert::Phase phase) {
        group.alert.phase = phase;
        group.alert.at = now;
        told.push_back(group.alert);
        group.told = now;
        group.told_count = group.alert.count;
        group.alert.examples.clear();
    };
    for (auto one = groups_.begin(); one != groups_.end();) {
        auto& group = one->second;
        const bool new_ones = group.alert.count != group.told_count;
        const bool over = now - group.met >= pace_.quiet;
        if (group.told == Timestamp()) {
            if (now - group.began >= pace_.gather) tell(group, Alert::Phase::begun);
        } else if (over && (new_ones || group.alert.phase == Alert::Phase::goes_on)) {
            tell(group, Alert::Phase::ended);
        } else if (new_ones && now - group.told >= pace_.repeat) {
            tell(group, Alert::Phase::goes_on);
        }
        one = over && group.told != Timestamp() ? groups_.erase(one) : std::next(one);
    }
    return told;
}

}  // namespace provost
