// Whose fault it is that a change was not made: the change's own, or its store's.
#pragma once

#include "base/result.h"

#include <chrono>
#include <thread>

namespace provost {

constexpr auto store_pause = std::chrono::milliseconds(500);

// P-6010 the store can't write, P-6011 too much waits for it: it may take the same change later.
inline bool is_store_trouble(const Error& error) {
    return error.code == "P-6010" || error.code == "P-6011";
}

// Makes a change again and again until the store takes it, the change itself is refused, or `stop` says so.
// For workers of their own: it sleeps.
template <class Change, class Stop>
Status once_it_writes(Change change, Stop stop) {
    while (true) {
        auto done = change();
        if (done || !is_store_trouble(done.error()) || stop()) return done;
        std::this_thread::sleep_for(store_pause);
    }
}

}  // namespace provost
