#include "vendor/hardening_expectation.h"

#include "vendor/rule_mapper.h"

#include <algorithm>
#include <iterator>

namespace provost {

namespace {

using Kind = ExpectedParameter::Kind;

// The settings as they must be: each that a rule speaks of with a text that the rule accepts.
EffectiveSettings hardened(const LintSubject& subject) {
    auto settings = subject.settings;
    for (const auto& rule : subject.profile.rules) {
        if (subject.lifted.has(subject.profile.place(rule))) continue;
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

void add_setting(std::vector<SettingId>& ids, SettingId id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

void add_settings(std::vector<SettingId>& ids, const Template& text) {
    for (const auto& part : text.parts())
        if (part.kind == TemplatePart::Kind::setting) add_setting(ids, part.setting);
}

bool same_place(const ExpectedParameter& a, const ExpectedParameter& b) {
    return a.name == b.name && a.attributes == b.attributes;
}

bool share_a_rule(const ExpectedParameter& a, const ExpectedParameter& b) {
    return std::find_first_of(a.rules.begin(), a.rules.end(), b.rules.begin(), b.rules.end()) !=
           a.rules.end();
}

class Expectations {
 public:
    explicit Expectations(const LintSubject& subject)
        : subject_(subject), settings_(hardened(subject)), view_(settings_, subject.context.secrets) {
        by_setting_.resize(all_settings().size());
        for (const auto& rule : subject.profile.rules)
            if (!subject.lifted.has(subject.profile.place(rule))) by_setting_[rule.setting] = &rule;
        for (const auto& rule : subject.profile.passwords) by_setting_[rule.secret] = &rule;
    }

    // Whatever the settings of rules are part of: "sip:{line.registrar_host};transport={line.transport}".
    void add_expected() {
        RuleMapper mapper(subject_.vendor, view_, subject_.context);
        for (const auto& mapping : subject_.vendor.parameters) {
            std::vector<const RuleHead*> rules;
            for (const auto id : settings_of(mapping))
                if (by_setting_[id] != nullptr) rules.push_back(by_setting_[id]);
            if (rules.empty()) continue;
            if (!mapper.apply(mapping))
                expected_.push_back({Kind::unsayable, mapping.name.source(), {}, {}, rules});
            for (auto& made : mapper.take()) add(std::move(made), rules);
        }
    }

    // Passwords that this file is not to bring, where they would stand.
    void add_absent() {
        const auto secrets = missing_secrets();
        auto context = subject_.context;
        context.secrets = &secrets;
        const SettingView view(settings_, &secrets);
        RuleMapper mapper(subject_.vendor, view, context);
        for (const auto& mapping : subject_.vendor.parameters) {
            const auto* const rule = subject_.profile.password_of(mapping.setting);
            if (rule == nullptr || !mapper.apply(mapping)) continue;
            for (auto& made : mapper.take()) {
                ExpectedParameter one{
                    Kind::absent, std::move(made.name), {}, std::move(made.attributes), {rule}};
                const auto is_there = [&](const auto& other) { return same_place(one, other); };
                if (made.is_secret && std::none_of(expected_.begin(), expected_.end(), is_there))
                    expected_.push_back(std::move(one));
            }
        }
    }

    std::vector<ExpectedParameter> take() { return std::move(expected_); }

 private:
    void add(Parameter made, const std::vector<const RuleHead*>& rules) {
        ExpectedParameter one{Kind::text, std::move(made.name), std::move(made.value),
                              std::move(made.attributes), rules};
        if (made.is_secret) {
            one.kind = Kind::password;
            one.shortest = subject_.profile.password_of(made.secret.id)->shortest;
            one.not_the_names = names_beside(made.secret);
            one.form = made.form;
        } else {
            replace_earlier(one);
        }
        expected_.push_back(std::move(one));
    }

    // A later rule of the vendor file replaces an earlier one of the same name. Where two rules of the
    // profile want different texts of one parameter, both stay, and no file pleases: the vendor file is to
    // blame.
    void replace_earlier(ExpectedParameter& one) {
        std::erase_if(expected_, [&](const ExpectedParameter& earlier) {
            if (earlier.kind != Kind::text || !same_place(earlier, one)) return false;
            if (earlier.value != one.value && !share_a_rule(earlier, one)) return false;
            for (const auto* const rule : earlier.rules)
                if (std::find(one.rules.begin(), one.rules.end(), rule) == one.rules.end())
                    one.rules.push_back(rule);
            return true;
        });
    }

    [[nodiscard]] std::vector<std::string_view> names_beside(SettingKey secret) const {
        static const SettingId user = find_setting("line.user").value();
        static const SettingId auth_user = find_setting("line.auth_user").value();
        std::vector<std::string_view> names;
        if (setting(secret.id).scope == SettingScope::line)
            for (const auto id : {user, auth_user})
                if (const auto* const name = view_.find({id, secret.index})) names.push_back(name->value);
        return names;
    }

    [[nodiscard]] std::vector<SettingKey> missing_secrets() const {
        static const SettingId user = find_setting("line.user").value();
        std::vector<SettingKey> missing;
        const auto add_missing = [&](SettingKey key) {
            const auto* const delivered = subject_.context.secrets;
            if (delivered == nullptr ||
                std::find(delivered->begin(), delivered->end(), key) == delivered->end())
                missing.push_back(key);
        };
        for (const auto& rule : subject_.profile.passwords) {
            if (setting(rule.secret).scope == SettingScope::global) {
                add_missing({rule.secret, 0});
                continue;
            }
            for (const auto& line : view_.of(user)) add_missing({rule.secret, line.key.index});
        }
        return missing;
    }

    const LintSubject& subject_;
    EffectiveSettings settings_;
    SettingView view_;
    std::vector<const RuleHead*> by_setting_;
    std::vector<ExpectedParameter> expected_;
};

}  // namespace

std::vector<SettingId> settings_of(const ParameterRule& mapping) {
    std::vector<SettingId> ids{mapping.setting};
    for (const auto& condition : mapping.when) add_setting(ids, condition.setting);
    add_settings(ids, mapping.name);
    add_settings(ids, mapping.value);
    for (const auto& [name, text] : mapping.attributes) add_settings(ids, text);
    return ids;
}

std::vector<ExpectedParameter> expect_hardened(const LintSubject& subject) {
    Expectations expectations(subject);
    expectations.add_expected();
    expectations.add_absent();
    return expectations.take();
}

}  // namespace provost
