// Neutral settings: what an operator says about a phone, before any vendor's words for it.
#pragma once

#include "base/result.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

enum class SettingScope : std::uint8_t { global, line, key };

// How a value is checked at the edge. Every value is kept as canonical text: "on"/"off", "5061", "tls",
// "g722,pcma". `secret` has no text at all: its value is generated and lives in the vault.
enum class ValueType : std::uint8_t {
    text,
    toggle,
    number,
    choice,
    choice_list,
    host,
    url,
    user_part,
    secret
};

struct SettingSpec {
    std::string_view name;  // without the index: "line.user", "key.label", "time.zone"
    SettingScope scope;
    ValueType type;
    std::string_view choices;  // comma-separated, for choice and choice_list
    std::int64_t least;        // for number; for text, user_part and url: unused
    std::int64_t most;         // for number; for text, user_part and url: longest length in bytes
    std::string_view meaning;
};

// Position in the table of all settings; stable within one build only.
using SettingId = std::uint16_t;

std::span<const SettingSpec> all_settings();
const SettingSpec& setting(SettingId id);
std::optional<SettingId> find_setting(std::string_view name);  // "line.user"; nullopt if there is none

constexpr std::uint16_t max_lines = 64;
constexpr std::uint16_t max_keys = 256;

struct SettingKey {
    SettingId id = 0;
    std::uint16_t index = 0;  // 1.. for line and key settings, 0 for global ones
    auto operator<=>(const SettingKey&) const = default;
};

std::string to_text(SettingKey key);  // "line.1.user", "time.zone"
// A line or key setting without an index ("line.transport") has index 0: for every line or key in use.
Result<SettingKey> parse_setting_key(std::string_view text);  // P-2001 with the nearest name as the fix

// Checks a value against its setting and gives its canonical text. Refuses control characters, invalid UTF-8
// (P-2002), values out of range or not among the choices (P-2003), and any value for a secret (P-2004).
Result<std::string> parse_setting_value(SettingKey key, std::string_view text);

// One layer's settings, sorted by key, each key once.
struct Setting {
    SettingKey key;
    std::string value;
    bool operator==(const Setting&) const = default;
};
using Settings = std::vector<Setting>;

// Puts or replaces one setting, keeping the order.
void put(Settings& settings, SettingKey key, std::string value);
void erase(Settings& settings, SettingKey key);

// The stored form: one "name=value" a line. format(parse(x)) = x for what format wrote.
std::string format_settings(const Settings& settings);
Result<Settings> parse_settings(std::string_view text);

// Lower in the list overrides higher (REQUIREMENTS R-G3).
enum class LayerKind : std::uint8_t { vendor, hardening, tenant, site, model, device };
std::string_view to_text(LayerKind kind);

struct Layer {
    LayerKind kind;
    std::string_view name;     // "acme", "head office", "X10"; outlives the merge
    const Settings* settings;  // not null
};

struct EffectiveSetting {
    SettingKey key;
    std::string_view value;  // points into the layer that set it
    std::uint8_t layer;      // index into the layers merged
};
using EffectiveSettings = std::vector<EffectiveSetting>;  // sorted by key, each key once

// The last layer that sets a key wins. The result points into the layers.
EffectiveSettings merge(std::span<const Layer> layers);

// nullptr if no layer sets it.
const EffectiveSetting* find(const EffectiveSettings& settings, SettingKey key);

}  // namespace provost
