// What operators are told at once (R-C7), and how a storm becomes one alert: pure, of a fixed size.
#pragma once

#include "base/clock.h"
#include "service/records.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

enum class AlertWeight : std::uint8_t { info, warning, critical };
std::string_view to_text(AlertWeight weight);
std::optional<AlertWeight> parse_alert_weight(std::string_view text);

// One thing that happened; those of the same group are one alert.
struct AlertSignal {
    Timestamp at{};
    AlertWeight weight = AlertWeight::warning;
    std::string kind, rule;  // what they have in common
    std::string says, next;  // in words
    std::string example;     // printable, on one line
};

// nullopt: it alerts nobody. The catalogue of events says which do, and of findings the topic of the review.
std::optional<AlertSignal> signal_of(const Event& event);

struct Alert {
    enum class Phase : std::uint8_t { begun, goes_on, ended, test };
    Phase phase = Phase::begun;
    AlertWeight weight = AlertWeight::warning;
    std::string kind, rule, says, next;
    std::uint64_t count = 0;  // since it began
    Timestamp first{}, last{}, at{};
    std::vector<std::string> examples;  // five at most
};
std::string_view to_text(Alert::Phase phase);

struct AlertPace {
    Duration gather = std::chrono::seconds(5);  // how long the first of a group waits for others
    Duration repeat = std::chrono::hours(1);    // how often a storm is told again while it lasts
    Duration quiet = std::chrono::minutes(10);  // without another of its group it has ended
    AlertWeight least = AlertWeight::warning;   // what is lighter is not told
};

// Not thread-safe. Times are of the caller's clock, not of the signals.
class AlertGroups {
 public:
    explicit AlertGroups(AlertPace pace) : pace_(pace) {}
    void take(const AlertSignal& signal, Timestamp now);
    std::vector<Alert> tick(Timestamp now);  // what is to be told now

 private:
    struct Group {
        Alert alert;
        Timestamp began{}, told{}, met{};  // by the caller's clock; `told` is 0 until it was told
        std::uint64_t told_count = 0;
    };

    const AlertPace pace_;
    std::map<std::string, Group> groups_;  // kinds and rules are ours, so there are few
};

// The same alert for each way to people. Nothing that a stranger wrote gets out of its place.
struct AlertMessage {
    std::string id;  // the same however often it is sent: who gets it twice can tell
    AlertWeight weight = AlertWeight::warning;
    Timestamp at{};
    std::string name;                 // of the message: "alert", "audit-head"
    std::string subject, text, json;  // one line, a page, an object
    bool operator==(const AlertMessage&) const = default;
};
AlertMessage message_of(const Alert& alert, std::string id, std::string_view host);

// Messages as the store keeps them over a restart; what can't be read is left out.
std::string to_stored(const std::vector<AlertMessage>& messages);
std::vector<AlertMessage> from_stored(std::string_view text);

}  // namespace provost
