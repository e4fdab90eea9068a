// NOTIFY over SIP: what tells a phone to call home. A connection for each; nothing is kept.
#pragma once

#include "service/resync.h"
#include "sip/transaction.h"

#include <memory>

namespace provost {

struct SipSettings {
    SipTls tls;
    SipTimers timers;
};

std::unique_ptr<NotifySender> make_notify_sender(std::shared_ptr<const SipSettings> settings);

}  // namespace provost
