// Shows a sandbox at work: in a process of its own each, does what an intruder would, and what the program
// must still be able to do.
#pragma once

#include "app/sandbox/sandbox.h"

#include <filesystem>
#include <string>
#include <vector>

namespace provost {

struct Probe {
    std::string act;
    bool allowed = false;  // it must succeed; else it must not
    std::string outcome;   // "killed", "refused: Permission denied", "done"
    [[nodiscard]] bool as_it_should() const { return (outcome == "done") == allowed; }
};

struct ProbeTargets {
    std::vector<std::filesystem::path> no_read, read, write;
    std::filesystem::path key_holder_socket;  // empty: none is reached
};

// Each act in a child that enters the sandbox first. Called where no thread runs.
std::vector<Probe> probe_sandbox(const SandboxPlan& plan, const ProbeTargets& targets);

}  // namespace provost
