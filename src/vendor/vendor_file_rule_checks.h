// What must hold between the keys of one rule under `settings`. Mistakes are P-2111.
#pragma once

#include "vendor/vendor_file_reader.h"

namespace provost {

// Placeholders that the rule can fill: its own index, its list, settings it can see.
void check_template(const Yaml& at, const Template& text, const ParameterRule& rule);
// One name per line or key, and no free text in it.
void check_name(const Yaml& at, const ParameterRule& rule);
void check_by_index(const Yaml& at, const ParameterRule& rule);
// A secret goes out as it is, in a parameter of its own; the list of a list setting says how it is spelt.
void check_values(const Yaml& at, const ParameterRule& rule);
void check_list(const Yaml& at, const ParameterRule& rule);
// Whether a condition may ask for more than presence: not of a secret, not of a list.
bool is_comparable(SettingId setting);
void check_condition(const Yaml& at, const Condition& condition, const ParameterRule& rule);

// `values`: a map, or the name of one of the file's `value_maps`.
void read_values(VendorFileReader& reader, const Yaml& values, ParameterRule& rule);

}  // namespace provost
