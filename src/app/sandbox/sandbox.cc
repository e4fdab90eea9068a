#include "app/sandbox/sandbox.h"

#include "app/process_hardening.h"
#include "service/log.h"

namespace provost {

Result<Sandbox> Sandbox::enter(const SandboxPlan& plan) {
    Sandbox sandbox(plan);
    sandbox.landlock_ = landlock_version();
    if (plan.mode == SandboxMode::off) sandbox.why_off_ = "the configuration says so";
    if (plan.mode == SandboxMode::automatic && is_sanitized()) sandbox.why_off_ = "built with a sanitizer";
    if (!sandbox.on()) return sandbox;
    if (plan.mode == SandboxMode::on && sandbox.landlock_ == 0)
        return fail({"P-1124", "this kernel has no Landlock", "sandbox", "it came with Linux 5.13",
                     "Set 'sandbox: auto', which goes without it, or boot a kernel that has it"});
    drop_privileges();
    if (sandbox.landlock_ > 0) PROVOST_CHECK(restrict_with_landlock(plan.reach));
    return sandbox;
}

Status Sandbox::close() {
    return on() ? filter_syscalls(calls_) : Status();
}

std::string Sandbox::text() const {
    if (!on()) return "off: " + why_off_;
    return (landlock_ > 0 ? "Landlock " + std::to_string(landlock_) : std::string("no Landlock")) +
           ", system calls";
}

void tell_sandbox(const Sandbox& sandbox) {
    if (sandbox.on())
        log_event(LogLevel::info, "sandbox.on", "the process can reach what it needs and no more",
                  {{"how", sandbox.text()}});
    else
        log_event(LogLevel::warning, "sandbox.off", "the process runs without a sandbox",
                  {{"why", sandbox.why_off()}, {"fix", "see docs/how-to/run-on-a-server.md"}});
}

}  // namespace provost
