#include "base/error.h"

namespace provost {

void Error::offer(std::string_view instead) {
    fix = "Did you mean '" + std::string(instead) + "'?";
    offers = {std::string(instead)};
}

std::string Error::text() const {
    std::string out;
    if (!where.empty()) out += where + ": ";
    out += what;
    if (!why.empty()) out += ": " + why;
    if (!fix.empty()) out += ". " + fix;
    if (!code.empty()) out += " [" + code + "]";
    return out;
}

}  // namespace provost
