// Shell completion, generated from the command tree itself.
#include "app/cli/command.h"

#include <iostream>

namespace provost::cli {

namespace {

// One line "path of words|word word word" for every command: what may follow it.
void collect(const Command& command, const std::string& path, std::string& out) {
    const auto commands = command.commands();
    std::string words;
    for (const auto& next : commands) words += next.name() + " ";
    for (const auto& option : command.long_options()) words += "--" + option + " ";
    out += "    '" + path + "') words='" + words + "';;\n";
    for (const auto& next : commands)
        collect(next, path.empty() ? next.name() : path + " " + next.name(), out);
}

std::string bash_script(const Command& root) {
    std::string cases;
    collect(root, "", cases);
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

std::string fish_script(const Command& command, const std::string& path = {}) {
    std::string out;
    const auto condition =
        path.empty() ? std::string("__fish_use_subcommand") : "__fish_seen_subcommand_from " + path;
    for (const auto& next : command.commands()) {
        out += "complete -c provost -n '" + condition + "' -a " + next.name() + " -d '" + next.help() + "'\n";
        out += fish_script(next, next.name());
    }
    return out;
}

}  // namespace

void add_completion(Command root, Shell&) {
    auto command = root.add("completion", "print the completion script of a shell");
    const auto shell = std::make_shared<std::string>();
    command.option("shell", *shell, "bash, zsh or fish").required().one_of({"bash", "zsh", "fish"});
    command.action([root, shell] {
        if (*shell == "fish")
            std::cout << fish_script(root);
        else
            std::cout << (*shell == "zsh" ? "autoload -U +X bashcompinit && bashcompinit\n" : "")
                      << bash_script(root);
    });
}

}  // namespace provost::cli
