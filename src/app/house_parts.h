// The parts of a running server that come from files: vendors, hardening profile.
#pragma once

#include "domain/hardening.h"
#include "service/vendor_shelf.h"

#include <filesystem>
#include <memory>

namespace provost {

// Every *.yaml of the folder. Any mistake in any of them refuses all (R-A11): P-21xx with file:line:column;
// P-1103 if there is none.
Result<std::shared_ptr<const VendorShelf>> load_vendors(const std::filesystem::path& folder);

// P-21xx with file:line:column for every mistake at once; P-1107 for a profile that sets nothing.
Result<HardeningProfile> load_hardening(const std::filesystem::path& file);

}  // namespace provost
