#include "vendor/setting_view.h"

#include "vendor/mapping.h"

#include <algorithm>
#include <bitset>
#include <charconv>

namespace provost {

namespace {

// Which lines and keys are in use, by index; 0 is none of them.
struct InUse {
    std::bitset<max_lines + 1> lines;
    std::bitset<max_keys + 1> keys;

    void add(SettingKey key) {
        const auto scope = setting(key.id).scope;
        if (key.index == 0) return;
        if (scope == SettingScope::line && key.index <= max_lines) lines.set(key.index);
        if (scope == SettingScope::key && key.index <= max_keys) keys.set(key.index);
    }
    [[nodiscard]] bool has(SettingScope scope, std::uint16_t index) const {
        return scope == SettingScope::line ? lines[index] : keys[index];
    }
};

bool by_key(const EffectiveSetting& a, const EffectiveSetting& b) {
    return a.key < b.key;
}

// One setting's entries, the one for all first: gives each line or key in use what holds for it.
void expand(std::span<const EffectiveSetting> group, const InUse& in_use, EffectiveSettings& out) {
    const EffectiveSetting& general = group.front();
    const auto scope = setting(general.key.id).scope;
    const std::uint16_t most = scope == SettingScope::line ? max_lines : max_keys;
    auto own = group.begin() + 1;
    for (std::uint16_t index = 1; index <= most; ++index) {
        if (!in_use.has(scope, index)) continue;
        const bool has_own = own != group.end() && own->key.index == index;
        const bool own_wins = has_own && own->layer >= general.layer;
        out.push_back(own_wins ? *own
                               : EffectiveSetting{{general.key.id, index}, general.value, general.layer});
        if (has_own) ++own;
    }
}

}  // namespace

EffectiveSettings expand_defaults(const EffectiveSettings& settings, const std::vector<SettingKey>* secrets) {
    InUse in_use;
    for (const auto& entry : settings) in_use.add(entry.key);
    if (secrets != nullptr) {
        for (const auto key : *secrets) in_use.add(key);
    }
    EffectiveSettings out;
    out.reserve(settings.size() * 2);
    for (std::size_t i = 0; i < settings.size();) {
        const auto& first = settings[i];
        if (first.key.index != 0 || setting(first.key.id).scope == SettingScope::global) {
            out.push_back(first);
            ++i;
            continue;
        }
        std::size_t end = i + 1;
        while (end < settings.size() && settings[end].key.id == first.key.id) ++end;
        expand(std::span(settings).subspan(i, end - i), in_use, out);
        i = end;
    }
    return out;
}

SettingView::SettingView(const EffectiveSettings& settings, const std::vector<SettingKey>* secrets)
    : entries_(expand_defaults(settings, secrets)) {
    if (secrets != nullptr) {
        for (const auto key : *secrets) {
            const EffectiveSetting entry{key, {}, 0};
            entries_.insert(std::upper_bound(entries_.begin(), entries_.end(), entry, by_key), entry);
        }
    }
    start_.resize(all_settings().size() + 1);
    std::size_t at = 0;
    for (std::size_t id = 0; id < start_.size(); ++id) {
        while (at < entries_.size() && entries_[at].key.id < id) ++at;
        start_[id] = static_cast<std::uint32_t>(at);
    }
}

std::span<const EffectiveSetting> SettingView::of(SettingId id) const {
    return std::span(entries_).subspan(start_[id], start_[id + std::size_t{1}] - start_[id]);
}

const EffectiveSetting* SettingView::find(SettingKey key) const {
    const auto group = of(key.id);
    const auto found = std::lower_bound(group.begin(), group.end(), EffectiveSetting{key, {}, 0}, by_key);
    return found != group.end() && found->key == key ? &*found : nullptr;
}

std::uint16_t SettingView::line_of_key(std::uint16_t key) const {
    static const SettingId key_line = *find_setting("key.line");
    const auto* const said = find({key_line, key});
    std::uint16_t line = 1;
    if (said != nullptr) std::from_chars(said->value.data(), said->value.data() + said->value.size(), line);
    return line;
}

}  // namespace provost
