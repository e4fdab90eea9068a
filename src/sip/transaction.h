// The client's part of a SIP transaction (RFC 3261 section 17.1), up to a deadline of our own.
#pragma once

#include "base/clock.h"
#include "sip/message.h"
#include "sip/wire.h"

namespace provost {

struct SipTimers {
    Duration t1 = std::chrono::milliseconds(500);  // estimate of the way there and back
    Duration t2 = std::chrono::seconds(4);         // longest pause of a request that is no INVITE
    Duration answer_within = std::chrono::seconds(8);
};

// How long to wait until the request is sent once more, after having waited for `last` (zero: it was just
// sent first). nullopt: not any more, as an INVITE that was heard is not repeated.
std::optional<Duration> next_pause(const SipTimers& timers, Duration last, bool invite, bool heard);

struct SipReceived {
    SipResponse last;              // the final one
    std::vector<int> provisional;  // 1xx that came before
    int sent = 0;                  // how often the request was
    Duration took{};
};

// Sends `request`, whose Via and CSeq it goes by, and waits for the final response. An INVITE's is
// acknowledged; one that is taken is hung up at once, and one that only rings by the deadline is cancelled.
// P-8305: no final response came in time.
Result<SipReceived> transact(SipWire& wire, const SipRequest& request, const SipTimers& timers);

}  // namespace provost
