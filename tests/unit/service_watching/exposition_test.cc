#include "service/exposition.h"

#include "service/visit_metrics.h"

#include <array>
#include <limits>

#include <gtest/gtest.h>

namespace provost {
namespace {

TEST(Exposition, R_C7_WritesFamiliesAsTheFormatWantsThem) {
    Exposition page;
    page.counter("a_total", "Counts \\ and\nmore.");
    page.sample(std::uint64_t{3}, {{"door", "main"}, {"text", "a\"b\\c\nd"}});
    page.gauge("b", "A value.");
    page.sample(0.25);
    page.sample(std::int64_t{-1}, {{"x", ""}});
    EXPECT_EQ(page.take(),
              "# HELP a_total Counts \\\\ and\\nmore.\n# TYPE a_total counter\n"
              "a_total{door=\"main\",text=\"a\\\"b\\\\c\\nd\"} 3\n"
              "# HELP b A value.\n# TYPE b gauge\nb 0.25\nb{x=\"\"} -1\n");
}

TEST(Exposition, R_C7_ValuesThatAreNoNumberHaveNames) {
    Exposition page;
    page.gauge("b", "B.");
    page.sample(std::numeric_limits<double>::infinity());
    page.sample(-std::numeric_limits<double>::infinity(), {{"x", "1"}});
    page.sample(std::numeric_limits<double>::quiet_NaN(), {{"x", "2"}});
    EXPECT_EQ(page.take(), "# HELP b B.\n# TYPE b gauge\nb +Inf\nb{x=\"1\"} -Inf\nb{x=\"2\"} NaN\n");
}

TEST(Exposition, R_C7_BucketsAreCumulated) {
    static constexpr std::array bounds{0.5, 1.0};
    Histogram histogram{bounds};
    for (const double value : {0.1, 0.5, 0.75, 1.0, 7.0}) histogram.observe(value);
    Exposition page;
    page.histogram("h", "H.");
    page.buckets(histogram.read(), {{"door", "main"}});
    EXPECT_EQ(page.take(),
              "# HELP h H.\n# TYPE h histogram\nh_bucket{door=\"main\",le=\"0.5\"} 2\n"
              "h_bucket{door=\"main\",le=\"1\"} 4\nh_bucket{door=\"main\",le=\"+Inf\"} 5\n"
              "h_sum{door=\"main\"} 9.35\nh_count{door=\"main\"} 5\n");
}

TEST(VisitMetrics, R_C7_EveryRuleHasItsCounter) {
    VisitMetrics visits;
    for (std::size_t i = 0; i < VisitMetrics::rules; ++i) visits.count(static_cast<Rule>(i), 0.002);
    for (std::size_t i = 0; i < VisitMetrics::rules; ++i) EXPECT_EQ(visits.of(static_cast<Rule>(i)), 1U);
    visits.count(static_cast<Rule>(VisitMetrics::rules), 0.002);
    EXPECT_NE(to_text(static_cast<Rule>(VisitMetrics::rules - 1)), to_text(static_cast<Rule>(0)))
        << "the last rule has a name";
    EXPECT_EQ(to_text(static_cast<Rule>(VisitMetrics::rules)), to_text(static_cast<Rule>(0)))
        << "there is a rule behind the one that is taken for the last";
}

}  // namespace
}  // namespace provost
