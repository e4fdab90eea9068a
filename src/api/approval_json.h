// What waits for a second person, told so that it can be judged: in words, with what it is about.
#pragma once

#include "api/json.h"
#include "api/route.h"

namespace provost {

enum class BodyShown : std::uint8_t {
    begin,  // at most 4 KiB of it
    whole,
};
// `certificates` are those of a file that waits, with what would become of each, or that of the row of the
// trust list that would go.
json::object to_json(const PendingCall& call, const ApiContext& context, BodyShown shown);

}  // namespace provost
