#include "service/vendor_shelf.h"

namespace provost {

Result<std::shared_ptr<const VendorShelf>> VendorShelf::make(std::vector<VendorSpec> vendors) {
    auto shelf = std::make_shared<VendorShelf>(std::move(vendors));
    for (const auto& vendor : shelf->catalogue_.vendors()) {
        PROVOST_TRY(auto syntax, make_syntax(vendor.output.syntax, vendor.output.options));
        shelf->syntaxes_.emplace(vendor.id, std::move(syntax));
    }
    return shelf;
}

}  // namespace provost
