#include "app/cli/command.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct Options {
    std::string tenant, format = "html", file;
};

// It tells of sites and addresses: for its owner, until he says otherwise.
bool write_private(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    std::error_code ignored;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
    out << text;
    out.flush();
    return static_cast<bool>(out);
}

void fleet(Shell& shell, const Options& options) {
    std::map<std::string, std::string> query{{"format", options.format}};
    if (!options.tenant.empty()) query["tenant"] = options.tenant;
    const auto answer = shell.call_raw("GET", "/v1/fleet/report", query, {});
    if (!answer) return;
    if (options.file.empty()) {
        std::cout << answer->body << std::flush;
        return;
    }
    if (write_private(options.file, answer->body)) {
        std::cerr << "the report is in " << options.file << "\n";
        return;
    }
    shell.print_error({"P-1116", "the file can't be written", options.file, "",
                       "Check its folder, its rights and the space"});
    shell.exit = failed;
}

}  // namespace

void add_report(Command root, Shell& shell) {
    auto noun = root.add_group("report", "reports to read, print and send on");
    const auto options = std::make_shared<Options>();
    auto command =
        noun.add("fleet", "the fleet by vendor, model, firmware, state and rating; phones that never came");
    command.option("--format", options->format, "html (default), csv or json")
        .one_of({"html", "csv", "json"});
    command.option("--tenant", options->tenant, "of this tenant and all below it");
    command.option("--to", options->file, "write it into this file, for its owner alone");
    command.action([&shell, options] { fleet(shell, *options); });
}

}  // namespace provost::cli
