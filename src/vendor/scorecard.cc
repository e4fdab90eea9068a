#include "vendor/scorecard.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::array requirements = {
    PaperRequirement{1, "factory_key", "certificate and key are inserted at the factory"},
    PaperRequirement{2, "key_protected", "the key can't be extracted from the phone"},
    PaperRequirement{3, "mac_in_certificate", "the certificate names the phone's MAC or serial number"},
    PaperRequirement{4, "verifies_server", "the phone verifies the server's certificate"},
    PaperRequirement{5, "", "the server goes by the certificate, not by the address asked for"},
    PaperRequirement{6, "public_ca", "the CA certificate is public"},
    PaperRequirement{7, "documented", "the vendor documents how it works"},
};

std::vector<CardLine> answer_requirements(const VendorSpec& vendor) {
    std::vector<CardLine> lines;
    for (const auto& requirement : requirements) {
        auto& line = lines.emplace_back(CardLine{requirement, Answer::unknown, nullptr});
        if (requirement.name.empty()) line.answer = Answer::yes;
        for (const auto& entry : vendor.scorecard) {
            if (entry.name != requirement.name) continue;
            line.answer = entry.answer;
            line.provenance = &entry.provenance;
        }
    }
    return lines;
}

bool is_known(const CardLine& line) {
    return line.answer != Answer::unknown && !line.relies_on_little();
}

// "2 (the key can't be extracted from the phone), 7 (...)", of the lines that `choose` takes.
template <typename Choose>
std::string name_lines(const std::vector<CardLine>& lines, const Choose& choose) {
    std::string text;
    for (const auto& line : lines) {
        if (!choose(line)) continue;
        text += (text.empty() ? "" : ", ") + std::to_string(line.requirement.number) + " (" +
                std::string(line.requirement.words) + ")";
    }
    return text;
}

std::string name_failures(const std::vector<CardLine>& lines) {
    return name_lines(lines, [](const CardLine& line) { return line.answer == Answer::no; });
}

std::string name_unknowns(const std::vector<CardLine>& lines) {
    return name_lines(lines,
                      [](const CardLine& line) { return line.answer != Answer::no && !is_known(line); });
}

void grade(Scorecard& card) {
    std::size_t yes = 0, partly = 0, no = 0, unknown = 0;
    for (const auto& line : card.requirements) {
        if (line.answer == Answer::no)
            ++no;
        else if (!is_known(line))
            ++unknown;
        else
            ++(line.answer == Answer::yes ? yes : partly);
    }
    card.grade = no != 0        ? Grade::fails
                 : unknown != 0 ? Grade::unproven
                 : partly != 0  ? Grade::partly
                                : Grade::meets;
    card.summary = std::to_string(yes) + " of " + std::to_string(card.requirements.size()) + " met";
    if (partly != 0) card.summary += ", " + std::to_string(partly) + " partly";
    if (no != 0) card.summary += ", " + std::to_string(no) + " not met";
    if (unknown != 0) card.summary += ", " + std::to_string(unknown) + " not known";
}

bool mentions(const Template& text, SettingId setting) {
    return std::any_of(text.parts().begin(), text.parts().end(), [&](const TemplatePart& part) {
        return part.kind == TemplatePart::Kind::setting && part.setting == setting;
    });
}

// Some phones have no parameter of its own for a setting: its text stands within another's value.
void settle_open_rules(Scorecard& card, const VendorSpec& vendor) {
    for (auto& covered : card.hardening)
        if (covered.coverage == Coverage::open && !parameters_about(vendor, covered.setting).empty())
            covered.coverage = Coverage::enforced;
}

bool is_for(const ParameterRule& rule, const std::string& model) {
    return !rule.models || RE2::FullMatch(model, *rule.models->compiled);
}

// A parameter that some models lack is no parameter of those.
void look_at_models(Scorecard& card, const VendorSpec& vendor) {
    for (auto& covered : card.hardening) {
        if (covered.coverage != Coverage::enforced) continue;
        const auto rules = parameters_about(vendor, covered.setting);
        const auto models =
            std::count_if(vendor.models.begin(), vendor.models.end(), [&](const ModelSpec& model) {
                return std::any_of(rules.begin(), rules.end(),
                                   [&](const auto* rule) { return is_for(*rule, model.id); });
            });
        if (static_cast<std::size_t>(models) == vendor.models.size()) continue;
        covered.coverage = Coverage::partly;
        covered.why = "There is a parameter for it on " + std::to_string(models) + " of " +
                      std::to_string(vendor.models.size()) + " models.";
    }
}

void count_coverage(Scorecard& card) {
    for (const auto& covered : card.hardening) {
        switch (covered.coverage) {
            case Coverage::enforced:
                ++card.enforced;
                break;
            case Coverage::partly:
                ++card.partly;
                break;
            case Coverage::cannot:
                ++card.cannot;
                break;
            case Coverage::open:
                ++card.open;
                break;
        }
    }
}

