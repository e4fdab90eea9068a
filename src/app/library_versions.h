// The libraries that this program runs with.
#pragma once

#include <string>
#include <vector>

namespace provost {

// By the names of Debian's source packages, as
// https://security-tracker.debian.org/tracker/source-package/NAME lists their advisories. `version` is what
// the loaded library says; what is compiled in says it at build time.
struct Library {
    std::string name, version, use;
};
std::vector<Library> libraries();

}  // namespace provost
