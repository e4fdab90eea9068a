#include "domain/settings.h"

#include "domain/stored_line.h"
#include "domain/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace provost {

namespace {

constexpr std::array<std::string_view, 6> layer_names = {"vendor", "hardening", "tenant",
                                                         "site",   "model",     "device"};

std::uint16_t highest_index(SettingScope scope) {
    return scope == SettingScope::line ? max_lines : max_keys;
}

// Splits "line.3.user" into "line.user" and 3; a name without an index gives 0.
std::pair<std::string, std::optional<std::uint16_t>> split_index(std::string_view text) {
    const auto first = text.find('.');
    const auto second = first == text.npos ? text.npos : text.find('.', first + 1);
    if (second == text.npos) return {std::string(text), 0};
    const auto digits = text.substr(first + 1, second - first - 1);
    std::uint16_t index = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    const bool plain = error == std::errc() && end == digits.data() + digits.size() && digits.front() != '0';
    std::string name(text.substr(0, first));
    name += text.substr(second);
    return {name, plain ? std::optional(index) : std::nullopt};
}

Error unknown_setting(std::string_view text, std::string_view bare) {
    std::vector<std::string_view> names;
    for (const auto& spec : all_settings()) names.push_back(spec.name);
    Error error{"P-2001", "there is no setting '" + printable(text, 64) + "'"};
    error.where = "setting";
    if (const auto near = nearest(bare, names)) error.offer(*near);
    return error;
}

Error bad_value(SettingKey key, std::string why, std::string fix = {}) {
    return {"P-2003", "value refused", to_text(key), std::move(why), std::move(fix)};
}

bool listed(std::string_view choices, std::string_view value) {
    while (!choices.empty()) {
        const auto comma = choices.find(',');
        if (choices.substr(0, comma) == value) return true;
        choices = comma == choices.npos ? std::string_view() : choices.substr(comma + 1);
    }
    return false;
}

Result<std::string> parse_toggle(SettingKey key, std::string_view text) {
    static constexpr std::array<std::string_view, 4> on_words = {"on", "yes", "true", "1"};
    static constexpr std::array<std::string_view, 4> off_words = {"off", "no", "false", "0"};
    if (std::find(on_words.begin(), on_words.end(), text) != on_words.end()) return "on";
    if (std::find(off_words.begin(), off_words.end(), text) != off_words.end()) return "off";
    return fail(bad_value(key, "'" + printable(text, 32) + "' is neither on nor off", "Write on or off."));
}

Result<std::string> parse_number(SettingKey key, std::string_view text) {
    const auto& spec = setting(key.id);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (whole && number >= spec.least && number <= spec.most) return std::to_string(number);
    return fail(bad_value(key, "'" + printable(text, 32) + "' is not a whole number from " +
                                   std::to_string(spec.least) + " to " + std::to_string(spec.most)));
}

Result<std::string> parse_choice(SettingKey key, std::string_view text) {
    const auto& spec = setting(key.id);
    if (listed(spec.choices, text)) return std::string(text);
    return fail(bad_value(key, "'" + printable(text, 32) + "' is not one of " + std::string(spec.choices)));
}

Result<std::string> parse_choices(SettingKey key, std::string_view text) {
    const auto& spec = setting(key.id);
    std::string out;
    std::vector<std::string_view> seen;
    for (std::string_view rest = text; !rest.empty();) {
        const auto comma = rest.find(',');
        const auto item = trim(rest.substr(0, comma));
        rest = comma == rest.npos ? std::string_view() : rest.substr(comma + 1);
        if (!listed(spec.choices, item))
            return fail(
                bad_value(key, "'" + printable(item, 32) + "' is not one of " + std::string(spec.choices)));
        if (std::find(seen.begin(), seen.end(), item) != seen.end())
            return fail(bad_value(key, "'" + std::string(item) + "' is listed twice"));
        seen.push_back(item);
        if (!out.empty()) out += ',';
        out += item;
    }
    if (out.empty()) return fail(bad_value(key, "the list is empty"));
    return out;
}

Result<std::string> parse_limited(SettingKey key, std::string_view text, bool allowed,
                                  std::string_view shape) {
    const auto& spec = setting(key.id);
    if (text.size() > static_cast<std::size_t>(spec.most))
        return fail(bad_value(key, "longer than " + std::to_string(spec.most) + " bytes"));
    if (!allowed) return fail(bad_value(key, "'" + printable(text, 64) + "' is not " + std::string(shape)));
    return std::string(text);
}

}  // namespace

