// The block `webhooks` of the server's configuration: the programs that are told of events.
#pragma once

#include "app/outbound_config.h"
#include "service/event_choice.h"

#include <filesystem>
#include <string>
#include <vector>

namespace provost {

struct WebhookBlock {
    std::string name;
    TargetSettings target;
    EventChoice choice{{}};
    std::string tenant;  // short name; empty: all
};

// Names are unique. `file` is the configuration's; paths are taken from its folder.
std::vector<WebhookBlock> read_webhooks(const std::filesystem::path& file, const Yaml& value);

}  // namespace provost
