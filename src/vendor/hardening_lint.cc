#include "vendor/hardening_lint.h"

#include "domain/text.h"
#include "vendor/rule_mapper.h"

#include <algorithm>
#include <unordered_map>

namespace provost {

namespace {

constexpr std::size_t longest_shown = 64;

// The settings as they must be: each that a rule speaks of with a text that the rule accepts.
EffectiveSettings hardened(const LintSubject& subject) {
    auto settings = subject.settings;
    for (const auto& rule : subject.profile.rules) {
        const auto place = static_cast<std::size_t>(&rule - subject.profile.rules.data());
        if (subject.lifted.has(place)) continue;
        bool general = false;
        for (auto& entry : settings) {
            if (entry.key.id != rule.setting) continue;
            general |= entry.key.index == 0;
            if (!rule.accepts(entry.value)) entry.value = rule.values.front();
        }
        if (general) continue;
        const EffectiveSetting missing{{rule.setting, 0}, rule.values.front(), 0};
        const auto before = [](const auto& a, const auto& b) { return a.key < b.key; };
        settings.insert(std::upper_bound(settings.begin(), settings.end(), missing, before), missing);
    }
    return settings;
}

// What names a parameter in a file: its name, and the attributes that tell it from others of that name.
std::string identity(const std::string& name,
                     const std::vector<std::pair<std::string, std::string>>& attributes) {
    std::string text = name;
    for (const auto& [attribute, value] : attributes) text += '\n' + attribute + '=' + value;
    return text;
}

using FileIndex = std::unordered_multimap<std::string, const std::string*>;

class Linter {
 public:
    Linter(const LintSubject& subject, const std::vector<ParsedParameter>& file) : subject_(subject) {
        sort_mappings();
        index_.reserve(file.size());
        for (const auto& one : file) index_.emplace(identity(one.name, one.attributes), &one.value);
    }

    void check(const HardeningRule& rule, const SettingView& view) {
        const auto made = map(rule, rule.setting, view);
        for (auto one = made.begin(); one != made.end(); ++one) {
            const auto name = identity(one->name, one->attributes);
            // A later rule of the vendor file replaces an earlier one of the same name.
            const bool replaced = std::any_of(one + 1, made.end(), [&](const Parameter& later) {
                return identity(later.name, later.attributes) == name;
            });
            if (!replaced) compare(rule, *one, name);
        }
    }

    // Two passwords may share a name and differ in what stands in front: a list of users.
    void check(const std::vector<PasswordRule>& rules, const SettingView& view) {
        std::vector<std::pair<const PasswordRule*, Parameter>> wanted;
        std::unordered_map<std::string, std::size_t> names;
        for (const auto& rule : rules)
            for (auto& one : map(rule, rule.secret, view)) {
                if (one.is_secret) ++names[identity(one.name, one.attributes)];
                wanted.emplace_back(&rule, std::move(one));
            }
        for (const auto& [rule, one] : wanted) {
            const auto name = identity(one.name, one.attributes);
            if (one.is_secret)
                compare(*rule, one, name, names[name]);
            else
                compare(*rule, one, name);
        }
    }

    [[nodiscard]] std::vector<LintFinding> take() { return std::move(findings_); }

 private:
    // The vendor file's rules by the governed settings that they are made of, their own or one that their
    // text mentions: "sip:{line.registrar_host}:{value};transport={line.transport}".
    void sort_mappings() {
        mappings_.resize(all_settings().size());
        std::vector<bool> governed(all_settings().size());
        for (const auto& rule : subject_.profile.rules) governed[rule.setting] = true;
        for (const auto& rule : subject_.profile.passwords) governed[rule.secret] = true;
        for (const auto& mapping : subject_.vendor.parameters) {
            if (governed[mapping.setting]) mappings_[mapping.setting].push_back(&mapping);
            for (const auto& part : mapping.value.parts())
                if (part.kind == TemplatePart::Kind::setting && governed[part.setting] &&
                    part.setting != mapping.setting)
                    mappings_[part.setting].push_back(&mapping);
        }
    }

    // What one setting makes of this phone's file.
    template <class Rule>
    Parameters map(const Rule& rule, SettingId setting, const SettingView& view) {
        RuleMapper mapper(subject_.vendor, view, subject_.context);
        for (const auto* const mapping : mappings_[setting])
            if (!mapper.apply(*mapping)) cannot_say(rule, *mapping);
        return mapper.take();
    }

    template <class Rule>
    void compare(const Rule& rule, const Parameter& wanted, const std::string& name) {
        const auto [first, last] = index_.equal_range(name);
        if (first == last) object(rule, wanted, false, "nothing");
        for (auto found = first; found != last; ++found)
            if (*found->second != wanted.value)
                object(rule, wanted, false, "'" + printable(*found->second, longest_shown) + "'");
    }

    // `count`: how many passwords have this name.
    void compare(const PasswordRule& rule, const Parameter& wanted, const std::string& name,
                 std::size_t count) {
        const auto [first, last] = index_.equal_range(name);
        const auto there = static_cast<std::size_t>(std::distance(first, last));
        if (there == 0) return object(rule, wanted, true, "nothing");
        if (there != count) return object(rule, wanted, true, "there " + std::to_string(there) + " times");
        const bool filled = std::any_of(first, last, [&](const auto& found) {
            return found.second->size() > wanted.value.size() && found.second->starts_with(wanted.value);
        });
        if (!filled) object(rule, wanted, true, "empty");
    }

    template <class Rule>
    void object(const Rule& rule, const Parameter& wanted, bool password, std::string found) {
        findings_.push_back({rule.id, rule.requirement, rule.says, wanted.name,
                             password ? "a password" : "'" + printable(wanted.value, longest_shown) + "'",
                             std::move(found)});
    }

    // The vendor has no word for what the rule wants: the phone can't be hardened this way.
    template <class Rule>
    void cannot_say(const Rule& rule, const ParameterRule& mapping) {
        findings_.push_back({rule.id, rule.requirement, rule.says, mapping.name.source(),
                             "a text that the phone does not know", "another"});
    }

    const LintSubject& subject_;
    FileIndex index_;
    std::vector<std::vector<const ParameterRule*>> mappings_;  // by SettingId
    std::vector<LintFinding> findings_;
};

}  // namespace

std::string LintFinding::text() const {
    return rule + " (" + requirement + ", " + says + "): parameter '" + parameter + "' must be " + wanted +
           " and is " + found;
}

std::vector<LintFinding> lint_file(const LintSubject& subject, const std::vector<ParsedParameter>& file) {
    const auto settings = hardened(subject);
    const SettingView view(settings, subject.context.secrets);
    Linter linter(subject, file);
    for (const auto& rule : subject.profile.rules) {
        const auto place = static_cast<std::size_t>(&rule - subject.profile.rules.data());
        if (!subject.lifted.has(place)) linter.check(rule, view);
    }
    linter.check(subject.profile.passwords, view);
    return linter.take();
}

}  // namespace provost
