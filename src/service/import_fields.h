// What a column of a device list can mean: its name, and what people are told of it.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace provost {

// "mac", "tenant", "line.1.user", "raw.VENDOR.PARAMETER"; P-2505 with the nearest name for what is none.
Result<std::string> field_named(std::string_view text);

bool is_own_column(std::string_view name);  // one that is no setting

struct FieldFacts {
    bool required = false;
    std::string limits;    // in words
    std::string fallback;  // what an empty cell comes to; empty: nothing
};

// `tenant` is that of rows that name none.
FieldFacts facts_of_field(std::string_view name, const std::string& tenant);

}  // namespace provost