std::string to_text(SettingKey key) {
    const auto& spec = setting(key.id);
    if (spec.scope == SettingScope::global || key.index == 0) return std::string(spec.name);
    const auto dot = spec.name.find('.');
    return std::string(spec.name.substr(0, dot)) + "." + std::to_string(key.index) +
           std::string(spec.name.substr(dot));
}

Result<SettingKey> parse_setting_key(std::string_view text) {
    if (const auto id = find_setting(text)) return SettingKey{*id, 0};
    const auto [bare, index] = split_index(text);
    const auto id = find_setting(bare);
    if (!id || !index || setting(*id).scope == SettingScope::global) return fail(unknown_setting(text, bare));
    if (*index == 0 || *index > highest_index(setting(*id).scope))
        return fail({"P-2001", "index out of range", printable(text, 64), "",
                     "Use 1 to " + std::to_string(highest_index(setting(*id).scope)) + "."});
    return SettingKey{*id, *index};
}

Result<std::string> parse_setting_value(SettingKey key, std::string_view text) {
    const auto& spec = setting(key.id);
    if (!is_clean_text(text))
        return fail({"P-2002", "value holds control characters or invalid UTF-8", to_text(key),
                     "no phone's file format carries them safely", "Remove them."});
    switch (spec.type) {
        case ValueType::secret:
            return fail({"P-2004", "a secret can't be set", to_text(key), "Provost generates it",
                         "Leave it out; arm the device to make a fresh one."});
        case ValueType::toggle:
            return parse_toggle(key, text);
        case ValueType::number:
            return parse_number(key, text);
        case ValueType::choice:
            return parse_choice(key, text);
        case ValueType::choice_list:
            return parse_choices(key, text);
        case ValueType::host:
            if (is_host(text)) return std::string(text);
            return fail(
                bad_value(key, "'" + printable(text, 64) + "' is neither a host name nor an IP address"));
        case ValueType::url:
            return parse_limited(key, text, is_https_url(text),
                                 "an https URL without user, blanks or fragment");
        case ValueType::user_part:
            return parse_limited(key, text, is_user_part(text),
                                 "made of letters, digits and - _ . + * # ~ only");
        case ValueType::text:
            return parse_limited(key, text, true, "");
    }
    return fail(bad_value(key, "unknown type"));
}

void put(Settings& settings, SettingKey key, std::string value) {
    const auto at = std::lower_bound(settings.begin(), settings.end(), key,
                                     [](const Setting& a, SettingKey b) { return a.key < b; });
    if (at != settings.end() && at->key == key) {
        at->value = std::move(value);
    } else {
        settings.insert(at, Setting{key, std::move(value)});
    }
}

void erase(Settings& settings, SettingKey key) {
    std::erase_if(settings, [&](const Setting& one) { return one.key == key; });
}

std::string format_settings(const Settings& settings) {
    std::string text;
    for (const auto& one : settings) text += to_text(one.key) + "=" + one.value + "\n";
    return text;
}

Result<Settings> parse_settings(std::string_view text) {
    Settings settings;
    while (!text.empty()) {
        PROVOST_TRY(const auto line, take_stored_line(text));
        PROVOST_TRY(const auto key, parse_setting_key(line.name));
        PROVOST_TRY(auto value, parse_setting_value(key, line.value));
        put(settings, key, std::move(value));
    }
    return settings;
}

std::string_view to_text(LayerKind kind) {
    return layer_names.at(static_cast<std::size_t>(kind));
}

EffectiveSettings merge(std::span<const Layer> layers) {
    EffectiveSettings merged;
    for (std::size_t i = 0; i < layers.size(); ++i)
        for (const auto& one : *layers[i].settings)
            merged.push_back({one.key, one.value, static_cast<std::uint8_t>(i)});
    std::stable_sort(merged.begin(), merged.end(), [](const auto& a, const auto& b) {
        return a.key != b.key ? a.key < b.key : a.layer > b.layer;
    });
    merged.erase(std::unique(merged.begin(), merged.end(),
                             [](const auto& a, const auto& b) { return a.key == b.key; }),
                 merged.end());
    return merged;
}

const EffectiveSetting* find(const EffectiveSettings& settings, SettingKey key) {
    const auto at = std::lower_bound(settings.begin(), settings.end(), key,
                                     [](const EffectiveSetting& a, SettingKey b) { return a.key < b; });
    return at != settings.end() && at->key == key ? &*at : nullptr;
}

}  // namespace provost
