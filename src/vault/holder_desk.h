// The key holder's side of the socket, without the socket: takes a message, asks the keys, gives the answer.
#pragma once

#include "service/log.h"
#include "vault/holder_wire.h"
#include "vault/open_brake.h"

#include <string>

namespace provost {

class HolderDesk {
 public:
    HolderDesk(KeyHolder& keys, AuditKeys& audit, const OpenLimits& limits)
        : keys_(keys), audit_(audit), brake_(limits) {}

    // One conversation: it begins with a hello of our version.
    struct Peer {
        std::string name;  // for the log: "uid 998, pid 4711"
        bool greeted = false;
    };
    // Appends the answer as a frame. False: hang up after it. `now` is a time that nobody sets.
    bool answer(ByteView body, Peer& peer, Timestamp now, OutputBuffer& frame);

 private:
    HolderReply reply_to(HolderCall& call, const Peer& peer, Timestamp now);
    HolderReply open(OpenCall& call, const Peer& peer, Timestamp now);
    HolderReply derive(const DeriveCall& call, const Peer& peer, Timestamp now);
    Result<std::vector<Secret>> open_admitted(OpenCall& call);
    [[nodiscard]] AuditKeyState audit_state() const;
    static void tell(const OpenCall& call, const Peer& peer, const Result<std::vector<Secret>>& opened);
    void tell_braked(LogFields whose, const Peer& peer, Timestamp now);

    KeyHolder& keys_;
    AuditKeys& audit_;
    OpenBrake brake_;
    std::optional<Timestamp> braked_told_;
};

}  // namespace provost
