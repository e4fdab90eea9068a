#include "app/cli/command.h"
#include "app/cli/progress.h"
#include "app/read_file.h"
#include "app/write_file.h"

#include <chrono>
#include <iostream>
#include <thread>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct ImportOptions {
    std::string file, tenant, rejects, reason;
    std::vector<std::string> columns, left_out;
    bool arm = false, dry_run = false;
};

std::optional<json::object> await_job(Shell& shell, const std::string& id, const std::string& title) {
    Progress progress(title);
    for (;;) {
        const auto answer = shell.call("GET", "/v1/imports/" + id);
        if (!answer) return std::nullopt;
        const auto& job = answer->as_object();
        progress.show(static_cast<std::size_t>(job.at("rows_done").to_number<std::uint64_t>()),
                      static_cast<std::size_t>(job.at("rows_total").to_number<std::uint64_t>()));
        const auto state = member_text(job, "state");
        if (state != "checking" && state != "applying") {
            progress.finish();
            if (state == "checked" || state == "done") return job;
            const auto& error = job.at("error").as_object();
            shell.fail({member_text(error, "code"), member_text(error, "what"), member_text(error, "where"),
                        member_text(error, "why"), member_text(error, "fix")});
            return std::nullopt;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

void print_problems(const Shell& shell, const json::object& report) {
    const auto& problems = report.at("problems").as_array();
    if (shell.output == "table")
        for (const auto& note : report.at("notes").as_array()) std::cerr << "note: " << text_of(note) << "\n";
    if (problems.empty()) return;
    print_items(shell, problems,
                {{"ROW", "row"},
                 {"COLUMN", "column"},
                 {"CODE", "code"},
                 {"WHAT", "what"},
                 {"WHY", "why"},
                 {"FIX", "fix"}});
    const auto total = report.at("problems_total").to_number<std::uint64_t>();
    if (total > problems.size())
        std::cerr << "... and " << total - problems.size() << " more; --rejects FILE has them all\n";
}

void print_counts(const json::object& report, bool applied) {
    std::cerr << member_text(report, "encoding") << ", separator '" << member_text(report, "separator")
              << "': " << member_text(report, "to_add") << " new, " << member_text(report, "to_change")
              << " changed, " << member_text(report, "unchanged") << " unchanged, "
              << member_text(report, "refused") << " refused";
    if (applied) std::cerr << "; " << member_text(report, "applied") << " written";
    std::cerr << "\n";
}

void print_warnings(const json::object& report) {
    for (const auto& item : report.at("warnings").as_array()) {
        const auto& one = item.as_object();
        std::cerr << "warning: " << member_text(one, "devices") << " new "
                  << (member_text(one, "devices") == "1" ? "device" : "devices") << " of "
                  << member_text(one, "vendor") << ": " << member_text(one, "text") << "\n";
    }
}

std::uint64_t count(const json::object& report, std::string_view name) {
    return report.at(name).to_number<std::uint64_t>();
}

void save_rejects(Shell& shell, const ImportOptions& options, const std::string& id) {
    const auto rejects = shell.call_raw("GET", "/v1/imports/" + id + "/rejects", {}, {});
    if (!rejects || rejects->body.empty()) return;
    if (const auto written = write_output(options.rejects, rejects->body); !written)
        return shell.fail(written.error());
    std::cerr << "refused rows are in " << options.rejects << "; mend them there and import that file\n";
}

// As the server takes them: {"Name": "line.1.display_name", "Serial no.": ""}
std::string chosen_columns(const ImportOptions& options) {
    json::object chosen;
    for (const auto& text : options.columns) {
        const auto equals = text.rfind('=');
        if (equals == text.npos || equals == 0)
            refuse_option("--column", "'" + text + "' is not HEADER=FIELD");
        chosen[text.substr(0, equals)] = text.substr(equals + 1);
    }
    for (const auto& header : options.left_out) chosen[header] = "";
    return chosen.empty() ? std::string() : json::serialize(chosen);
}

std::string fix_of_column(const json::object& error) {
    const auto code = member_text(error, "code");
    std::string fix = member_text(error, "fix");
    if (code != "P-2004") fix += " --column 'HEADER=FIELD' says what it is.";
    if (code != "P-2506") fix += " --ignore-column HEADER leaves it out.";
    return fix;
}

// Whether something is to be said of columns before rows mean anything.
bool refuse_open_columns(Shell& shell, const json::object& report) {
    const auto& open = report.at("open").as_array();
    for (const auto& item : open) {
        const auto& error = item.as_object();
        shell.fail({member_text(error, "code"), member_text(error, "what"), member_text(error, "where"),
                    member_text(error, "why"), fix_of_column(error)});
    }
    return !open.empty();
}

void offer_undo(const std::string& id) {
    std::cerr << "for ten minutes: provost import undo " << id << " --reason WHY\n";
}

void run(Shell& shell, const ImportOptions& options) {
    auto text = read_file(options.file, 64U << 20U);
    if (!text) {
        shell.fail(text.error());
        return;
    }
    std::map<std::string, std::string> query;
    if (const auto columns = chosen_columns(options); !columns.empty()) query["columns"] = columns;
    if (!options.tenant.empty()) query["tenant"] = options.tenant;
    if (options.arm) query["arm"] = "true";
    const auto begun = shell.call("POST", "/v1/imports", query, std::move(*text));
    if (!begun) return;
    const auto id = member_text(begun->as_object(), "id");
    auto job = await_job(shell, id, "checking");
    if (!job || refuse_open_columns(shell, job->at("report").as_object())) return;
    const bool work =
        count(job->at("report").as_object(), "to_add") + count(job->at("report").as_object(), "to_change") !=
        0;
    const bool apply = work && !options.dry_run;
    if (apply) {
        const json::object order{{"reason", options.reason}};
        if (!shell.call("POST", "/v1/imports/" + id + "/apply", {}, json::serialize(order))) return;
        job = await_job(shell, id, "writing");
        if (!job) return offer_undo(id);
    }
    const auto& report = job->at("report").as_object();
    print_problems(shell, report);
    print_warnings(report);
    print_counts(report, apply);
    if (count(report, "applied") != 0) offer_undo(id);
    if (!options.rejects.empty() && count(report, "refused") != 0) save_rejects(shell, options, id);
    if (count(report, "refused") == 0 && count(report, "problems_total") == 0) return;
    shell.exit =
        count(report, "applied") + count(report, "unchanged") == 0 && !options.dry_run ? failed : partly;
}

void add_options(Command command, Shell& shell) {
    const auto options = std::make_shared<ImportOptions>();
    command
        .option("file", options->file,
                "CSV file; the first row names the columns (mac, tenant, line.1.user ...)")
        .required();
    command.option("--tenant", options->tenant, "tenant of rows that name none");
    command.option("--column", options->columns,
                   "what a column is, HEADER=FIELD such as Name=line.1.display_name");
    command.option("--ignore-column", options->left_out, "leave this column out");
    command.option("--reason", options->reason, "why; it goes into the audit trail");
    command.flag("--arm", options->arm, "arm new devices at once");
    command.flag("--dry-run", options->dry_run, "check only");
    command.option("--rejects", options->rejects, "write refused rows here, with a reason column");
    command.action([&shell, options] { run(shell, *options); });
}

}  // namespace

void add_import(Command root, Shell& shell) {
    add_options(root.command("device").add("import", "import a device list"), shell);
    auto noun = root.add_group("import", "device lists");
    add_options(noun.add("devices", "import a device list"), shell);
    add_import_undo(noun, shell);
}

}  // namespace provost::cli
