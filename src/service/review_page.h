// A review for people: as text, and as a page of HTML that needs nothing else (no scripts, no other files).
#pragma once

#include "service/review.h"

#include <string>

namespace provost {

std::string review_text(const Review& review);
std::string review_html(const Review& review, std::string_view version);

// What both say.
std::string headline(const Review& review);
std::string counts_text(const std::vector<CountOf>& counts, bool more);  // "192.0.2.7 (3), 192.0.2.8"
std::string topics_text(std::uint32_t topics);                           // "sweep, clone"
std::string minute_text(Timestamp at);                                   // "2026-11-26 09:00"
std::string minutes_text(Timestamp from, Timestamp to);                  // "2026-11-26 09:00 to 10:30 UTC"
std::string span_of(const ReviewFinding& finding);                       // "3 events, ..."

}  // namespace provost
