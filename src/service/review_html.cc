#include "service/html_page.h"
#include "service/review_page.h"

namespace provost {

namespace {

void add_row_html(std::string& page, std::string_view name, const std::string& value) {
    if (value.empty()) return;
    page.append("<dt>").append(name).append("</dt><dd>").append(html(value)).append("</dd>\n");
}

void add_list(std::string& page, std::string_view title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    page.append("<p class=\"dim\">").append(title).append("</p><ul>\n");
    for (const auto& line : lines) page.append("<li>").append(html(line)).append("</li>\n");
    page += "</ul>\n";
}

void add_finding_html(std::string& page, const ReviewFinding& one) {
    const auto& traits = traits_of(one.topic);
    const auto weight = to_text(traits.weight);
    page.append("<section class=\"finding ")
        .append(weight)
        .append("\"><span class=\"weight\">")
        .append(weight);
    page.append("</span>\n<h3>").append(html(traits.title)).append("</h3>\n<p class=\"dim\">");
    page.append(html(span_of(one))).append("</p>\n<p><strong>To do:</strong> ").append(html(traits.next));
    page += "</p>\n<dl>\n";
    add_row_html(page, "From", counts_text(one.sources, one.more_sources));
    add_row_html(page, "Devices", counts_text(one.devices, one.more_devices));
    add_row_html(page, "Vendors", counts_text(one.vendors, false));
    add_row_html(page, "Tenants", counts_text(one.tenants, false));
    add_row_html(page, one.topic == ReviewTopic::unknown_issuers ? "Issuers" : "Reasons",
                 counts_text(one.reasons, false));
    page += "</dl>\n";
    add_list(page, "Seen", one.evidence);
    std::vector<std::string> examples;
    for (const auto& example : one.examples)
        examples.push_back("event " + std::to_string(example.event) + ", " + to_rfc3339(example.at) + ": " +
                           example.text);
    add_list(page, "Examples", examples);
    page += "</section>\n";
}

void add_places_html(std::string& page, std::string_view title, const std::vector<CountOf>& places) {
    if (places.empty()) return;
    page.append("<h2>By ").append(title).append("</h2>\n<table><thead><tr><th>").append(title);
    page += "</th><th>Events</th><th>Last (UTC)</th><th>What</th></tr></thead><tbody>\n";
    for (const auto& one : places)
        page += "<tr><td>" + html(one.name) + "</td><td class=\"number\">" + std::to_string(one.count) +
                "</td><td>" + minute_text(one.last) + "</td><td>" + topics_text(one.topics) + "</td></tr>\n";
    page += "</tbody></table>\n";
}

void add_bans_html(std::string& page, const Review& review) {
    if (review.bans_in_force == 0) return;
    page += "<h2>Bans in force: " + std::to_string(review.bans_in_force) +
            "</h2>\n<table><thead><tr><th>Network</th><th>Rule</th><th>Until (UTC)</th><th>Evidence</th></tr>"
            "</thead><tbody>\n";
    for (const auto& ban : review.bans)
        page += "<tr><td>" + ban.network.text() + "</td><td>" + html(ban.rule) + "</td><td>" +
                (ban.until ? minute_text(*ban.until) : std::string("removed")) + "</td><td>" +
                html(ban.evidence) + "</td></tr>\n";
    page += "</tbody></table>\n";
}

}  // namespace

std::string review_html(const Review& review, std::string_view version) {
    const auto title = "Review of " + minutes_text(review.from, review.to);
    std::string page =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Provost: ";
    page.append(title)
        .append("</title>\n<style>")
        .append(page_style())
        .append("</style></head>\n<body>\n<header><h1>");
    page.append(title).append("</h1>\n<p class=\"dim\">Events ").append(std::to_string(review.after + 1));
    page.append(" to ").append(std::to_string(review.up_to)).append(". Provost ").append(html(version));
    page.append("</p>\n<p>").append(html(headline(review))).append("</p></header>\n<main>\n");
    if (review.due) page += "<p class=\"due\">This review is due.</p>\n";
    page += "<h2>What was suspicious</h2>\n";
    if (review.findings.empty()) page += "<p>Nothing.</p>\n";
    for (const auto& one : review.findings) add_finding_html(page, one);
    add_places_html(page, "Network", review.networks);
    add_places_html(page, "Vendor", review.vendors);
    add_places_html(page, "Tenant", review.tenants);
    add_bans_html(page, review);
    page += "<h2>When you have looked at all of it</h2>\n<p><code>provost review --done --up-to " +
            std::to_string(review.up_to) + "</code></p>\n</main>\n</body></html>\n";
    return page;
}

}  // namespace provost
