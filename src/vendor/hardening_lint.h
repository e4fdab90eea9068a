// Is what a phone is about to get hardened? Reads the finished file's parameters and objects to whatever
// differs from the profile (R-D7).
#pragma once

#include "vendor/hardening_expectation.h"
#include "vendor/syntax/syntax.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace provost {

struct LintFinding {
    const RuleHead* rule = nullptr;  // points into the profile
    std::string parameter;           // the vendor's name for it
    std::string wanted;              // "'0'", "a password", "nothing"
    std::string found;               // "'1'", "nothing", "two of it"; never a word of a password

    // "web-ui-off (R-D2, no web interface): parameter 'a.b' must be '0' and is '1'"
    [[nodiscard]] std::string text() const;
};

// Is shown a file's parameters one by one, and says at the end what is wrong with them. Keeps no text of the
// file unless `quotes` it in findings: then the file must be one without secrets, or with others in their
// place.
class HardeningLint final : public ParameterSink {
 public:
    HardeningLint(const LintSubject& subject, bool quotes);
    HardeningLint(const HardeningLint&) = delete;
    HardeningLint& operator=(const HardeningLint&) = delete;

    void take(const ReadParameter& parameter) override;
    // Empty: the file is hardened. A rule that the phone has no parameter for is no finding
    // (hardening_fit.h).
    [[nodiscard]] std::vector<LintFinding> findings();

    [[nodiscard]] const std::vector<ExpectedParameter>& expected() const { return expected_; }

 private:
    static constexpr std::size_t none = SIZE_MAX;
    struct Seen {
        std::size_t times = 0;
        std::string fault;        // of the first of them that has one
        std::size_t next = none;  // the next expectation of the same name
    };

    void look_at(std::size_t at, std::string_view value);
    [[nodiscard]] std::string_view weakness(const ExpectedParameter& wanted, std::string_view password) const;
    [[nodiscard]] std::size_t match(std::size_t first, const ReadParameter& parameter) const;

    const HardeningProfile& profile_;
    bool quotes_;
    std::vector<ExpectedParameter> expected_;
    std::vector<Seen> seen_;                                     // by place in expected_
    std::unordered_map<std::string_view, std::size_t> by_name_;  // the first expectation of a name
};

// All at once, for a file that was read whole.
std::vector<LintFinding> lint_file(const LintSubject& subject, const std::vector<ParsedParameter>& file);

}  // namespace provost
