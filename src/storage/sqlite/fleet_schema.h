// The index that lists, figures and search are asked of: kept by triggers, in the transaction that changes
// the device. One row of fleet_groups stands for all devices that are alike in what lists are narrowed down
// by, and counts them; fleet has a narrow row for each device, and fleet_words what people may look for.
#pragma once

#include "domain/device.h"
#include "storage/sqlite/database.h"

namespace provost::sqlite {

// The migration's step.
const char* fleet_schema();
// What the step could not: the words of devices that were there before. Looks once, by a note.
Status fill_fleet_words(Database& database);

// In place of the words that it had.
Status write_fleet_words(Database& database, const Device& device);

// Digits of a MAC in the other direction, so that its end is found as a range.
std::uint64_t backwards(std::uint64_t mac);

}  // namespace provost::sqlite
