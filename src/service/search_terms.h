// What people look for, and what is found by: pure, so that both sides cut words alike.
#pragma once

#include "domain/device.h"
#include "service/fleet_reads.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

// Users and authentication users of its lines whole; labels and display names word by word. Lower case, each
// once, sorted, at most 200.
std::vector<std::string> words_of(const Device& device);

// `text` as a person types it: any spelling of a MAC or a part of it, a number, a name, an address.
SearchTerms parse_search(std::string_view text);

// What lists call the device: the first line's label, else its display name, else its user.
std::string label_of(const Device& device);

// Whether a tenant is meant: its short name begins so, or words of its name do.
bool fits_tenant(std::string_view slug, std::string_view name, const SearchTerms& terms);

// Why a device was found, in words: "MAC ends so", "line.1.user 4711".
std::string found_text(const Device& device, FoundBy by, const SearchTerms& terms);

}  // namespace provost
