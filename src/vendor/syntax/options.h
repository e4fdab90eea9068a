// Reads a syntax's options, all of them texts from a vendor file.
#pragma once

#include "vendor/syntax/syntax.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

class OptionReader {
 public:
    OptionReader(std::string_view syntax, const SyntaxOptions& options)
        : syntax_(syntax), options_(options) {}

    // An option's text, or `fallback` where it is not given.
    std::string take(const std::string& name, std::string_view fallback);
    // P-2304 for an option that nobody took, or one of more than 256 bytes.
    [[nodiscard]] Status finish() const;
    // P-2304: the option's text is no use.
    [[nodiscard]] tl::unexpected<Error> unusable(std::string_view name, std::string_view why) const;

 private:
    std::string_view syntax_;
    const SyntaxOptions& options_;
    std::vector<std::string> taken_;
};

}  // namespace provost
