#include "vendor/syntax/options.h"

#include "domain/text.h"
#include "vendor/syntax/text.h"

#include <algorithm>

namespace provost {
namespace {

constexpr std::size_t longest_option = 256;

}  // namespace

std::string OptionReader::take(const std::string& name, std::string_view fallback) {
    taken_.push_back(name);
    const auto found = options_.find(name);
    return found == options_.end() ? std::string(fallback) : found->second;
}

Status OptionReader::finish() const {
    for (const auto& [name, text] : options_) {
        if (std::find(taken_.begin(), taken_.end(), name) == taken_.end()) {
            return unusable(name, "the syntax has no such option");
        }
        if (text.size() > longest_option) return unusable(name, "it is longer than 256 bytes");
    }
    return {};
}

tl::unexpected<Error> OptionReader::unusable(std::string_view name, std::string_view why) const {
    return fail({.code = "P-2304",
                 .what = "unusable option '" + printable(name, shown_bytes) + "' of the syntax '" +
                         std::string(syntax_) + "'",
                 .where = "output.options." + printable(name, shown_bytes),
                 .why = std::string(why),
                 .fix = "docs/reference/syntaxes.md lists the options"});
}

}  // namespace provost
