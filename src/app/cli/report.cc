#include "app/cli/command.h"
#include "app/write_file.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct ReportOptions {
    std::string tenant, format = "html", file;
};

void fleet(Shell& shell, const ReportOptions& options) {
    std::map<std::string, std::string> query{{"format", options.format}};
    if (!options.tenant.empty()) query["tenant"] = options.tenant;
    const auto answer = shell.call_raw("GET", "/v1/fleet/report", query, {});
    if (!answer) return;
    if (options.file.empty()) {
        std::cout << answer->body << std::flush;
        return;
    }
    if (const auto written = write_output(options.file, answer->body); !written)
        return shell.fail(written.error());
    std::cerr << "the report is in " << options.file << "\n";
}

}  // namespace

void add_report(Command root, Shell& shell) {
    auto noun = root.add_group("report", "reports to read, print and send on");
    const auto options = std::make_shared<ReportOptions>();
    auto command =
        noun.add("fleet", "the fleet by vendor, model, firmware, state and rating; phones that never came");
    command.option("--format", options->format, "html (default), csv or json")
        .one_of({"html", "csv", "json"});
    command.option("--tenant", options->tenant, "of this tenant and all below it");
    command.option("--to", options->file, "write it into this file, for its owner alone");
    command.action([&shell, options] { fleet(shell, *options); });
}

}  // namespace provost::cli
