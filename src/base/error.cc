#include "base/error.h"

namespace provost {

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
