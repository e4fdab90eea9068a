#include "service/fleet_history.h"

namespace provost {

namespace {

constexpr std::string_view refused = "refused.", state = "state.";

Duration length_of(TallySpan step) {
    return step == TallySpan::hour ? std::chrono::hours(1) : std::chrono::hours(24);
}

Timestamp start_of(Timestamp at, TallySpan step) {
    return Timestamp(at.time_since_epoch() / length_of(step) * length_of(step));
}

class Series {
 public:
    explicit Series(const HistorySpan& span) : span_(span), first_(start_of(span.from, span.step)) {
        for (auto at = first_; at < span.to; at += length_of(span.step)) history_.times.push_back(at);
        history_.visits.resize(size());
        history_.delivered.resize(size());
    }

    void add(const TallyRow& row) {
        const auto at = static_cast<std::size_t>((row.at - first_) / length_of(span_.step));
        if (row.at < first_ || at >= size()) return;
        const std::string_view name = row.name;
        if (name == "visits") history_.visits[at] += row.count;
        if (name == "delivered") history_.delivered[at] += row.count;
        if (name.starts_with(refused)) {
            auto& line = history_.refusals_by_rule[std::string(name.substr(refused.size()))];
            line.resize(size());
            line[at] += row.count;
        }
        if (name.starts_with(state)) {
            auto& line = history_.states[std::string(name.substr(state.size()))];
            line.resize(size());
            line[at] = line[at].value_or(0) + row.count;
            looked_.resize(size());
            looked_[at] = true;
        }
    }

    FleetHistory take() {
        for (auto& [name, line] : history_.states)
            for (std::size_t at = 0; at < size(); ++at)
                if (looked_[at] && !line[at]) line[at] = 0;
        return std::move(history_);
    }

 private:
    [[nodiscard]] std::size_t size() const { return history_.times.size(); }

    const HistorySpan span_;
    const Timestamp first_;
    FleetHistory history_;
    std::vector<bool> looked_;
};

}  // namespace

Result<HistorySpan> check_span(HistorySpan span) {
    const auto times = (span.to - start_of(span.from, span.step)) / length_of(span.step);
    if (span.to > span.from && times <= static_cast<std::int64_t>(most_history)) return span;
    return fail({"P-8004", "the time asked for is refused", "from",
                 "it is empty, or longer than " + std::to_string(most_history) + " steps",
                 "Ask for less, or with step=day."});
}

Result<FleetHistory> fleet_history(FleetReads& fleet, const HistorySpan& span,
                                   const std::optional<std::vector<TenantId>>& tenants) {
    Series series(span);
    const auto from = start_of(span.from, span.step);
    for (const auto tenant : tenants ? *tenants : std::vector<TenantId>{0}) {
        PROVOST_TRY(const auto rows, fleet.tallies(tenant, span.step, from, span.to));
        for (const auto& row : rows) series.add(row);
    }
    return series.take();
}

}  // namespace provost
