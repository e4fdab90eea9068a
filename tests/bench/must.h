// For benchmarks: whatever does not work ends the program and says why.
#pragma once

#include "base/result.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

namespace provost {

[[noreturn]] inline void give_up(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

template <class T>
T must(Result<T> result) {
    if (!result) give_up(result.error().text());
    return std::move(*result);
}

inline void must(const Status& status) {
    if (!status) give_up(status.error().text());
}

}  // namespace provost
