// What the tests of the syntaxes share: parameters, secrets, and rendering to text.
#pragma once

#include "vendor/syntax/syntax.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace provost::testing {

class FakeSecrets final : public SecretSource {
 public:
    FakeSecrets() = default;
    explicit FakeSecrets(std::map<SettingKey, std::string> secrets) : secrets_(std::move(secrets)) {}
    [[nodiscard]] std::string_view secret(SettingKey which) const override {
        const auto found = secrets_.find(which);
        return found == secrets_.end() ? std::string_view() : std::string_view(found->second);
    }

 private:
    std::map<SettingKey, std::string> secrets_;
};

inline Parameter parameter(std::string name, std::string value,
                           std::vector<std::pair<std::string, std::string>> attributes = {}) {
    Parameter made;
    made.name = std::move(name);
    made.value = std::move(value);
    made.attributes = std::move(attributes);
    return made;
}

inline Parameter secret_parameter(std::string name, SettingKey which) {
    Parameter made = parameter(std::move(name), "");
    made.is_secret = true;
    made.secret = which;
    return made;
}

inline std::unique_ptr<const Syntax> syntax_of(std::string_view name, const SyntaxOptions& options = {}) {
    auto made = make_syntax(name, options);
    if (!made) throw std::runtime_error(made.error().text());
    return std::move(*made);
}

inline Result<std::string> render(const Syntax& syntax, const Parameters& parameters,
                                  const SecretSource& secrets = FakeSecrets()) {
    OutputBuffer out;
    PROVOST_CHECK(syntax.render(parameters, secrets, out));
    return std::string(out.view());
}

inline std::vector<ParsedParameter> as_parsed(const Parameters& parameters) {
    std::vector<ParsedParameter> parsed;
    for (const Parameter& p : parameters) parsed.push_back({p.name, p.value, p.attributes});
    return parsed;
}

// Renders, checks that the names read back as `names` (or as they were given), and gives the text.
inline std::string written(const Syntax& syntax, const Parameters& parameters, const SecretSource& secrets,
                           std::vector<std::string> names) {
    const auto file = render(syntax, parameters, secrets);
    if (!file) return file.error().text();
    const auto parsed = syntax.parse(*file);
    if (!parsed) return *file + parsed.error().text();
    if (names.empty()) {
        for (const Parameter& p : parameters) names.push_back(p.name);
    }
    std::vector<std::string> read;
    for (const ParsedParameter& p : *parsed) read.push_back(p.name);
    EXPECT_EQ(read, names);
    return *file;
}

// The text, or the error so that a failing test shows it.
inline std::string text_or_error(const Result<std::string>& rendered) {
    return rendered ? *rendered : rendered.error().text();
}

}  // namespace provost::testing
