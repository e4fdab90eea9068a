#include "service/fleet_report.h"

#include "domain/csv.h"
#include "service/html_page.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t rows_shown = 50;

constexpr std::string_view more_style = R"css(
.figures{display:flex;flex-wrap:wrap;gap:.8rem;margin:1rem 0}.figures div{background:var(--card);border:1px solid var(--line);border-radius:.35rem;padding:.6rem 1rem;min-width:8rem}
.figures b{display:block;font-size:1.5rem;font-variant-numeric:tabular-nums}
td.bar{width:40%}td.bar svg{display:block;width:100%;height:.7rem}td.bar rect{fill:var(--note)}
h2{break-after:avoid}tr{break-inside:avoid}@page{margin:18mm}
)css";

std::string minute_of(Timestamp at) {
    auto text = to_rfc3339(at).substr(0, 16);
    std::ranges::replace(text, 'T', ' ');
    return text;
}

// One row of a section, in the order in which both forms have them.
struct Row {
    std::string name;
    std::int64_t count = 0;
    std::string detail;
};
struct Section {
    std::string name, title, empty;  // empty: what is said where there is no row
    std::vector<Row> rows;
    bool bars = false;
};

std::vector<Row> rows_of(const std::vector<NameCount>& counts) {
    std::vector<Row> rows;
    for (const auto& one : counts) rows.push_back({one.name, one.count, ""});
    return rows;
}

std::vector<Row> state_rows(const FleetFigures& figures) {
    std::vector<Row> rows;
    for (const auto& [name, count] : figures.by_state) rows.push_back({name, count, ""});
    return rows;
}

std::vector<Row> rating_rows(const FleetFigures& figures) {
    std::vector<Row> rows;
    for (std::size_t stars = 5; stars > 0; --stars)
        rows.push_back({std::to_string(stars) + " of 5", figures.by_rating.at(stars), ""});
    rows.push_back({"never proved itself", figures.by_rating.front(), ""});
    return rows;
}

std::vector<Row> silent_rows(const FleetReport& report) {
    std::vector<Row> rows;
    for (const auto& one : report.figures.silent)
        if (one.overdue != 0)
            rows.push_back({report.slug(one.tenant) + (one.site.empty() ? ", no site" : ", " + one.site),
                            one.overdue, one.guess()});
    return rows;
}

std::vector<Row> attention_rows(const FleetReport& report) {
    std::vector<Row> rows;
    for (const auto& one : report.attention) rows.push_back({one.title, one.count, one.next});
    return rows;
}

std::vector<Row> certificate_rows(const FleetReport& report) {
    std::vector<Row> rows;
    for (const auto& one : report.certificates)
        rows.push_back({one.name, std::max<std::int64_t>((one.until - report.at) / std::chrono::hours(24), 0),
                        "ends " + minute_of(one.until) + " UTC"});
    return rows;
}

std::vector<Row> ban_rows(const FleetReport& report) {
    std::vector<Row> rows;
    for (const auto& one : report.bans) rows.push_back({one.network, 1, one.rule + ", until " + one.until});
    return rows;
}

std::vector<Section> sections_of(const FleetReport& report) {
    const auto& figures = report.figures;
    std::vector<Section> sections = {
        {"attention", "What needs a person", "Nothing.", attention_rows(report)},
        {"state", "By state", "No devices.", state_rows(figures), true},
        {"rating", "By rating", "No devices.", rating_rows(figures), true},
        {"vendor", "By vendor", "No devices.", rows_of(figures.by_vendor), true},
        {"model", "By model", "No devices.", rows_of(figures.by_model), true},
        {"firmware", "By firmware, as the phones said", "No devices.", rows_of(figures.by_firmware), true},
        {"silent", "Phones that never came, by site", "All phones that were expected came.",
         silent_rows(report)}};
    if (!report.of_server) return sections;
    sections.push_back({"certificate", "The server's certificates, with days left",
                        "The server has no certificate.", certificate_rows(report)});
    sections.push_back({"ban", "Banned networks", "No network is banned.", ban_rows(report)});
    if (!report.review.empty())
        sections.push_back({"review", "Review of suspicious activity", "", {{"review", 1, report.review}}});
    return sections;
}

std::int64_t most_of(const Section& section) {
    std::int64_t most = 1;
    for (const auto& row : section.rows) most = std::max(most, row.count);
    return most;
}

void add_section(std::string& page, const Section& section) {
    page.append("<h2>").append(html(section.title)).append("</h2>\n");
    if (section.rows.empty()) {
        page.append("<p class=\"dim\">").append(html(section.empty)).append("</p>\n");
        return;
    }
    const auto most = most_of(section);
    page += "<table><tbody>\n";
    for (std::size_t i = 0; i < std::min(section.rows.size(), rows_shown); ++i) {
        const auto& row = section.rows[i];
        page +=
            "<tr><td>" + html(row.name) + "</td><td class=\"number\">" + std::to_string(row.count) + "</td>";
        if (section.bars)
            // No style of its own: the page's policy lets none in.
            page += "<td class=\"bar\"><svg aria-hidden=\"true\"><rect width=\"" +
                    std::to_string(row.count * 100 / most) + "%\" height=\"100%\"/></svg></td>";
        if (!row.detail.empty()) page += "<td>" + html(row.detail) + "</td>";
        page += "</tr>\n";
    }
    page += "</tbody></table>\n";
    if (section.rows.size() > rows_shown)
        page += "<p class=\"dim\">... and " + std::to_string(section.rows.size() - rows_shown) +
                " more; the CSV form has them all.</p>\n";
}

void add_figure(std::string& page, std::int64_t value, std::string_view name) {
    page.append("<div><b>").append(std::to_string(value)).append("</b>").append(name).append("</div>");
}

// A spreadsheet takes what begins so for a formula.
std::string csv_cell(const std::string& text) {
    const bool formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    return quote_csv(formula ? "'" + text : text);
}

}  // namespace

std::string_view fleet_report_style() {
    static const std::string style = std::string(page_style()).append(more_style);
    return style;
}

std::string fleet_report_html(const FleetReport& report, std::string_view version) {
    const auto title = "Fleet of " + report.scope + ", " + minute_of(report.at) + " UTC";
    std::string page =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Provost: ";
    page.append(html(title)).append("</title>\n<style>").append(fleet_report_style());
    page.append("</style></head>\n<body>\n<header><h1>").append(html(title));
    page.append("</h1>\n<p class=\"dim\">Provost ").append(html(version));
    page += "</p></header>\n<main>\n<div class=\"figures\">";
    add_figure(page, report.figures.devices, "devices");
    add_figure(page, report.figures.devices - report.figures.retired - report.figures.never_seen,
               "came at some time");
    add_figure(page, report.figures.never_seen, "never seen");
    add_figure(page, report.figures.retired, "retired");
    page += "</div>\n";
    for (const auto& section : sections_of(report)) add_section(page, section);
    page += "</main>\n</body></html>\n";
    return page;
}

std::string fleet_report_csv(const FleetReport& report) {
    std::string text = "section,name,count,detail\n";
    text += "report," + csv_cell(report.scope) + "," + std::to_string(report.figures.devices) + "," +
            csv_cell(to_rfc3339(report.at)) + "\n";
    for (const auto& section : sections_of(report))
        for (const auto& row : section.rows)
            text += section.name + "," + csv_cell(row.name) + "," + std::to_string(row.count) + "," +
                    csv_cell(row.detail) + "\n";
    return text;
}

}  // namespace provost
