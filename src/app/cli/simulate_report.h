// What a simulation came to, for people and as JSON.
#pragma once

#include "sim/run.h"

#include <filesystem>
#include <string>
#include <vector>

namespace provost::cli {

std::string table_of(const sim::RunReport& report);
std::string table_of(const std::vector<sim::FaultTally>& tallies);
std::string table_of_faults();

// Passwords are in it as digests only.
std::string json_of(const sim::RunReport& report, double seconds);
std::string json_of(const std::vector<sim::FaultTally>& tallies);

// One `provost vendor trust import` a line for each row of the folder's trust.tsv.
std::string trust_commands(const std::filesystem::path& pki);

}  // namespace provost::cli
