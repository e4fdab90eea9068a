// The part of verdict.cc that puts one visit into words.
#pragma once

#include "service/verdict.h"

namespace provost {

std::string when(Timestamp at);                   // "2026-11-23 12:00 UTC"
std::string maker_of(const VerdictFacts& facts);  // the maker's name and "phone"; "device" where nobody knows

// A phone in no tenant; `run`: how often it came.
Verdict judge_unknown(const VerdictFacts& facts, const std::string& run);
// By the rule that decided its last visit.
Verdict judge_last(const VerdictFacts& facts, const std::string& run);

}  // namespace provost
