// Makes of a target in the configuration what sends to it.
#pragma once

#include "app/outbound_config.h"
#include "service/courier.h"

namespace provost {

// Sends a body under its id, signed.
using PostSigned = std::function<Status(const std::string& id, const std::string& body)>;

// Reads keys, passwords and certificates now, so that none is opened later. P-1112: a file can't be read, or
// what should be secret is open to others; P-1113: not a key of a webhook. `secret`: mode 0600 or stricter.
Result<std::vector<AlertTarget>> make_targets(const OutboundSettings& settings);
Result<PostSigned> make_webhook(const TargetSettings& settings);
Result<Secret> read_webhook_key(const std::filesystem::path& file);
Result<std::string> read_outbound_file(const std::filesystem::path& file, bool secret);

}  // namespace provost
