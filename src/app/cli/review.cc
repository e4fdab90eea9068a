#include "app/cli/command.h"
#include "app/write_file.h"
#include "domain/text.h"

#include <iostream>

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct ReviewOptions {
    std::string html, note, up_to, after;
    bool done = false;
};

std::optional<std::int64_t> number_of(Shell& shell, const std::string& option, const std::string& text) {
    if (const auto number = whole_number(text)) return number;
    shell.print_error({"P-8004", option + " is not the number of an event", option});
    shell.exit = wrong_use;
    return std::nullopt;
}

// What is marked without a number is the review of this moment, so it is told in short.
void print_short(const Shell& shell, const json::object& review) {
    if (shell.output != "table") return;
    for (const auto& one : review.at("findings").as_array()) {
        const auto& finding = one.as_object();
        std::cout << member_text(finding, "weight") << "  " << member_text(finding, "count") << "  "
                  << member_text(finding, "says") << "\n";
    }
}

void mark(Shell& shell, const ReviewOptions& options) {
    auto up_to = options.up_to;
    if (up_to.empty()) {
        const auto review = shell.call("GET", "/v1/review");
        if (!review) return;
        print_short(shell, review->as_object());
        up_to = member_text(review->as_object(), "up_to");
    }
    const auto number = number_of(shell, "--up-to", up_to);
    if (!number) return;
    const json::object body{{"up_to", *number}, {"note", options.note}};
    if (const auto answer = shell.call("POST", "/v1/review", {}, json::serialize(body)))
        print_object(shell, answer->as_object());
}

void show(Shell& shell, const ReviewOptions& options) {
    std::map<std::string, std::string> query;
    if (!options.after.empty()) query["after"] = options.after;
    const bool to_file = !options.html.empty();
    if (to_file || shell.output == "table") query["format"] = to_file ? "html" : "text";
    const auto answer = shell.call_raw("GET", "/v1/review", query, {});
    if (!answer) return;
    if (to_file) {
        if (const auto written = write_output(options.html, answer->body); !written)
            shell.fail(written.error());
        return;
    }
    std::cout << answer->body;
    if (shell.output != "table") std::cout << "\n";
}

}  // namespace

void add_review(Command root, Shell& shell) {
    auto command = root.add("review", "what was suspicious since the last review, and what to do");
    const auto options = std::make_shared<ReviewOptions>();
    auto html = command.option("--html", options->html, "write it as a page for a browser or printer");
    auto after = command.option("--after", options->after, "of the events after this number");
    auto done = command.flag("--done", options->done, "mark it as reviewed; the audit trail tells by whom");
    done.excludes(html).excludes(after);
    command.option("--up-to", options->up_to, "up to this event, as the review named it").needs(done);
    command.option("--note", options->note, "what came of it").needs(done);
    command.action([&shell, options] { options->done ? mark(shell, *options) : show(shell, *options); });
}

}  // namespace provost::cli
