// Reads a vendor file. Every scalar is taken as text and typed by our schema, so `on`, `0123` and `no` mean
// what they say. Unknown or duplicate keys are errors.
#pragma once

#include "vendor/vendor_spec.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

// `origin` is the file's name in errors ("vendors/acme.yaml:12:5"). Returns every mistake found, not just the
// first; exactly one of spec and errors is filled. Error codes P-21xx.
struct VendorFileOutcome {
    std::optional<VendorSpec> spec;
    std::vector<Error> errors;
};
VendorFileOutcome read_vendor_file(std::string_view text, const std::string& origin);

}  // namespace provost
