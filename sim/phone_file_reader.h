// The parts of a phone file, each from its YAML value; every mistake goes to the value's place.
#pragma once

#include "sim/phone_spec.h"
#include "vendor/yaml_reader.h"

namespace provost::sim {

std::string read_template(const Yaml& value);
std::vector<std::string> read_templates(const Yaml& value);  // one or more; none where there is no value
Pattern read_pattern(const Yaml& value);                     // an empty text compiles to nothing

std::vector<Step> read_boot(const Yaml& value);
MemoryRules read_memory(const Yaml& value);
LoginNames read_login(const Yaml& value);  // none where there is no value
// "none", one account's names for every line, or a list of one for each line.
void read_accounts(const Yaml& value, PhoneSpec& spec);

}  // namespace provost::sim
