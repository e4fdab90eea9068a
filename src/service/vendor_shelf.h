// All vendor files as loaded at the start, with the syntax each of them writes. Immutable.
#pragma once

#include "vendor/catalogue.h"
#include "vendor/syntax/syntax.h"

#include <map>
#include <memory>
#include <string>

namespace provost {

class VendorShelf {
 public:
    // P-2303, P-2304 if a vendor's syntax or one of its options is not known.
    static Result<std::shared_ptr<const VendorShelf>> make(std::vector<VendorSpec> vendors);
    explicit VendorShelf(std::vector<VendorSpec> vendors) : catalogue_(std::move(vendors)) {}

    [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }
    [[nodiscard]] const VendorSpec* find(std::string_view id) const { return catalogue_.find(id); }
    [[nodiscard]] const Syntax& syntax(const VendorSpec& vendor) const { return *syntaxes_.at(vendor.id); }

 private:
    Catalogue catalogue_;
    std::map<std::string, std::unique_ptr<const Syntax>, std::less<>> syntaxes_;
};

}  // namespace provost
