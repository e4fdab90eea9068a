#include "service/exposition.h"

#include <array>
#include <charconv>
#include <cmath>

namespace provost {

namespace {

std::string number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 32> room{};
    const auto [end, error] = std::to_chars(room.data(), room.data() + room.size(), value);
    return error == std::errc() ? std::string(room.data(), end) : "NaN";
}

// In a label's value backslash, quote and line feed are escaped; in a help text the quote is not.
void append_escaped(std::string& out, std::string_view text, bool quoted) {
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\\' || (quoted && c == '"'))
            (out += '\\') += c;
        else
            out += c;
    }
}

}  // namespace

void Exposition::begin(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_.append("# HELP ").append(name).append(" ");
    append_escaped(text_, help, false);
    text_.append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
}

void Exposition::line(std::string_view suffix, const Labels& labels, std::string_view value) {
    text_.append(name_).append(suffix);
    char before = '{';
    for (const auto& [name, text] : labels) {
        (text_ += before).append(name).append("=\"");
        append_escaped(text_, text, true);
        text_ += '"';
        before = ',';
    }
    if (!labels.empty()) text_ += '}';
    text_.append(" ").append(value).append("\n");
}

void Exposition::sample(double value, const Labels& labels) {
    line("", labels, number(value));
}
void Exposition::sample(std::uint64_t value, const Labels& labels) {
    line("", labels, std::to_string(value));
}
void Exposition::sample(std::int64_t value, const Labels& labels) {
    line("", labels, std::to_string(value));
}

void Exposition::buckets(const HistogramReading& reading, const Labels& labels) {
    std::uint64_t so_far = 0;
    auto with_bound = labels;
    with_bound.emplace_back("le", "");
    for (std::size_t i = 0; i < reading.counts.size(); ++i) {
        so_far += reading.counts[i];
        const auto bound = i < reading.bounds.size() ? number(reading.bounds[i]) : "+Inf";
        with_bound.back().second = bound;
        line("_bucket", with_bound, std::to_string(so_far));
    }
    line("_sum", labels, number(reading.sum));
    line("_count", labels, std::to_string(so_far));
}

}  // namespace provost
