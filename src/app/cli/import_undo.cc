// An import taken back: asked for, watched to its end, and what it left.
#include "app/cli/command.h"
#include "app/cli/progress.h"

#include <chrono>
#include <iostream>
#include <thread>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct ImportUndoOptions {
    std::string job, reason;
    bool dry_run = false;
};

std::size_t count_of(const json::object& undo, std::string_view name) {
    return undo.at(name).to_number<std::size_t>();
}

std::string path_of(const ImportUndoOptions& options) {
    return "/v1/imports/" + options.job + "/undo";
}

void print_rows(const Shell& shell, const json::object& report) {
    const auto& rows = report.at("rows").as_array();
    if (rows.empty() && shell.output == "table") return;
    print_items(
        shell, rows,
        {{"ROW", "row"}, {"MAC", "mac"}, {"OUTCOME", "outcome"}, {"REASON", "reason"}, {"WHY", "text"}});
}

void print_counts(const json::object& report, std::string_view will) {
    std::cerr << will << member_text(report, "removed") << " removed, " << member_text(report, "restored")
              << " put back, " << member_text(report, "left") << " left";
    if (count_of(report, "to_arm") != 0)
        std::cerr << "; " << member_text(report, "to_arm") << " to be armed again";
    std::cerr << "\n";
}

// Its last state; nullopt: the server can't be asked any more.
std::optional<json::object> await_undo(Shell& shell, const ImportUndoOptions& options) {
    Progress progress("undoing");
    for (;;) {
        const auto answer = shell.call("GET", "/v1/imports/" + options.job);
        if (!answer) return std::nullopt;
        const auto& undo = answer->as_object().at("undo").as_object();
        progress.show(count_of(undo, "removed") + count_of(undo, "restored") + count_of(undo, "left"),
                      count_of(undo, "added") + count_of(undo, "changed"));
        if (member_text(undo, "state") != "running") {
            progress.finish();
            return undo;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

void show(Shell& shell, const ImportUndoOptions& options, std::string_view will) {
    const auto answer = shell.call("GET", path_of(options));
    if (!answer) return;
    const auto& report = answer->as_object();
    print_rows(shell, report);
    print_counts(report, will);
    if (count_of(report, "left") + count_of(report, "to_arm") != 0) shell.exit = partly;
}

void undo(Shell& shell, const ImportUndoOptions& options) {
    if (options.dry_run) return show(shell, options, "would be: ");
    const json::object body{{"reason", options.reason}};
    if (!shell.call("POST", path_of(options), {}, json::serialize(body))) return;
    const auto undo = await_undo(shell, options);
    if (!undo) return;
    show(shell, options, "");
    if (member_text(*undo, "state") == "done") return;
    std::cerr << "it is " << member_text(*undo, "state")
              << (member_text(*undo, "trouble").empty() ? "" : ": " + member_text(*undo, "trouble"))
              << "; the same command goes on with it\n";
    shell.exit = failed;
}

}  // namespace

void add_import_undo(Command noun, Shell& shell) {
    const auto options = std::make_shared<ImportUndoOptions>();
    auto take_back = noun.add("undo", "take back what an import did, within ten minutes of its end");
    take_back.option("job", options->job, "the import, such as i00000007").required();
    take_back.option("--reason", options->reason, "why; it goes into the audit trail");
    take_back.flag("--dry-run", options->dry_run, "tell what would be removed, put back and left");
    take_back.action([&shell, options] { undo(shell, *options); });
    auto rows = noun.add("undone", "rows that an undo left, or has something to say of");
    rows.option("job", options->job, "the import, such as i00000007").required();
    rows.action([&shell, options] { show(shell, *options, ""); });
}

}  // namespace provost::cli
