// Who gets one of the few places that the server has for jobs: pure. Nobody takes more than half of them for
// what runs, nor pushes out what another one still looks at before what is its own.
#pragma once

#include "domain/device.h"

#include <optional>
#include <span>

namespace provost {

struct JobPlace {
    std::optional<TenantId> owner;  // the tenant that its maker is bound to; nullopt: to none
    bool runs = false;
};

struct JobRoom {
    bool is_there = false;
    std::optional<std::size_t> pushed_out;  // whose place it is, where none is free
};

// `places` with the oldest first.
JobRoom room_for(std::optional<TenantId> owner, std::span<const JobPlace> places, std::size_t most);

}  // namespace provost
