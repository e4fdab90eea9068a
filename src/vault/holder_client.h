// The server's side of a key holder in a process of its own: the same ports, over its socket.
#pragma once

#include "service/audit_keys.h"
#include "service/key_holder.h"

#include <chrono>
#include <filesystem>
#include <memory>

namespace provost {

struct HeldKeys {
    std::unique_ptr<KeyHolder> keys;
    std::shared_ptr<AuditKeys> audit;
};

// Waits for it so long. Then, and whenever it is away later: P-5030, at once; it is asked anew by the next
// call, so nothing has to be started again. P-5032 another version, P-5034 it came back with another trail's
// keys.
Result<HeldKeys> connect_key_holder(const std::filesystem::path& socket, std::chrono::milliseconds patience);

}  // namespace provost
