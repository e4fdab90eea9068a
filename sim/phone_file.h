// Reads a phone file.
#pragma once

#include "base/result.h"
#include "sim/phone_spec.h"

#include <string>
#include <string_view>

namespace provost::sim {

// `origin` is the file's name in errors. The first mistake: P-21xx for the YAML, P-9001 for what it says,
// each with file:line:column.
Result<PhoneSpec> read_phone_file(std::string_view text, const std::string& origin);

}  // namespace provost::sim
