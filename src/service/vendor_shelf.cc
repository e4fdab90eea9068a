#include "service/vendor_shelf.h"

namespace provost {

Result<std::shared_ptr<const VendorShelf>> VendorShelf::make(std::vector<VendorSpec> vendors) {
    auto shelf = std::make_shared<VendorShelf>(std::move(vendors));
    for (const auto& vendor : shelf->catalogue_.vendors()) {
        PROVOST_CHECK(shelf->add(vendor.output));
        for (const auto& variant : vendor.output.variants) PROVOST_CHECK(shelf->add(variant));
    }
    return shelf;
}

Status VendorShelf::add(const OutputFormat& format) {
    PROVOST_TRY(auto syntax, make_syntax(format.syntax, format.options));
    syntaxes_.emplace(&format, std::move(syntax));
    return {};
}

}  // namespace provost
