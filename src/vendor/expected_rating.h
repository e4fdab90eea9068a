// How a phone that was never here will be rated, as far as its vendor file can tell (R-A6).
#pragma once

#include "domain/rating.h"
#include "vendor/vendor_spec.h"

namespace provost {

struct ExpectedRating {
    Rating rating;
    bool certain = false;  // else the vendor file does not say, or it depends on the model
};

// Of a phone that is to prove itself in this way. Where it is in doubt whether the factory gave it a
// certificate the lower rating counts: unknown is never yes.
ExpectedRating expect_rating(const VendorSpec& vendor, Access access, SecretMode mode);

}  // namespace provost
