// The cage that the program shuts itself into (docs/decisions/0010-key-holder-process.md): Landlock before
// its first thread begins, the list of system calls once everything is open. On a system without it the
// program runs all the same, and says so.
#pragma once

#include "app/sandbox/landlock.h"
#include "app/sandbox/syscall_filter.h"

#include <cstdint>
#include <string>

namespace provost {

struct ServerConfig;

// `automatic` is on where the system has it and off in a sanitizer's build; `on` refuses to run without.
enum class SandboxMode : std::uint8_t { automatic, on, off };

struct SandboxPlan {
    SandboxMode mode = SandboxMode::automatic;
    SandboxRole role = SandboxRole::server;
    LandlockRules reach;
};

// What a server needs by its configuration, and the port file, if it is to write one.
SandboxPlan server_plan(const ServerConfig& config, const std::vector<std::filesystem::path>& left_files);
// A key holder: its folder, and the folder of its socket.
SandboxPlan key_holder_plan(SandboxMode mode, const std::filesystem::path& keys,
                            const std::filesystem::path& socket);

class Sandbox {
 public:
    // Files and privileges; before any thread begins. P-1123 where it must be and can't, P-1124 by an old
    // kernel.
    static Result<Sandbox> enter(const SandboxPlan& plan);
    // System calls, for all threads; once everything is open. P-1123.
    Status close();

    [[nodiscard]] bool on() const { return why_off_.empty(); }
    [[nodiscard]] const std::string& why_off() const { return why_off_; }
    // "Landlock 7, system calls", or "off: built with a sanitizer".
    [[nodiscard]] std::string text() const;

 private:
    explicit Sandbox(const SandboxPlan& plan) : calls_{plan.role, plan.reach.connects} {}

    SyscallRules calls_;
    int landlock_ = 0;
    std::string why_off_;
};

// The events sandbox.on or sandbox.off.
void tell_sandbox(const Sandbox& sandbox);

}  // namespace provost
