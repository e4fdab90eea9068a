#include "service/hardening_gate.h"

#include <cstring>

namespace provost {

namespace {

void append(std::string& out, std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    out.append(reinterpret_cast<const char*>(&size), sizeof size);
    out += text;
}

void append(std::string& out, SettingKey key) {
    const std::array<std::uint16_t, 2> both{key.id, key.index};
    out.append(reinterpret_cast<const char*>(both.data()), sizeof both);
}

// All that the verdict hangs on, one after the other with lengths, so that no two read alike.
std::string evidence_of(const VendorSpec& vendor, const Device& device, PhoneFacts facts,
                        const Configuration& configuration) {
    std::string out;
    out.reserve(16'384);
    for (const auto text : {std::string_view(vendor.id), facts.model, facts.firmware}) append(out, text);
    append(out, device.mac.lower());
    for (const auto& one : configuration.settings) {
        append(out, one.key);
        append(out, one.value);
    }
    for (std::size_t rule = 0; rule < configuration.policy->hardening().rules.size(); ++rule)
        out += configuration.lifted.has(rule) ? '1' : '0';
    for (const auto& one : configuration.parameters) {
        append(out, one.name);
        append(out, one.value);
        for (const auto& [name, value] : one.attributes) {
            append(out, name);
            append(out, value);
        }
        out += one.is_secret ? 's' : 'p';
    }
    return out;
}

}  // namespace

Result<std::vector<LintFinding>> lint_configuration(const VendorShelf& shelf, const VendorSpec& vendor,
                                                    const Device& device, PhoneFacts facts,
                                                    const Configuration& configuration) {
    const auto& syntax = shelf.syntax(vendor, facts.model);
    OutputBuffer bytes;
    PROVOST_CHECK(syntax.render(configuration.parameters, MaskedSecrets(), bytes));
    PROVOST_TRY(const auto file, syntax.parse(bytes.view()));
    const MappingContext context{device.mac, facts.model, facts.firmware, &configuration.secrets};
    return lint_file(
        {vendor, configuration.settings, context, configuration.policy->hardening(), configuration.lifted},
        file);
}

Status refuse_findings(const std::vector<LintFinding>& findings) {
    if (findings.empty()) return {};
    Error error{"P-2210", "the configuration is not hardened", findings.front().parameter,
                findings.front().text(),
                "Take back the setting that does it, or lift the rule: 'provost exception add'."};
    for (std::size_t i = 1; i < findings.size(); ++i) error.fix += "\n" + findings[i].text();
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

Status HardeningGate::check(const VendorShelf& shelf, const VendorSpec& vendor, const Device& device,
                            PhoneFacts facts, const Configuration& configuration, ShortHash* evidence) {
    const auto hash = short_hash(evidence_of(vendor, device, facts, configuration));
    if (evidence != nullptr) *evidence = hash;
    if (known(hash)) return {};
    PROVOST_TRY(const auto findings, lint_configuration(shelf, vendor, device, facts, configuration));
    PROVOST_CHECK(refuse_findings(findings));
    keep(hash);
    return {};
}

}  // namespace provost
