// All vendor files as loaded at the start, with the syntax each of them writes. Immutable.
#pragma once

#include "vendor/catalogue.h"
#include "vendor/syntax/syntax.h"

#include <memory>
#include <string>
#include <unordered_map>

namespace provost {

class VendorShelf {
 public:
    // P-2303, P-2304 if a vendor's syntax or one of its options is not known.
    static Result<std::shared_ptr<const VendorShelf>> make(std::vector<VendorSpec> vendors);
    explicit VendorShelf(std::vector<VendorSpec> vendors) : catalogue_(std::move(vendors)) {}

    [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }
    [[nodiscard]] const VendorSpec* find(std::string_view id) const { return catalogue_.find(id); }
    // What the model reads; empty: not known.
    [[nodiscard]] const Syntax& syntax(const VendorSpec& vendor, std::string_view model) const {
        return *syntaxes_.at(&output_format(vendor, model));
    }

 private:
    Status add(const OutputFormat& format);

    Catalogue catalogue_;
    std::unordered_map<const OutputFormat*, std::unique_ptr<const Syntax>> syntaxes_;
};

}  // namespace provost
