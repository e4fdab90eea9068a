#include "app/cli/vendor_card.h"

#include "app/cli/command.h"

#include <ostream>

#include <boost/json.hpp>
#include <fmt/core.h>

namespace provost::cli {

namespace {

constexpr std::size_t width = 100;

// Words, broken at `width`; every line but the first is indented, which begins at `column`.
void print_words(std::ostream& out, std::string_view text, std::size_t indent, std::size_t column = 0) {
    if (text.empty()) return;
    bool begun = false;  // a word of ours stands on the line
    while (!text.empty()) {
        const auto space = text.find(' ');
        const auto word = text.substr(0, space);
        text.remove_prefix(space == text.npos ? text.size() : space + 1);
        if (word.empty()) continue;
        if (begun && column + 1 + word.size() > width) {
            out << "\n";
            column = 0;
            begun = false;
        }
        if (column < indent && !begun) {
            out << std::string(indent - column, ' ');
            column = indent;
        }
        if (begun) {
            out << ' ';
            ++column;
        }
        out << word;
        column += word.size();
        begun = true;
    }
    out << "\n";
}

const json::object& part(const json::object& object, std::string_view name) {
    return object.at(name).as_object();
}

std::string joined(const json::value& list) {
    std::string text;
    for (const auto& one : list.as_array()) text += (text.empty() ? "" : ", ") + text_of(one);
    return text;
}

std::string low_mark(const json::object& object) {
    return member_text(object, "confidence") == "low" ? " (low confidence)" : "";
}

void print_line(std::ostream& out, std::string_view title, const std::string& text) {
    if (text.empty()) return;
    out << "  " << title;
    print_words(out, text, 17, 2 + title.size());
}

void print_requirements(std::ostream& out, const json::object& scorecard) {
    out << "\nWhat the paper asks of client certificates: " << member_text(scorecard, "grade") << ", "
        << member_text(scorecard, "summary") << "\n";
    for (const auto& item : scorecard.at("requirements").as_array()) {
        const auto& line = item.as_object();
        out << fmt::format("  {}  {:<8} {}{}\n", member_text(line, "number"), member_text(line, "answer"),
                           member_text(line, "requirement"),
                           member_text(line, "answer") == "unknown" ? "" : low_mark(line));
        print_words(out, member_text(line, "note"), 14);
    }
}

void print_hardening(std::ostream& out, const json::object& hardening) {
    out << "\nHardening: " << member_text(hardening, "enforced") << " of " << member_text(hardening, "rules")
        << " rules enforced, " << member_text(hardening, "partly") << " partly, "
        << member_text(hardening, "cannot") << " without a parameter, " << member_text(hardening, "open")
        << " open\n";
    for (const auto& item : hardening.at("list").as_array()) {
        const auto& rule = item.as_object();
        if (member_text(rule, "coverage") == "enforced") continue;
        out << fmt::format("  {:<8} {:<22} {}\n", member_text(rule, "coverage"), member_text(rule, "rule"),
                           member_text(rule, "says"));
        print_words(out, member_text(rule, "why"), 11);
    }
}

void print_ways(std::ostream& out, const json::object& card) {
    const auto& access = part(card, "access");
    const auto& secrets = part(card, "secrets");
    const auto& tls = part(card, "tls");
    out << "\nHow its phones get in\n";
    print_line(out, "certificate", member_text(access, "certificate") + " of the models" + low_mark(access));
    print_line(out, "login",
               "Basic " + member_text(access, "basic") + ", Digest " + member_text(access, "digest") +
                   ", within the address " + member_text(access, "url_credentials"));
    const auto header = member_text(access, "token_header");
    print_line(out, "token address",
               member_text(access, "token_url") + (header.empty() ? "" : ", with the header " + header));
    print_line(out, "note", member_text(access, "note"));
    print_line(out, "TLS",
               "oldest version " + member_text(tls, "minimum") + ", server name " + member_text(tls, "sni") +
                   low_mark(tls));
    print_line(out, "secrets",
               member_text(secrets, "preferred") + " (possible: " + joined(secrets.at("possible")) + ")");
    print_line(out, "why", member_text(secrets, "reason"));
}

void print_setup(std::ostream& out, const json::object& setup) {
    out << "\nHow to point one here" << low_mark(setup) << "\n";
    print_line(out, "address", member_text(setup, "url"));
    print_line(out, "DHCP options", joined(setup.at("dhcp_options")));
    print_line(out, "redirection", member_text(setup, "redirection"));
    print_line(out, "by hand", member_text(setup, "manual"));
    print_line(out, "factory reset", member_text(setup, "factory_reset"));
}

void print_resync(std::ostream& out, const json::object& resync) {
    const auto event = member_text(resync, "event"), reboot = member_text(resync, "reboot");
    out << "\nHow to make one call home" << (event.empty() ? "" : low_mark(resync)) << "\n";
    if (event.empty()) return print_line(out, "NOTIFY", "can't be told; it calls home by schedule");
    print_line(out, "NOTIFY", "Event: " + event);
    print_line(out, "with a restart", reboot.empty() ? "not known" : "Event: " + reboot);
    print_line(out, "body", member_text(resync, "content_type"));
    print_line(out, "challenges", member_text(resync, "challenges"));
    print_line(out, "note", member_text(resync, "note"));
}

void print_anchors(std::ostream& out, const json::array& anchors) {
    if (anchors.empty()) return;
    out << "\nCAs that vouch for its phones ('provost vendor trust import' takes what is pinned here)\n";
    for (const auto& item : anchors) {
        const auto& anchor = item.as_object();
        print_line(out, member_text(anchor, "id"), member_text(anchor, "subject") + low_mark(anchor));
        print_line(out, "  SHA-256", member_text(anchor, "sha256"));
        print_line(out, "  published", member_text(anchor, "published_at"));
    }
}

void print_files(std::ostream& out, const json::array& files) {
    out << "\nWhat its phones ask for\n";
    for (const auto& item : files) {
        const auto& file = item.as_object();
        print_line(out, member_text(file, "kind"),
                   member_text(file, "path") + (file.at("secrets").as_bool() ? " (with secrets)" : "") +
                       low_mark(file));
    }
}

void print_models(std::ostream& out, const json::object& card) {
    std::string text;
    for (const auto& item : card.at("model_list").as_array()) {
        const auto& model = item.as_object();
        text += (text.empty() ? "" : ", ") + member_text(model, "id") + " (" + member_text(model, "lines") +
                "/" + member_text(model, "keys") + ")";
    }
    out << "\nModels (lines/keys)\n";
    print_words(out, text, 2);
}

void print_list(std::ostream& out, std::string_view title, const json::array& list) {
    if (list.empty()) return;
    out << "\n" << title << "\n";
    for (const auto& one : list) {
        out << "  -";
        print_words(out, text_of(one), 4, 3);
    }
}

}  // namespace

void print_vendor_card(std::ostream& out, const json::object& card) {
    const auto& scorecard = part(card, "scorecard");
    const auto& blocks = part(scorecard, "blocks");
    out << member_text(card, "name") << " (" << member_text(card, "id")
        << "), status: " << member_text(card, "status") << "\n";
    print_words(out, member_text(card, "summary"), 2);
    print_requirements(out, scorecard);
    print_hardening(out, part(card, "hardening"));
    print_ways(out, card);
    print_anchors(out, card.at("anchors").as_array());
    print_setup(out, part(card, "setup"));
    print_resync(out, part(card, "resync"));
    print_files(out, card.at("files").as_array());
    print_models(out, card);
    print_list(out, "Warnings", scorecard.at("warnings").as_array());
    print_list(out, "Quirks", card.at("quirks").as_array());
    out << "\n"
        << member_text(card, "models") << " models; " << member_text(scorecard, "sources")
        << " sources; blocks of high, medium and low confidence: " << member_text(blocks, "high") << ", "
        << member_text(blocks, "medium") << ", " << member_text(blocks, "low") << "\n";
}

}  // namespace provost::cli
