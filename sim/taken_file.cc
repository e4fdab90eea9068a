#include "sim/taken_file.h"

#include <algorithm>
#include <set>

namespace provost::sim {

namespace {

bool matches(const std::string& name, const Pattern& pattern) {
    return pattern.compiled != nullptr && RE2::FullMatch(name, *pattern.compiled);
}

bool has_mark(const ParsedParameter& parameter, const std::optional<NamedValue>& mark) {
    return mark && std::any_of(parameter.attributes.begin(), parameter.attributes.end(), [&](const auto& a) {
               return a.first == mark->name && a.second == mark->value;
           });
}

// "sip_account.1.user_id" -> "sip_account"
std::string_view module_of(std::string_view name) {
    return name.substr(0, name.find_first_of("./"));
}

class Taker {
 public:
    Taker(const std::vector<ParsedParameter>& file, const PhoneMaker& maker)
        : file_(file), maker_(maker), rules_(maker.spec.memory) {}

    TakenFile take() {
        find_dropped_modules();
        TakenFile taken;
        for (const ParsedParameter& parameter : file_) {
            if (dropped_.contains(module_of(parameter.name)) || lacks_companion(parameter)) continue;
            taken.push_back(take_one(parameter));
        }
        return taken;
    }

 private:
    void find_dropped_modules() {
        if (rules_.known.empty()) return;
        for (const ParsedParameter& parameter : file_) {
            const bool known = std::any_of(rules_.known.begin(), rules_.known.end(),
                                           [&](const Pattern& one) { return matches(parameter.name, one); });
            if (!known) dropped_.insert(module_of(parameter.name));
        }
    }

    [[nodiscard]] bool has(const std::string& name, const std::string& value) const {
        return std::any_of(file_.begin(), file_.end(), [&](const ParsedParameter& parameter) {
            return parameter.name == name && parameter.value == value;
        });
    }

    [[nodiscard]] bool lacks_companion(const ParsedParameter& parameter) const {
        return std::any_of(rules_.companions.begin(), rules_.companions.end(), [&](const Companion& one) {
            return matches(parameter.name, one.parameters) && !parameter.name.ends_with(one.suffix) &&
                   !has(parameter.name + one.suffix, one.value);
        });
    }

    [[nodiscard]] TakenParameter take_one(const ParsedParameter& parameter) const {
        TakenParameter taken{.name = parameter.name, .value = parameter.value};
        if (!rules_.server_marks.empty() &&
            rules_.server_marks.find(taken.name.front()) != std::string::npos) {
            taken.beats_hand = true;
            taken.name.erase(0, 1);
        }
        for (const auto& [attribute, value] : parameter.attributes) {
            const auto& known = rules_.identified_by;
            if (std::find(known.begin(), known.end(), attribute) == known.end()) continue;
            taken.name.append("[").append(attribute).append("=").append(value).append("]");
        }
        taken.effect = effect_of(parameter, taken);
        return taken;
    }

    // May change the value to what the phone makes of it.
    [[nodiscard]] Effect effect_of(const ParsedParameter& parameter, TakenParameter& taken) const {
        if (has_mark(parameter, rules_.reset_mark)) return Effect::reset;
        if (!rules_.reset_value.empty() && taken.value == rules_.reset_value) return Effect::reset;
        if (taken.value.empty()) return effect_of_empty();
        if (!rules_.empty_text.empty() && taken.value == rules_.empty_text) return Effect::clear;
        for (const Accepted& one : rules_.accepts) {
            if (!matches(taken.name, one.parameters) || matches(taken.value, one.values)) continue;
            if (!one.otherwise) return Effect::keep;
            taken.value = *one.otherwise;
            if (taken.value.empty()) return Effect::clear;
        }
        return Effect::set;
    }

    [[nodiscard]] Effect effect_of_empty() const {
        switch (maker_.output.empty) {
            case EmptyMeans::kept:
                return Effect::keep;
            case EmptyMeans::cleared:
                return Effect::clear;
            case EmptyMeans::reset:
            case EmptyMeans::unknown:
                return Effect::reset;
        }
        return Effect::reset;
    }

    const std::vector<ParsedParameter>& file_;
    const PhoneMaker& maker_;
    const MemoryRules& rules_;
    std::set<std::string_view> dropped_;
};

}  // namespace

TakenFile take_parameters(const std::vector<ParsedParameter>& file, const PhoneMaker& maker) {
    return Taker(file, maker).take();
}

}  // namespace provost::sim
