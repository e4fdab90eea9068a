// Who asked for what is not theirs, as events for the platform's people: one of an actor in ten seconds, with
// how many more there were.
#pragma once

#include "domain/actor.h"
#include "service/store.h"

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace provost {

class RefusalNotes {
 public:
    // `what` holds nothing that the caller wrote.
    void note(Store& store, const Actor& who, std::string_view what, Timestamp now);

 private:
    struct Noted {
        Timestamp at{};
        std::size_t unsaid = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Noted> noted_;  // by actor
};

}  // namespace provost
