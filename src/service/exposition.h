// Metrics as Prometheus reads them: text exposition format 0.0.4.
#pragma once

#include "base/metric.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

inline constexpr std::string_view exposition_type = "text/plain; version=0.0.4; charset=utf-8";

class Exposition {
 public:
    using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

    // Begins a family; its samples follow. Each name once.
    void counter(std::string_view name, std::string_view help) { begin(name, "counter", help); }
    void gauge(std::string_view name, std::string_view help) { begin(name, "gauge", help); }
    void histogram(std::string_view name, std::string_view help) { begin(name, "histogram", help); }

    void sample(double value, const Labels& labels = {});
    void sample(std::uint64_t value, const Labels& labels = {});
    void sample(std::int64_t value, const Labels& labels = {});
    void buckets(const HistogramReading& reading, const Labels& labels = {});

    [[nodiscard]] std::string take() { return std::move(text_); }

 private:
    void begin(std::string_view name, std::string_view type, std::string_view help);
    void line(std::string_view suffix, const Labels& labels, std::string_view value);

    std::string text_;
    std::string name_;
};

}  // namespace provost
