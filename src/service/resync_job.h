// A staged resync of many phones, as the store keeps it: it goes on after a restart.
#pragma once

#include "base/mac_address.h"
#include "domain/device.h"
#include "domain/staging.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace provost {

struct ResyncJob {
    enum class State : std::uint8_t { running, done, cancelled };

    // What was asked for; it never changes.
    std::int64_t id = 0;
    TenantId tenant = 0;
    std::string actor, scope;  // scope in words: "tenant acme, site Berlin"
    Timestamp made{};
    bool reboot = false;
    StagingRules rules;
    std::vector<MacAddress> phones;

    // How far it is.
    State state = State::running;
    std::vector<bool> told;  // as phones
    std::size_t done = 0;    // of those told: they come
    Timestamp ended{};

    [[nodiscard]] std::size_t count_told() const;
};
std::string_view to_text(ResyncJob::State state);

// The two parts of its record, and back; nullopt for what is none.
std::string order_text(const ResyncJob& job);
std::string progress_text(const ResyncJob& job);
std::optional<ResyncJob> parse_job(std::string_view order, std::string_view progress);

}  // namespace provost
