// A vendor on one card (R-A9): the paper's seven requirements, how far the hardening profile reaches, and how
// sure we are of it. An answer that is unknown, or rests on low confidence, never counts as yes.
#pragma once

#include "vendor/hardening_fit.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

// "Requirements for using HTTPS client certificate authentication", ITSPA 2014, page 5.
struct PaperRequirement {
    int number;             // as the paper counts
    std::string_view name;  // of the vendor file's answer; empty: Provost's own to meet
    std::string_view words;
};
std::span<const PaperRequirement> paper_requirements();

enum class Grade : std::uint8_t {
    meets,     // all seven, from sources that can be relied on
    partly,    // none fails, some hold for some models or after a first file only
    unproven,  // none fails, but of some nobody knows
    fails,     // at least one is not met
};
std::string_view to_text(Grade grade);
std::string_view to_text(Answer answer);
std::string_view to_text(Confidence confidence);

struct CardLine {
    PaperRequirement requirement;
    Answer answer = Answer::unknown;
    const Provenance* provenance =
        nullptr;  // of the vendor's answer; nullptr: Provost's own, or not answered
    [[nodiscard]] bool relies_on_little() const;  // a yes or partly of low confidence
};

struct Scorecard {
    std::vector<CardLine> requirements;  // all seven, in the paper's order
    Grade grade = Grade::unproven;
    std::string summary;                                         // "5 of 7 met, 1 partly, 1 not known"
    std::vector<CoveredRule> hardening;                          // one for each rule of the profile
    std::size_t enforced = 0, partly = 0, cannot = 0, open = 0;  // of those rules
    std::size_t sources = 0;                                     // documents named
    std::size_t high = 0, medium = 0, low = 0;                   // blocks of the file by confidence
    std::vector<std::string> warnings;                           // for people; empty: none
};

// The rules whose parameters tell the phone of a setting: its own, and those whose value or conditions name
// it.
std::vector<const ParameterRule*> parameters_about(const VendorSpec& vendor, SettingId setting);

// The card points into `vendor` and `profile`.
Scorecard make_scorecard(const VendorSpec& vendor, const HardeningProfile& profile);

// One sentence for whoever adds a phone of this vendor; empty where the vendor meets all of it at least
// partly.
std::string adoption_warning(const VendorSpec& vendor);

}  // namespace provost
