// Makes of the configuration's webhooks what tells them of events.
#pragma once

#include "app/webhook_config.h"
#include "service/event_hooks.h"

namespace provost {

// Reads keys and certificates now, so that none is opened later (P-1112, P-1113), and begins. Whether a
// receiver can be reached is not asked: the server starts without it.
Result<std::shared_ptr<EventHooks>> open_webhooks(const std::vector<WebhookBlock>& blocks, House& house);

}  // namespace provost
