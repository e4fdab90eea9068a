#include "service/review_page.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t width = 100;

// Wrapped at blanks, each further line beneath the first.
void add_wrapped(std::string& page, std::string_view indent, std::string_view text) {
    while (!text.empty()) {
        auto end = text.size();
        if (end > width - indent.size()) {
            end = text.rfind(' ', width - indent.size());
            if (end == text.npos || end == 0) end = std::min(text.find(' '), text.size());
        }
        page.append(indent).append(text.substr(0, end)).append("\n");
        text.remove_prefix(end);
        while (text.starts_with(' ')) text.remove_prefix(1);
    }
}

void add_row_text(std::string& page, std::string_view name, const std::string& value) {
    if (value.empty()) return;
    page.append("        ")
        .append(name)
        .append(std::string(12 - name.size(), ' '))
        .append(value)
        .append("\n");
}

void add_finding_text(std::string& page, const ReviewFinding& one) {
    const auto& traits = traits_of(one.topic);
    auto mark = std::string(to_text(traits.weight));
    for (char& c : mark) c = static_cast<char>(c - 'a' + 'A');
    page.append("\n").append(mark).append(std::string(6 - mark.size(), ' ')).append(traits.title);
    page.append("\n        ").append(span_of(one)).append("\n");
    add_row_text(page, "from", counts_text(one.sources, one.more_sources));
    add_row_text(page, "devices", counts_text(one.devices, one.more_devices));
    add_row_text(page, "vendors", counts_text(one.vendors, false));
    add_row_text(page, "tenants", counts_text(one.tenants, false));
    add_row_text(page, one.topic == ReviewTopic::unknown_issuers ? "issuers" : "reasons",
                 counts_text(one.reasons, false));
    for (const auto& text : one.evidence) add_row_text(page, "seen", text);
    for (const auto& example : one.examples)
        add_row_text(page, "event " + std::to_string(example.event).substr(0, 6),
                     to_rfc3339(example.at) + " " + example.text);
    add_wrapped(page, "        ", "To do: " + std::string(traits.next));
}

void add_places_text(std::string& page, std::string_view title, const std::vector<CountOf>& places) {
    if (places.empty()) return;
    std::size_t widest = 0;
    for (const auto& one : places) widest = std::max(widest, one.name.size());
    page.append("\n").append(title).append("\n");
    for (const auto& one : places) {
        const auto count = std::to_string(one.count);
        page.append("  ").append(one.name).append(std::string(widest - one.name.size() + 2, ' '));
        page.append(std::string(count.size() < 8 ? 8 - count.size() : 0, ' ')).append(count);
        page.append("  ")
            .append(minute_text(one.last))
            .append("  ")
            .append(topics_text(one.topics))
            .append("\n");
    }
}

void add_bans_text(std::string& page, const Review& review) {
    if (review.bans_in_force == 0) return;
    page += "\nBans in force: " + std::to_string(review.bans_in_force) + "\n";
    for (const auto& ban : review.bans)
        page += "  " + ban.network.text() + "  " + ban.rule + ", " +
                (ban.until ? "until " + minute_text(*ban.until) : std::string("until it is removed")) + "\n";
}

}  // namespace

std::string minute_text(Timestamp at) {
    auto text = to_rfc3339(at).substr(0, 16);
    std::replace(text.begin(), text.end(), 'T', ' ');
    return text;
}

// The day is not said twice.
std::string minutes_text(Timestamp from, Timestamp to) {
    const auto first = minute_text(from), last = minute_text(to);
    if (first == last) return first + " UTC";
    return first + " to " + (first.substr(0, 10) == last.substr(0, 10) ? last.substr(11) : last) + " UTC";
}

std::string headline(const Review& review) {
    const auto number = [](std::uint64_t count) { return std::to_string(count); };
    auto text = number(review.events) + " events: " + number(review.answered) + " requests answered, " +
                number(review.refused) + " refused; " + number(review.deliveries) +
                " deliveries of secrets, " + number(review.broken) + " of them broken off.";
    if (review.last.by.empty()) return text + " Nobody has reviewed before.";
    return text + " Reviewed last on " + minute_text(review.last.at) + " UTC by " + review.last.by +
           ", up to event " + number(static_cast<std::uint64_t>(review.last.up_to)) + ".";
}

std::string counts_text(const std::vector<CountOf>& counts, bool more) {
    std::string text;
    for (const auto& one : counts) {
        if (!text.empty()) text += ", ";
        text += one.name;
        if (one.count > 1)
            text += " (" + std::string(more ? "at least " : "") + std::to_string(one.count) + ")";
    }
    return more ? text + ", and others" : text;
}

std::string topics_text(std::uint32_t topics) {
    std::string text;
    for (const auto& traits : review_topics())
        if ((topics >> static_cast<unsigned>(traits.topic) & 1U) != 0)
            text.append(text.empty() ? "" : ", ").append(traits.name);
    return text;
}

std::string span_of(const ReviewFinding& one) {
    auto text = std::to_string(one.count) + (one.count == 1 ? " event" : " events");
    if (one.networks > 1) text += " from about " + std::to_string(one.networks) + " networks";
    return text + ", " + minutes_text(one.first, one.last);
}

std::string review_text(const Review& review) {
    std::string page = "Review of " + minutes_text(review.from, review.to) + ", events " +
                       std::to_string(review.after + 1) + " to " + std::to_string(review.up_to) + "\n";
    add_wrapped(page, "", headline(review));
    if (review.due) page += "This review is due.\n";
    if (review.findings.empty()) page += "\nNothing suspicious.\n";
    for (const auto& one : review.findings) add_finding_text(page, one);
    add_places_text(page, "By network", review.networks);
    add_places_text(page, "By vendor", review.vendors);
    add_places_text(page, "By tenant", review.tenants);
    add_bans_text(page, review);
    page += "\nWhen you have looked at all of it: provost review --done --up-to " +
            std::to_string(review.up_to) + "\n";
    return page;
}

}  // namespace provost
