// Asks the operator's own registrar a dozen questions at most, one a second, and hands the answers over
// (R-F5).
#pragma once

#include "domain/network.h"
#include "sip/transaction.h"
#include "sip/trunk_findings.h"

#include <functional>

namespace provost {

struct TrunkAudit {
    SipTarget target;
    std::string realm;  // the domain in addresses; empty: the host
    std::string user;   // an account that exists; empty: none is known
    SipTls tls;
    SipTimers timers;
    Duration pause = std::chrono::seconds(1);  // between two messages
};

// Loopback and private networks (RFC 1918, RFC 4193).
Networks own_networks();

// P-8314: an address of the host lies outside these networks. P-8302: it has none.
Status may_audit(const SipTarget& target, const Networks& networks);

// P-8302 ... P-8305 where it does not even answer OPTIONS and REGISTER.
Result<TrunkAnswers> ask_trunk(const TrunkAudit& audit);

}  // namespace provost
