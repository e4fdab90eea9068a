#include "vendor/hardening_lint.h"

#include "base/ascii.h"
#include "crypto/md5_crypt.h"
#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t longest_shown = 64;

using Kind = ExpectedParameter::Kind;

bool is_at(const ExpectedParameter& wanted, const ReadParameter& parameter) {
    return wanted.name == parameter.name &&
           std::equal(wanted.attributes.begin(), wanted.attributes.end(), parameter.attributes.begin(),
                      parameter.attributes.end(), [](const auto& a, const auto& b) {
                          return a.first == b.first && a.second == b.second;
                      });
}

// Some formats put every secret in quotes.
std::string_view without_quotes(std::string_view text) {
    const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string quoted(std::string_view text) {
    return "'" + printable(text, longest_shown) + "'";
}

std::string in_words(const ExpectedParameter& wanted) {
    switch (wanted.kind) {
        case Kind::text:
            return quoted(wanted.value);
        case Kind::password: {
            const std::string what = wanted.form == SecretForm::clear ? "a password" : "a password's hash";
            return wanted.value.empty() ? what : what + " behind " + quoted(wanted.value);
        }
        case Kind::absent:
            return "nothing";
        case Kind::unsayable:
            break;
    }
    return "a text that the vendor file has no word for";
}

}  // namespace

std::string LintFinding::text() const {
    return rule->id + " (" + rule->requirement + ", " + rule->says + "): parameter '" + parameter +
           "' must be " + wanted + " and is " + found;
}

HardeningLint::HardeningLint(const LintSubject& subject, bool quotes)
    : profile_(subject.profile),
      quotes_(quotes),
      expected_(expect_hardened(subject)),
      seen_(expected_.size()) {
    by_name_.reserve(expected_.size());
    for (std::size_t at = expected_.size(); at-- > 0;) {
        const auto [found, fresh] = by_name_.try_emplace(expected_[at].name, at);
        if (fresh) continue;
        seen_[at].next = found->second;
        found->second = at;
    }
}

// Where several passwords share a place, a list of users, what stands in front tells them apart.
std::size_t HardeningLint::match(std::size_t first, const ReadParameter& parameter) const {
    std::size_t best = none, any = none;
    for (std::size_t at = first; at != none; at = seen_[at].next) {
        const auto& wanted = expected_[at];
        if (wanted.kind != Kind::password || !is_at(wanted, parameter)) continue;
        any = at;
        if (!without_quotes(parameter.value).starts_with(wanted.value)) continue;
        if (best == none || wanted.value.size() > expected_[best].value.size()) best = at;
    }
    return best != none ? best : any;
}

void HardeningLint::take(const ReadParameter& parameter) {
    const auto found = by_name_.find(parameter.name);
    if (found == by_name_.end()) return;
    if (const auto password = match(found->second, parameter); password != none)
        look_at(password, parameter.value);
    for (std::size_t at = found->second; at != none; at = seen_[at].next)
        if (expected_[at].kind != Kind::password && is_at(expected_[at], parameter))
            look_at(at, parameter.value);
}

void HardeningLint::look_at(std::size_t at, std::string_view value) {
    const auto& wanted = expected_[at];
    auto& seen = seen_[at];
    ++seen.times;
    if (!seen.fault.empty()) return;
    if (wanted.kind == Kind::password)
        seen.fault = weakness(wanted, without_quotes(value));
    else if (wanted.kind == Kind::text && value != wanted.value)
        seen.fault = quotes_ ? quoted(value) : "another text";
    else if (wanted.kind == Kind::absent)
        seen.fault = "there";
}

// What is wrong with it; empty: nothing.
std::string_view HardeningLint::weakness(const ExpectedParameter& wanted, std::string_view password) const {
    if (!password.starts_with(wanted.value)) return "another text";
    password.remove_prefix(wanted.value.size());
    if (password.empty()) return "empty";
    if (wanted.form == SecretForm::md5_crypt) return is_md5_crypt(password) ? "" : "no hash";
    for (const auto& known : profile_.factory_passwords)
        if (same_but_for_case(known, password)) return "a password that phones leave the factory with";
    const auto& names = wanted.not_the_names;
    if (std::find(names.begin(), names.end(), password) != names.end()) return "the user's own name";
    return password.size() < wanted.shortest ? "too short" : "";
}

std::vector<LintFinding> HardeningLint::findings() {
    std::vector<LintFinding> findings;
    for (std::size_t at = 0; at < expected_.size(); ++at) {
        const auto& wanted = expected_[at];
        auto& seen = seen_[at];
        if (wanted.kind == Kind::unsayable)
            seen.fault = "another";
        else if (wanted.kind != Kind::absent && seen.times == 0)
            seen.fault = "nothing";
        else if (wanted.kind != Kind::absent && seen.times > 1)
            seen.fault = "there " + std::to_string(seen.times) + " times";
        if (seen.fault.empty()) continue;
        for (const auto* const rule : wanted.rules)
            findings.push_back({rule, wanted.name, in_words(wanted), seen.fault});
    }
    return findings;
}

std::vector<LintFinding> lint_file(const LintSubject& subject, const std::vector<ParsedParameter>& file) {
    HardeningLint lint(subject, true);
    std::vector<std::pair<std::string_view, std::string_view>> attributes;
    for (const auto& one : file) {
        attributes.assign(one.attributes.begin(), one.attributes.end());
        lint.take({one.name, one.value, attributes});
    }
    return lint.findings();
}

}  // namespace provost
