#include "app/cli/command.h"

#include <iostream>

#include <boost/json.hpp>
#include <fmt/core.h>

namespace provost::cli {

namespace {

struct RatingOptions {
    std::string tenant, site;
};

std::string count_text(const json::object& by_stars) {
    std::string text;
    for (const auto& one : by_stars)
        text += fmt::format("  {} stars {:>7}", std::string(one.key()), text_of(one.value()));
    return text;
}

void show(Shell& shell, const RatingOptions& options) {
    std::map<std::string, std::string> query;
    if (!options.tenant.empty()) query["tenant"] = options.tenant;
    if (!options.site.empty()) query["site"] = options.site;
    const auto answer = shell.call("GET", "/v1/ratings", query);
    if (!answer) return;
    const auto& body = answer->as_object();
    if (shell.output == "json") return print_object(shell, body);
    const auto lowest = member_text(body, "lowest");
    if (shell.output == "table") {
        std::cout << member_text(body, "devices") << " devices; lowest rating: "
                  << (lowest.empty() ? "none has proved itself yet" : lowest + " of 5") << "\n"
                  << "proved themselves  " << count_text(body.at("proved").as_object()) << "\n"
                  << "never seen, expect " << count_text(body.at("expected").as_object()) << "\n\n";
    }
    print_items(shell, body.at("lines").as_array(),
                {{"STARS", "stars"},
                 {"DEVICES", "devices"},
                 {"VENDOR", "vendor"},
                 {"EXPECTED", "expected"},
                 {"REASON", "reason"},
                 {"WHAT WOULD RAISE IT", "raise"}});
    if (body.at("lines_total").to_number<std::size_t>() > body.at("lines").as_array().size())
        std::cerr << "... and " << member_text(body, "lines_total")
                  << " lines in all; the lowest are shown\n";
}

}  // namespace

void add_rating(Command root, Shell& shell) {
    const auto options = std::make_shared<RatingOptions>();
    auto command = root.add("rating", "how devices are rated, the lowest first, and what would raise it");
    auto tenant = command.option("--tenant", options->tenant, "of this tenant and all below it");
    command.option("--site", options->site, "... at this site of its own only").needs(tenant);
    command.action([&shell, options] { show(shell, *options); });
}

}  // namespace provost::cli
