// An output syntax: how parameters become bytes and bytes become parameters again. It owns the escaping, so
// that no value can add a parameter.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "vendor/parameter.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace provost {

// One parameter as read back from rendered bytes: secrets are plain text here, so use it on previews and in
// tests.
struct ParsedParameter {
    std::string name;
    std::string value;
    std::vector<std::pair<std::string, std::string>> attributes;
    bool operator==(const ParsedParameter&) const = default;
};

class Syntax {
 public:
    virtual ~Syntax() = default;

    // Appends the whole file. Fails with P-2301 (field named) on a value the syntax can't carry exactly:
    // control characters, invalid UTF-8, and per syntax what its documentation says. `out` is then to be
    // thrown away.
    virtual Status render(const Parameters& parameters, const SecretSource& secrets,
                          OutputBuffer& out) const = 0;

    // Reads back what render wrote, and nothing more lenient: P-2302 with line and column.
    [[nodiscard]] virtual Result<std::vector<ParsedParameter>> parse(std::string_view bytes) const = 0;
};

using SyntaxOptions = std::map<std::string, std::string>;

// "key-value", "xml-elements", "xml-attributes", "flat-profile", "xml-tree". P-2303 for an unknown name,
// P-2304 for an option the syntax does not know or a text that the option can't have.
Result<std::unique_ptr<const Syntax>> make_syntax(std::string_view name, const SyntaxOptions& options);

}  // namespace provost
