// Whose fault it is that a change was not made: the change's own, or its store's.
#pragma once

#include "base/result.h"

namespace provost {

// P-6010 the store can't write, P-6011 too much waits for it: it may take the same change later.
inline bool is_store_trouble(const Error& error) {
    return error.code == "P-6010" || error.code == "P-6011";
}

}  // namespace provost
