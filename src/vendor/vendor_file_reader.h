// The parts of reading a vendor file, one function per block; vendor_file.cc puts them together. Each takes
// what it needs from the file, writes it into `spec`, and reports mistakes at the place where they stand.
#pragma once

#include "vendor/pattern.h"
#include "vendor/vendor_spec.h"
#include "vendor/yaml_reader.h"

#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

// One of the file's `value_maps`: texts of settings, or "*", and the vendor's.
struct ValueMap {
    std::string name;
    Yaml at;  // its name
    std::vector<std::pair<std::string, std::string>> entries;
    bool used = false;
};

struct VendorFileReader {
    VendorSpec spec;
    PatternPool patterns;
    std::vector<ValueMap> value_maps;

    // `source` and `confidence` are required in every block, `note` is not.
    Provenance provenance(YamlMap& block);
    Pattern pattern(const Yaml& text, std::initializer_list<std::string_view> groups);
    // Letters, digits, '-', '_' and '.'; at most 64. Used for ids people type.
    static std::string id(const Yaml& text);
    // P-2110 if `id` is among `taken` already; else adds it.
    static void unique(const Yaml& at, const std::string& id, std::vector<std::string>& taken);
    // A neutral setting's name without index; P-2108.
    static std::optional<SettingId> setting_name(const Yaml& name);
    static Template parse_template(const Yaml& text, std::string_view fallback);
    // A text that is legal and canonical for the setting (one item of it, for a list); P-2107.
    static void check_canonical(const Yaml& text, SettingId setting);
    static std::optional<Error> canonical_error(const std::string& given, SettingId setting);
    // Reads `firmware: {from: "1.2", below: "2"}`.
    static void firmware_range(const Yaml& range, std::string& from, std::string& below);
};

void read_mac_prefixes(VendorFileReader& reader, const Yaml& block);
void read_models(VendorFileReader& reader, const Yaml& block);
void read_certificates(VendorFileReader& reader, const Yaml& block);
void read_access(VendorFileReader& reader, const Yaml& block);
void read_scorecard(VendorFileReader& reader, const Yaml& block);
void read_setup(VendorFileReader& reader, const Yaml& block);
void read_tls(VendorFileReader& reader, const Yaml& block);
void read_agents(VendorFileReader& reader, const Yaml& list);
void read_requests(VendorFileReader& reader, const Yaml& block);
void read_output(VendorFileReader& reader, const Yaml& block);
void read_secrets(VendorFileReader& reader, const Yaml& block);  // after read_output
void read_defaults(VendorFileReader& reader, const Yaml& map);
void read_fixed(VendorFileReader& reader, const Yaml& list);
void read_value_maps(VendorFileReader& reader, const Yaml& maps);
void check_value_maps(const VendorFileReader& reader);  // after all else: P-2111 for one that no rule used
void read_rules(VendorFileReader& reader, const Yaml& map);
void read_raw(VendorFileReader& reader, const Yaml& list);  // after read_rules
void read_unsupported(VendorFileReader& reader, const Yaml& map);

}  // namespace provost
