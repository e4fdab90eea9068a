#include "app/sandbox/landlock.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace provost {

namespace {

// As in <linux/landlock.h> of Linux 6.12; Debian's has the first version only.
struct RulesetAttributes {
    std::uint64_t files = 0, network = 0, scopes = 0;
};
struct [[gnu::packed]] PathAttributes {
    std::uint64_t allowed = 0;
    std::int32_t parent = -1;
};
constexpr std::uint32_t ask_version = 1;  // LANDLOCK_CREATE_RULESET_VERSION
constexpr int path_beneath = 1;           // LANDLOCK_RULE_PATH_BENEATH

// Bit by bit: execute, write file, read file, read folder, remove folder, remove file, make device, folder,
// file, socket, pipe, block device, symbolic link (version 1), refer (2), truncate (3), control devices (5).
constexpr std::uint64_t read_file = 1U << 2, read_folder = 1U << 3;
constexpr std::uint64_t truncate_file = 1U << 14;
constexpr std::uint64_t of_files = (1U << 1) | read_file | truncate_file;  // what a rule for a file may hold
constexpr std::uint64_t to_write =
    of_files | read_folder | (1U << 4) | (1U << 5) | (1U << 7) | (1U << 8) | (1U << 9) | (1U << 13);
constexpr std::uint64_t to_make_a_socket = (1U << 9) | (1U << 5);
constexpr std::uint64_t connect_tcp = 1U << 1;
constexpr std::uint64_t abstract_sockets = 1U << 0, signals = 1U << 1;

std::uint64_t files_of(int version) {
    constexpr std::array<int, 6> bits{0, 13, 14, 15, 15, 16};
    return (std::uint64_t{1} << bits.at(static_cast<std::size_t>(std::min(version, 5)))) - 1;
}

std::size_t size_of(int version) {
    if (version < 4) return sizeof(std::uint64_t);
    return version < 6 ? 2 * sizeof(std::uint64_t) : sizeof(RulesetAttributes);
}

std::uint64_t rights_of(FileGrant::Use use) {
    if (use == FileGrant::Use::write) return to_write;
    return use == FileGrant::Use::socket ? to_make_a_socket : read_file | read_folder;
}

Error failed(const char* what) {
    return {"P-1123", "the sandbox can't be entered", what, std::strerror(errno),
            "Set 'sandbox: off' if this system can't have it"};
}

Status grant(int ruleset, const FileGrant& one, std::uint64_t handled) {
    PathAttributes rule;
    rule.parent = ::open(one.path.c_str(), O_PATH | O_CLOEXEC);
    if (rule.parent < 0) return {};
    struct stat status {};
    const bool folder = ::fstat(rule.parent, &status) == 0 && S_ISDIR(status.st_mode);
    rule.allowed = rights_of(one.use);
    if (!folder) rule.allowed &= of_files;
    rule.allowed &= handled;
    const auto added = ::syscall(SYS_landlock_add_rule, ruleset, path_beneath, &rule, 0U);
    const Status done = added == 0 ? Status() : fail(failed(one.path.c_str()));
    ::close(rule.parent);
    return done;
}

}  // namespace

int landlock_version() {
    const auto version = ::syscall(SYS_landlock_create_ruleset, nullptr, std::size_t{0}, ask_version);
    return version < 0 ? 0 : static_cast<int>(version);
}

Status restrict_with_landlock(const LandlockRules& rules) {
    const int version = landlock_version();
    RulesetAttributes handled;
    handled.files = files_of(version);
    if (version >= 4 && !rules.connects) handled.network = connect_tcp;
    if (version >= 6) handled.scopes = abstract_sockets | signals;
    const int ruleset =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, size_of(version), 0U));
    if (ruleset < 0) return fail(failed("Landlock"));
    Status done;
    for (const auto& one : rules.files)
        if (done) done = grant(ruleset, one, handled.files);
    if (done && (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
                 ::syscall(SYS_landlock_restrict_self, ruleset, 0U) != 0))
        done = fail(failed("Landlock"));
    ::close(ruleset);
    return done;
}

}  // namespace provost
