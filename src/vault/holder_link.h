// Connections to a key holder, kept between calls: as many as calls are under way at once.
#pragma once

#include "vault/holder_wire.h"

#include <chrono>
#include <filesystem>
#include <mutex>
#include <vector>

namespace provost {

class HolderLink {
 public:
    explicit HolderLink(std::filesystem::path socket) : socket_(std::move(socket)) {}
    ~HolderLink();
    HolderLink(const HolderLink&) = delete;
    HolderLink& operator=(const HolderLink&) = delete;

    // One call and its answer, an error of the holder among them. Any thread. P-5030, P-5032, P-5034.
    Result<HolderReply> call(const HolderCall& call);

    // What the holder last said of the audit trail's keys.
    [[nodiscard]] AuditKeyState audit_state() const;
    void note(const AuditKeyState& state);

 private:
    enum class Fault : std::uint8_t { none, gone, silent, nonsense };
    struct Heard {
        Fault fault = Fault::gone;
        std::optional<HolderReply> reply;
    };
    Result<int> connect();
    Status greet(int connection);
    static Heard exchange(int connection, std::string_view frame);
    Result<HolderReply> finish(int connection, Heard heard);
    [[nodiscard]] Error away(std::string why) const;

    const std::filesystem::path socket_;
    mutable std::mutex mutex_;  // guards what follows
    std::vector<int> idle_;
    std::optional<AuditKeyState> audit_;
    std::chrono::steady_clock::time_point not_before_{};  // after one that did not answer
};

}  // namespace provost