void count_sources(Scorecard& card, const VendorSpec& vendor) {
    card.sources = vendor.sources.size();
    const auto count = [&](const Provenance& one) {
        ++(one.confidence == Confidence::high  ? card.high
           : one.confidence == Confidence::low ? card.low
                                               : card.medium);
    };
    const auto count_all = [&](const auto& blocks) {
        for (const auto& block : blocks) count(block.provenance);
    };
    for (const auto* one : {&vendor.mac_prefix_provenance, &vendor.model_provenance,
                            &vendor.access.provenance, &vendor.setup.provenance, &vendor.tls.provenance,
                            &vendor.output.provenance, &vendor.secrets.provenance, &vendor.resync.provenance})
        count(*one);
    count_all(vendor.profiles), count_all(vendor.anchors), count_all(vendor.scorecard);
    count_all(vendor.agents), count_all(vendor.files), count_all(vendor.output.variants);
    count_all(vendor.fixed), count_all(vendor.parameters);
}

void warn(Scorecard& card, const VendorSpec& vendor) {
    auto& warnings = card.warnings;
    if (const auto failures = name_failures(card.requirements); !failures.empty())
        warnings.push_back("Of what the paper asks of client certificates, not met: " + failures + ".");
    if (const auto unknowns = name_unknowns(card.requirements); !unknowns.empty())
        warnings.push_back(
            "Of what the paper asks of client certificates, not known for certain: " + unknowns + ".");
    if (vendor.access.certificate == AccessSpec::Certificate::none)
        warnings.push_back("These phones have no certificate of their own; the main door refuses them.");
    if (vendor.secrets.preferred == SecretMode::retain)
        warnings.push_back("Passwords stay on the server: " + vendor.secrets.reason);
    if (vendor.tls.minimum == "1.0" || vendor.tls.minimum == "1.1")
        warnings.push_back("Some of these phones speak no TLS newer than " + vendor.tls.minimum + ".");
    if (card.cannot + card.open != 0)
        warnings.push_back(std::to_string(card.cannot + card.open) + " of " +
                           std::to_string(card.hardening.size()) +
                           " hardening rules can't be enforced by a parameter of these phones.");
    if (vendor.status == "draft")
        warnings.push_back("A draft: made from documents and other people's configurations, never tried.");
}

}  // namespace

std::vector<const ParameterRule*> parameters_about(const VendorSpec& vendor, SettingId setting) {
    std::vector<const ParameterRule*> rules;
    for (const auto& rule : vendor.parameters) {
        const bool about = rule.setting == setting || mentions(rule.value, setting) ||
                           std::any_of(rule.when.begin(), rule.when.end(), [&](const Condition& condition) {
                               return condition.setting == setting;
                           });
        if (about) rules.push_back(&rule);
    }
    return rules;
}

std::span<const PaperRequirement> paper_requirements() {
    return requirements;
}

std::string_view to_text(Grade grade) {
    static constexpr std::string_view words[] = {"meets", "partly", "unproven", "fails"};
    return words[static_cast<std::size_t>(grade)];
}

std::string_view to_text(Answer answer) {
    static constexpr std::string_view words[] = {"yes", "partly", "no", "unknown"};
    return words[static_cast<std::size_t>(answer)];
}

std::string_view to_text(Confidence confidence) {
    static constexpr std::string_view words[] = {"high", "medium", "low"};
    return words[static_cast<std::size_t>(confidence)];
}

bool CardLine::relies_on_little() const {
    return provenance != nullptr && provenance->confidence == Confidence::low &&
           (answer == Answer::yes || answer == Answer::partly);
}

Scorecard make_scorecard(const VendorSpec& vendor, const HardeningProfile& profile) {
    Scorecard card;
    card.requirements = answer_requirements(vendor);
    grade(card);
    card.hardening = cover_hardening(profile, vendor);
    card.hardening.erase(card.hardening.begin() + static_cast<std::ptrdiff_t>(profile.rules.size()),
                         card.hardening.end());  // passwords are counted apart
    settle_open_rules(card, vendor);
    look_at_models(card, vendor);
    count_coverage(card);
    count_sources(card, vendor);
    warn(card, vendor);
    return card;
}

std::string adoption_warning(const VendorSpec& vendor) {
    const auto lines = answer_requirements(vendor);
    const auto failures = name_failures(lines), unknowns = name_unknowns(lines);
    if (failures.empty() && unknowns.empty()) return {};
    std::string text = vendor.name + " phones: of what the paper asks of client certificates,";
    if (!failures.empty()) text += " not met: " + failures;
    if (!unknowns.empty()) text += (failures.empty() ? "" : ";") + (" not known: " + unknowns);
    return text + ". See 'provost vendor show " + vendor.id + "'.";
}

}  // namespace provost
