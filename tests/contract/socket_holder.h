// A key holder on a thread of the test, behind a real socket: what the server has where the holder is a
// process of its own.
#pragma once

#include "service/log.h"
#include "vault/audit_key_file.h"
#include "vault/file_key_holder.h"
#include "vault/holder_client.h"
#include "vault/holder_door.h"

#include <filesystem>
#include <memory>
#include <thread>

namespace provost::contract {

class SocketHolder {
 public:
    explicit SocketHolder(const std::filesystem::path& folder, const OpenLimits& limits = {})
        : socket_(quietly(folder / "holder.sock")),
          keys_(open_key_files(folder).value()),
          audit_(open_audit_keys(folder).value()),
          desk_(*keys_, *audit_, limits),
          door_(HolderDoor::open({socket_, {}}, desk_).value()),
          thread_([this] { door_->run(); }) {}
    ~SocketHolder() {
        door_->stop();
        thread_.join();
    }
    SocketHolder(const SocketHolder&) = delete;
    SocketHolder& operator=(const SocketHolder&) = delete;

    [[nodiscard]] const std::filesystem::path& socket() const { return socket_; }
    [[nodiscard]] HeldKeys connect() const {
        return connect_key_holder(socket_, std::chrono::seconds(5)).value();
    }

 private:
    // A line for each opened secret would be all that a test's log shows.
    static std::filesystem::path quietly(std::filesystem::path socket) {
        set_log(LogForm::text, "error");
        return socket;
    }

    std::filesystem::path socket_;
    std::unique_ptr<KeyHolder> keys_;
    std::shared_ptr<AuditKeys> audit_;
    HolderDesk desk_;
    std::unique_ptr<HolderDoor> door_;
    std::thread thread_;
};

}  // namespace provost::contract
