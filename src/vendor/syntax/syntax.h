// An output syntax: how parameters become bytes and bytes become parameters again. It owns the escaping, so
// that no value can add a parameter.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "vendor/parameter.h"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

// One parameter as it stands in rendered bytes. The texts live as long as the call that shows it.
struct ReadParameter {
    std::string_view name;
    std::string_view value;
    std::span<const std::pair<std::string_view, std::string_view>> attributes;
};

class ParameterSink {
 public:
    virtual ~ParameterSink() = default;
    virtual void take(const ReadParameter& parameter) = 0;
};

// The same, kept: secrets are plain text here, so use it on previews and in tests.
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

    // Reads back what render wrote, and nothing more lenient, and shows it to `sink` parameter by parameter,
    // up to the first mistake: P-2302 with line and column. Keeps no text; what it has to unescape is wiped.
    virtual Status read(std::string_view bytes, ParameterSink& sink) const = 0;
    [[nodiscard]] Result<std::vector<ParsedParameter>> parse(std::string_view bytes) const;

    // What render wrote, as UTF-8, to show it to people: a preview, which holds no secret.
    [[nodiscard]] virtual std::string shown(std::string_view bytes) const { return std::string(bytes); }
};

using SyntaxOptions = std::map<std::string, std::string>;

// "key-value", "xml-elements", "xml-attributes", "flat-profile", "xml-tree", "name-addr". P-2303 for an
// unknown name, P-2304 for an option the syntax does not know or a text that the option can't have.
Result<std::unique_ptr<const Syntax>> make_syntax(std::string_view name, const SyntaxOptions& options);

}  // namespace provost
