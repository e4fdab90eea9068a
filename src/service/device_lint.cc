// What the hardening profile makes of one phone's file, rule by rule, for people.
#include "service/devices.h"
#include "service/diagnostics.h"
#include "service/hardening_gate.h"
#include "vendor/hardening_fit.h"

#include <algorithm>

namespace provost {

namespace {

using LintedRule = Devices::LintedRule;

std::string in_words(const HardeningException& exception) {
    auto text = "exception " + std::to_string(exception.id) + ", owner " + exception.owner;
    if (exception.until) text += ", until " + to_rfc3339(*exception.until);
    return text + ": " + exception.reason;
}

class Report {
 public:
    Report(const FileMaker& maker, Timestamp now)
        : maker_(maker),
          exceptions_(maker.configuration.policy->exceptions_for(maker.device, now)),
          covered_(cover_hardening(maker.configuration.policy->hardening(), maker.vendor)) {}

    Status make() {
        PROVOST_TRY(findings_, lint_rehearsal(maker_));
        const MappingContext context{maker_.device.mac, maker_.facts.model, maker_.facts.firmware,
                                     &maker_.configuration.secrets};
        expected_ = expect_hardened(subject_of(maker_, context));
        for (const auto& covered : covered_) rules_.push_back(row(covered));
        return {};
    }

    std::vector<LintedRule> take() { return std::move(rules_); }

 private:
    LintedRule row(const CoveredRule& covered) const {
        LintedRule row;
        const auto& rule = *covered.rule;
        row.rule = rule.id;
        row.requirement = rule.requirement;
        row.severity = to_text(rule.severity);
        row.says = rule.says;
        std::tie(row.state, row.detail) = state_of(covered);
        for (const auto& one : maker_.configuration.overruled)
            if (one.rule == covered.rule)
                row.detail += "; overrules " + to_text(one.key) + "=" + std::string(one.value);
        return row;
    }

    [[nodiscard]] std::pair<std::string, std::string> state_of(const CoveredRule& covered) const {
        for (const auto* const exception : exceptions_)
            if (exception->rule == covered.rule->id) return {"lifted", in_words(*exception)};
        static const SettingId web_ui = find_setting("security.web_ui").value();
        if (maker_.configuration.window != nullptr && covered.setting == web_ui)
            return {"lifted", "a diagnostic window is open"};
        std::string broken;
        for (const auto& finding : findings_)
            if (finding.rule == covered.rule)
                broken += (broken.empty() ? "" : "; ") + finding.parameter + " must be " + finding.wanted +
                          " and is " + finding.found;
        if (!broken.empty()) return {"broken", broken};
        const auto count = std::count_if(expected_.begin(), expected_.end(), [&](const auto& one) {
            const auto& rules = one.rules;
            return one.kind != ExpectedParameter::Kind::absent &&
                   std::find(rules.begin(), rules.end(), covered.rule) != rules.end();
        });
        if (count != 0) return {"kept", std::to_string(count) + (count == 1 ? " parameter" : " parameters")};
        if (covered.coverage == Coverage::cannot) return {"cannot", covered.why};
        return {"not here", covered.why.empty() ? "nothing in this phone's file is about it" : covered.why};
    }

    FileMaker maker_;
    std::vector<const HardeningException*> exceptions_;
    std::vector<CoveredRule> covered_;
    std::vector<LintFinding> findings_;
    std::vector<ExpectedParameter> expected_;
    std::vector<LintedRule> rules_;
};

}  // namespace

Result<std::vector<LintedRule>> DeviceService::lint(MacAddress mac) {
    PROVOST_TRY(const auto device, load(mac));
    PROVOST_TRY(const auto* const vendor, vendor_of(device));
    const auto now = house_.clock.now();
    const PhoneFacts facts{device.model, device.firmware};
    PROVOST_TRY(const auto share, window_share(house_, mac));
    PROVOST_TRY(const auto made,
                make_configuration(device, *vendor, house_.policies.current(), facts, true, now, share));
    Report report({*house_.vendors, *vendor, device, facts, made}, now);
    PROVOST_CHECK(report.make());
    return report.take();
}

}  // namespace provost
