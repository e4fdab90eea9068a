#include "service/hardening_gate.h"

namespace provost {

namespace {

constexpr std::size_t most_shown = 10;

void append_evidence(std::string& out, std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    out.append(reinterpret_cast<const char*>(&size), sizeof size);
    out += text;
}

void append_evidence(std::string& out, SettingKey key) {
    const std::array<std::uint16_t, 2> both{key.id, key.index};
    out.append(reinterpret_cast<const char*>(both.data()), sizeof both);
}

// All that the verdict hangs on, one after the other with lengths, so that no two read alike.
std::string evidence_of(const FileMaker& maker, std::string_view bytes) {
    const auto& configuration = maker.configuration;
    std::string out;
    out.reserve(bytes.size() + 8'192);
    for (const auto text :
         {std::string_view(maker.vendor.id), maker.facts.model, maker.facts.firmware, bytes})
        append_evidence(out, text);
    append_evidence(out, maker.device.mac.lower());
    for (std::size_t rule = 0; rule < configuration.policy->hardening().rules.size(); ++rule)
        out += configuration.lifted.has(rule) ? '1' : '0';
    append_evidence(out, std::to_string(configuration.secrets.size()));
    for (const auto which : configuration.secrets) append_evidence(out, which);
    for (const auto& one : configuration.settings) {
        append_evidence(out, one.key);
        append_evidence(out, one.value);
    }
    return out;
}

MappingContext context_of(const FileMaker& maker) {
    return {maker.device.mac, maker.facts.model, maker.facts.firmware, &maker.configuration.secrets};
}

Result<std::vector<LintFinding>> lint(const FileMaker& maker, std::string_view bytes, bool quotes) {
    const auto context = context_of(maker);
    const auto subject = subject_of(maker, context);
    HardeningLint lint(subject, quotes);
    PROVOST_CHECK(maker.shelf.syntax(maker.vendor, maker.facts.model).read(bytes, lint));
    return lint.findings();
}

}  // namespace

LintSubject subject_of(const FileMaker& maker, const MappingContext& context) {
    const auto& configuration = maker.configuration;
    return {maker.vendor, configuration.settings, context, configuration.policy->hardening(),
            configuration.lifted};
}

Result<std::vector<LintFinding>> lint_rehearsal(const FileMaker& maker) {
    PROVOST_TRY(const auto rehearsal, Rehearsal::of(maker));
    return lint(maker, rehearsal.bytes(), true);
}

Status refuse_findings(const std::vector<LintFinding>& findings) {
    if (findings.empty()) return {};
    const auto& first = findings.front();
    Error error{"P-2210", "the configuration is not hardened", first.parameter, first.text(),
                "Take back the setting that does it; 'provost device lint' shows all that is wrong."};
    for (std::size_t i = 1; i < findings.size() && i < most_shown; ++i)
        error.fix += "\n" + findings[i].text();
    return fail(std::move(error));
}

bool HardeningGate::known(const ShortHash& hash) {
    const auto slot = hash[0] % slots;
    const std::lock_guard lock(locks_[slot % locks]);
    return clean_[slot] == hash;
}

void HardeningGate::keep(const ShortHash& hash) {
    const auto slot = hash[0] % slots;
    const std::lock_guard lock(locks_[slot % locks]);
    clean_[slot] = hash;
}

Status HardeningGate::check_once(const FileMaker& maker, std::string_view bytes, ShortHash* evidence) {
    const auto hash = short_hash(evidence_of(maker, bytes));
    if (evidence != nullptr) *evidence = hash;
    if (known(hash)) return {};
    PROVOST_TRY(const auto findings, lint(maker, bytes, true));
    PROVOST_CHECK(refuse_findings(findings));
    keep(hash);
    return {};
}

Status HardeningGate::check(const FileMaker& maker, std::string_view bytes, ShortHash* evidence) {
    if (maker.configuration.secrets.empty()) return check_once(maker, bytes, evidence);
    PROVOST_TRY(const auto findings, lint(maker, bytes, false));
    return refuse_findings(findings);
}

Result<Rehearsal> HardeningGate::rehearse(const FileMaker& maker) {
    PROVOST_TRY(auto rehearsal, Rehearsal::of(maker));
    PROVOST_CHECK(check_once(maker, rehearsal.bytes(), nullptr));
    return rehearsal;
}

Status HardeningGate::check(const FileMaker& maker, const Rehearsal& rehearsal, std::string_view bytes) {
    return rehearsal.vouches_for(bytes, maker) ? Status() : check(maker, bytes);
}

}  // namespace provost
