// A registrar that is a program of the operator's own: it gets signed batches by HTTP
// (docs/how-to/connect-a-registrar.md).
#pragma once

#include "base/clock.h"
#include "base/secret.h"
#include "service/registrar.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace provost {

// Posts a body and gives the answer's; has a deadline of its own. An error for any answer but 2xx.
using PostJson =
    std::function<Result<std::string>(const std::vector<std::string>& headers, const std::string& body)>;

struct WebhookSettings {
    std::string name;    // of the registrar, in the configuration
    std::string server;  // how this server names itself
    Secret key;          // as of the alerts' webhook
};

// Tells what it is told to tell and can't be asked for anything: no drift check, and who registered the
// program tells by itself.
std::unique_ptr<Registrar> open_webhook(WebhookSettings settings, PostJson post, const Clock& clock);

// Good for as long as the entry is: the same at each try, and no other entry has it, of this server or of one
// that began again from a backup.
std::string idempotency_key(const OutboxEntry& entry);

}  // namespace provost
