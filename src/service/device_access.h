// How a device proves itself, as operators choose it (R-A7): what its phone can do, and what a change of it
// ends.
#pragma once

#include "service/house.h"
#include "service/operations.h"

#include <string>
#include <string_view>

namespace provost {

// P-2031 for a word that is none, and for what the vendor's phones of this model can't do, with the vendor
// file's reason. `model` empty: unknown.
Result<Access> choose_access(const std::string& text, const VendorSpec& vendor, const std::string& model);

// Within the caller's transaction; the caller stores the device. Ends the device's passwords and token, and
// all secrets that were made for the old way.
Status change_access(Transaction& transaction, Device& device, Access access);

// Whether a first contact can succeed at all: a door that takes this way in, and the tenant's word. P-2032
// ... P-2034.
Status check_way_in(Access access, const Device& device, const House& house);

// "https://HOST/PATH/file" with the address in the place of what stands for it.
std::string fill_address(std::string_view pattern, std::string_view address);

}  // namespace provost
