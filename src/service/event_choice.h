// Which events a program outside is told, by their names (docs/how-to/get-events-by-webhook.md): pure.
#pragma once

#include "service/records.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

// An event's name is its kind. A visit has two: `visit`, and by what became of it `refused.RULE` or
// `answered.RULE`. A pattern is a name, or how names begin and a `*`.
class EventChoice {
 public:
    // Patterns that check() takes.
    explicit EventChoice(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {}

    // P-2107 with the nearest name: no event is ever called so.
    static Status check(std::string_view pattern);

    [[nodiscard]] bool takes(const Event& event) const;
    [[nodiscard]] bool takes_visits() const;  // some of them
    [[nodiscard]] const std::vector<std::string>& patterns() const { return patterns_; }

 private:
    std::vector<std::string> patterns_;
};

}  // namespace provost
