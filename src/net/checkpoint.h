// One connection's way through the guard's gate; where the door has none, everybody passes.
#pragma once

#include "domain/decide.h"
#include "guard/gate.h"

#include <chrono>

namespace provost {

class Checkpoint {
 public:
    Checkpoint(Gate* gate, const IpAddress& address) : gate_(gate) {
        if (gate_ != nullptr) source_ = gate_->meet(address);
    }

    [[nodiscard]] bool is_known() const {
        return gate_ == nullptr || source_.allowed || gate_->knows(source_, now());
    }
    // Each is false where the connection is to be cut.
    [[nodiscard]] bool connects() { return gate_ == nullptr || !gate_->connects(source_, now()); }
    [[nodiscard]] bool begins_tls() { return gate_ == nullptr || !gate_->begins_tls(source_, now()); }
    [[nodiscard]] bool is_judged(const Evidence& evidence) {
        return gate_ == nullptr || !gate_->is_judged(source_, proved_device(evidence), now());
    }
    [[nodiscard]] bool asks(const Evidence& evidence) {
        return gate_ == nullptr || !gate_->asks(source_, proved_device(evidence), now());
    }
    void note_bytes(const Evidence* evidence, std::int64_t kibibytes) {
        if (gate_ == nullptr) return;
        gate_->note_bytes(source_, evidence == nullptr ? std::nullopt : proved_device(*evidence), kibibytes,
                          now());
    }
    // It broke off the handshake, or sent what is no request.
    void note_failure() {
        if (gate_ != nullptr) gate_->note_failure(source_, std::nullopt, now());
    }

 private:
    static Timestamp now() {
        return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    }

    Gate* gate_;
    Source source_;
};

}  // namespace provost
