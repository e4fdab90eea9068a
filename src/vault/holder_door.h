// The key holder's socket: local, for one user's processes, one message after the other.
#pragma once

#include "vault/holder_desk.h"

#include <filesystem>
#include <memory>
#include <vector>

#include <poll.h>
#include <sys/types.h>

namespace provost {

struct HolderDoorSettings {
    std::filesystem::path socket;
    std::vector<uid_t> peers;  // who may talk besides the holder's own user
};

// One thread, one loop: a call takes microseconds, but for those few that write a key's file.
class HolderDoor {
 public:
    // Mode 0600, or 0660 where others than the own user may talk. Replaces what an ended holder left behind;
    // P-5035.
    static Result<std::unique_ptr<HolderDoor>> open(const HolderDoorSettings& settings, HolderDesk& desk);
    ~HolderDoor();
    HolderDoor(const HolderDoor&) = delete;
    HolderDoor& operator=(const HolderDoor&) = delete;

    // Until stop(), which any thread and a signal handler may call.
    void run();
    void stop() const;

 private:
    struct Talk;
    HolderDoor(const HolderDoorSettings& settings, HolderDesk& desk);
    Status listen();
    void accept_one();
    void watch(std::vector<pollfd>& watched) const;
    void drop_silent();
    bool take(Talk& talk);
    bool serve(Talk& talk);

    const HolderDoorSettings settings_;
    HolderDesk& desk_;
    int listener_ = -1, stopped_ = -1;
    std::vector<std::unique_ptr<Talk>> talks_;
};

}  // namespace provost
