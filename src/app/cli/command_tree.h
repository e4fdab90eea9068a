// The program's commands, their options and help. command_tree.cc alone includes CLI11, which is slow to
// compile. Command and Option are handles into the tree, to be copied like pointers.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace provost::cli {

class Option {
 public:
    explicit Option(CLI::Option& option) : option_(&option) {}

    Option required();
    Option range(int least, int most);
    Option one_of(const std::vector<std::string>& choices);
    Option apart_by_commas();
    Option needs(Option other);
    Option excludes(Option other);
    [[nodiscard]] bool given() const;

 private:
    CLI::Option* option_;
};

class Command {
 public:
    explicit Command(CLI::App& app) : app_(&app) {}

    Command add(std::string_view name, std::string_view help);
    // One of the group's own commands has to follow its name.
    Command add_group(std::string_view name, std::string_view help);

    // `name` is "--long" or "-s,--long"; one without dashes is told by its place. `value` lives until parse()
    // is over; what it holds before is the default.
    Option option(std::string_view name, std::string& value, std::string_view help);
    Option option(std::string_view name, std::vector<std::string>& values, std::string_view help);
    Option option(std::string_view name, std::size_t& value, std::string_view help);
    Option option(std::string_view name, int& value, std::string_view help);
    Option flag(std::string_view name, bool& value, std::string_view help);
    void action(std::function<void()> act);

    [[nodiscard]] std::string name() const;
    [[nodiscard]] std::string help() const;  // the one line
    [[nodiscard]] std::vector<Command> commands() const;
    [[nodiscard]] Command command(std::string_view name) const;   // throws where there is none
    [[nodiscard]] std::vector<std::string> long_options() const;  // without dashes

 private:
    CLI::App* app_;
};

class CommandTree {
 public:
    CommandTree(std::string_view name, std::string_view version, std::string_view help);
    ~CommandTree();

    Command root();
    // Runs the action that the words name, or prints help. False on wrong use: stderr has the reason and the
    // nearest command.
    bool parse(int argc, const char* const* argv);

 private:
    std::unique_ptr<CLI::App> app_;
};

// For actions, where only they can tell that an option is wrong: parse() ends as on any other wrong use.
[[noreturn]] void refuse_option(const std::string& name, const std::string& why);

}  // namespace provost::cli
