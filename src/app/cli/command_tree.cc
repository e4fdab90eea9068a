#include "app/cli/command_tree.h"

#include "domain/text.h"

#include <algorithm>
#include <iostream>
#include <optional>
#include <string_view>

#include <CLI/CLI.hpp>

namespace provost::cli {

Option Option::required() {
    option_->required();
    return *this;
}

Option Option::range(int least, int most) {
    option_->check(CLI::Range(least, most));
    return *this;
}

Option Option::one_of(const std::vector<std::string>& choices) {
    option_->check(CLI::IsMember(choices));
    return *this;
}

Option Option::apart_by_commas() {
    option_->delimiter(',');
    return *this;
}

Option Option::needs(Option other) {
    option_->needs(other.option_);
    return *this;
}

Option Option::excludes(Option other) {
    option_->excludes(other.option_);
    return *this;
}

bool Option::given() const {
    return !option_->empty();
}

Command Command::add(std::string_view name, std::string_view help) {
    return Command(*app_->add_subcommand(std::string(name), std::string(help)));
}

Command Command::add_group(std::string_view name, std::string_view help) {
    auto* const group = app_->add_subcommand(std::string(name), std::string(help));
    group->require_subcommand(1);
    return Command(*group);
}

Option Command::option(std::string_view name, std::string& value, std::string_view help) {
    return Option(*app_->add_option(std::string(name), value, std::string(help)));
}

Option Command::option(std::string_view name, std::vector<std::string>& values, std::string_view help) {
    return Option(*app_->add_option(std::string(name), values, std::string(help)));
}

Option Command::option(std::string_view name, std::size_t& value, std::string_view help) {
    return Option(*app_->add_option(std::string(name), value, std::string(help)));
}

Option Command::option(std::string_view name, int& value, std::string_view help) {
    return Option(*app_->add_option(std::string(name), value, std::string(help)));
}

Option Command::flag(std::string_view name, bool& value, std::string_view help) {
    return Option(*app_->add_flag(std::string(name), value, std::string(help)));
}

void Command::action(std::function<void()> act) {
    app_->callback(std::move(act));
}

std::string Command::name() const {
    return app_->get_name();
}

std::string Command::help() const {
    return app_->get_description();
}

std::vector<Command> Command::commands() const {
    std::vector<Command> commands;
    for (auto* const sub : app_->get_subcommands([](const CLI::App*) { return true; }))
        commands.emplace_back(*sub);
    return commands;
}

Command Command::command(std::string_view name) const {
    return Command(*app_->get_subcommand(std::string(name)));
}

std::vector<std::string> Command::long_options() const {
    std::vector<std::string> names;
    for (const auto* const option : app_->get_options())
        names.insert(names.end(), option->get_lnames().begin(), option->get_lnames().end());
    return names;
}

namespace {

// The nearest command to a word that is none, looked up along the words before it.
std::string suggestion(Command place, int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i) {
        std::vector<std::string> names;
        std::optional<Command> next;
        for (const auto command : place.commands()) {
            names.push_back(command.name());
            if (names.back() == argv[i]) next = command;
        }
        if (!next) {
            const std::vector<std::string_view> views(names.begin(), names.end());
            const auto near = nearest(argv[i], views);
            return near ? "Did you mean '" + std::string(*near) + "'?" : "";
        }
        place = *next;
    }
    return {};
}

}  // namespace

CommandTree::CommandTree(std::string_view name, std::string_view version, std::string_view help)
    : app_(std::make_unique<CLI::App>(std::string(help), std::string(name))) {
    app_->set_version_flag("--version", std::string(name).append(" ").append(version));
    app_->require_subcommand(1);
    app_->fallthrough();
}

CommandTree::~CommandTree() = default;

Command CommandTree::root() {
    return Command(*app_);
}

bool CommandTree::parse(int argc, const char* const* argv) {
    try {
        app_->parse(argc, argv);
        return true;
    } catch (const CLI::ParseError& error) {
        if (app_->exit(error) == 0) return true;  // help or version
    }
    if (const auto near = suggestion(root(), argc, argv); !near.empty()) std::cerr << near << "\n";
    return false;
}

void refuse_option(const std::string& name, const std::string& why) {
    throw CLI::ValidationError(name, why);
}

}  // namespace provost::cli
