// The one way a function of Provost reports an expected failure.
#pragma once

#include "base/error.h"

#include <utility>

#include <tl/expected.hpp>

namespace provost {

template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace provost

#define PROVOST_JOIN_(a, b) a##b
#define PROVOST_JOIN(a, b) PROVOST_JOIN_(a, b)

// PROVOST_TRY(auto value, make_value());  returns the error from the enclosing function, or declares the
// value. A declaration, not a statement expression: those crash g++ 12 around co_return.
#define PROVOST_TRY(declaration, expression) \
    PROVOST_TRY_(declaration, expression, PROVOST_JOIN(try_, __LINE__))
#define PROVOST_TRY_(declaration, expression, name)                 \
    auto&& name = (expression);                                     \
    if (!name) return tl::make_unexpected(std::move(name).error()); \
    declaration = std::move(*name)

// PROVOST_CHECK(do_it());  the same for a Status.
#define PROVOST_CHECK(expression) PROVOST_CHECK_(expression, PROVOST_JOIN(check_, __LINE__))
#define PROVOST_CHECK_(expression, name) \
    if (auto&& name = (expression); !name) return tl::make_unexpected(std::move(name).error())
