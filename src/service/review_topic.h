// What a review tells (R-C7), topic by topic, and which rule, finding or kind of event belongs to which.
#pragma once

#include "domain/decide.h"
#include "guard/suspicion.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace provost {

enum class ReviewTopic : std::uint8_t {
    clone,
    pin_mismatch,
    forged_certificates,
    other_phones_file,
    withdrawn,
    guessing,
    used_tokens,
    sweep,
    slow_scan,
    generic_certificates,
    trail,
    trouble,
    unknown_issuers,
    trust_changes,
    relaxations,
    unregistered,
    refused_phones,
    late_phones,
    probing,
    strangers,
    tripwire,
    bans,
};
inline constexpr std::size_t review_topic_count = 22;

enum class ReviewWeight : std::uint8_t { act, look, note };
std::string_view to_text(ReviewWeight weight);

struct ReviewTopicTraits {
    ReviewTopic topic;
    std::string_view name;   // for scripts: "mac-sweep"
    std::string_view title;  // in plain words
    ReviewWeight weight;
    std::string_view next;  // what to do
};

std::span<const ReviewTopicTraits, review_topic_count> review_topics();
inline const ReviewTopicTraits& traits_of(ReviewTopic topic) {
    return review_topics()[static_cast<std::size_t>(topic)];
}

std::optional<ReviewTopic> topic_of(Rule rule);  // nullopt: nothing suspicious
ReviewTopic topic_of(Suspicion suspicion);
std::optional<ReviewTopic> topic_of_kind(std::string_view kind);  // of an event that is no visit nor finding

}  // namespace provost
