#include "service/named_vendor.h"

#include "domain/text.h"

#include <vector>

namespace provost {

Result<const VendorSpec*> named_vendor(std::string_view name, const Catalogue& catalogue) {
    if (const auto* const vendor = catalogue.find(name)) return vendor;
    std::vector<std::string_view> ids;
    for (const auto& vendor : catalogue.vendors()) ids.push_back(vendor.id);
    Error error{"P-2021", "there is no vendor '" + printable(name, 32) + "'", "vendor"};
    if (const auto near = nearest(name, ids)) error.offer(*near);
    return fail(std::move(error));
}

}  // namespace provost
