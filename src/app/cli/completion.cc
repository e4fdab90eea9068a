// Shell completion, generated from the command tree itself.
#include "app/cli/command.h"

#include <iostream>

namespace provost::cli {

namespace {

// One line "path of words|word word word" for every command: what may follow it.
void collect(const CLI::App& app, const std::string& path, std::string& out) {
    std::string words;
    for (const auto* const sub : app.get_subcommands([](const CLI::App*) { return true; }))
        words += sub->get_name() + " ";
    for (const auto* const option : app.get_options())
        for (const auto& name : option->get_lnames()) words += "--" + name + " ";
    out += "    '" + path + "') words='" + words + "';;\n";
    for (const auto* const sub : app.get_subcommands([](const CLI::App*) { return true; }))
        collect(*sub, path.empty() ? sub->get_name() : path + " " + sub->get_name(), out);
}

std::string bash_script(const CLI::App& app) {
    std::string cases;
    collect(app, "", cases);
    return "# bash completion for provost; source it, or put it into /etc/bash_completion.d\n"
           "_provost() {\n"
           "  local path='' words='' i\n"
           "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "    [[ ${COMP_WORDS[i]} == -* ]] || path=\"${path:+$path }${COMP_WORDS[i]}\"\n"
           "  done\n"
           "  case $path in\n" +
           cases +
           "    *) words=$(provost device list -o csv 2>/dev/null | cut -d, -f1);;\n"
           "  esac\n"
           "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n"
           "}\n"
           "complete -o default -F _provost provost\n";
}

std::string fish_script(const CLI::App& app, const std::string& path = {}) {
    std::string out;
    const auto condition =
        path.empty() ? std::string("__fish_use_subcommand") : "__fish_seen_subcommand_from " + path;
    for (const auto* const sub : app.get_subcommands([](const CLI::App*) { return true; })) {
        out += "complete -c provost -n '" + condition + "' -a " + sub->get_name() + " -d '" +
               sub->get_description() + "'\n";
        out += fish_script(*sub, sub->get_name());
    }
    return out;
}

}  // namespace

void add_completion(CLI::App& app, Shell&) {
    auto* const command = app.add_subcommand("completion", "print the completion script of a shell");
    const auto name = std::make_shared<std::string>();
    command->add_option("shell", *name, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->callback([&app, name] {
        if (*name == "fish")
            std::cout << fish_script(app);
        else
            std::cout << (*name == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "")
                      << bash_script(app);
    });
}

}  // namespace provost::cli
