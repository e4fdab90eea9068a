// What phones' visits came to, by the rule that decided them. Nothing that a stranger chooses is a label
// here: no address, MAC or path.
#pragma once

#include "base/metric.h"
#include "domain/decide.h"

#include <array>

namespace provost {

class VisitMetrics {
 public:
    static constexpr std::size_t rules = static_cast<std::size_t>(Rule::stage_without_secrets) + 1;

    void count(Rule rule, double seconds) noexcept {
        const auto at = static_cast<std::size_t>(rule);
        if (at < rules) by_rule_[at].add();
        duration_.observe(seconds);
    }
    [[nodiscard]] std::uint64_t of(Rule rule) const {
        return by_rule_[static_cast<std::size_t>(rule)].value();
    }
    [[nodiscard]] HistogramReading duration() const { return duration_.read(); }

 private:
    std::array<Counter, rules> by_rule_;
    Histogram duration_{duration_bounds};  // to decide, record and render
};

}  // namespace provost
