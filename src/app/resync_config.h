// The block `resync` of the server's configuration: how phones are told to call home.
#pragma once

#include "base/clock.h"
#include "service/resync_keeper.h"
#include "vendor/yaml_reader.h"

#include <filesystem>

namespace provost {

class NotifySender;

struct ResyncSettings {
    bool given = false;
    ResyncRoute route;
    ResyncPace pace;
    Duration answer_within = std::chrono::seconds(8);
    std::filesystem::path authorities, certificate, key;  // of TLS; empty: the system's, none, none
};

void read_resync_block(const std::filesystem::path& file, const Yaml& value, ResyncSettings& settings);

// Reads the files; the sender keeps what was in them. P-1112, P-8304 comes with the first phone.
Result<std::unique_ptr<NotifySender>> make_sender(const ResyncSettings& settings);

// Those of the house's hub that serve an account.
FindRegistrars registrars_of(const House& house);

// Out of the system's folder of time zones. P-8306.
Result<TimeZone> load_time_zone(const std::string& name);

}  // namespace provost
