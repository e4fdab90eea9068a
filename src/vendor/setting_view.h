// Merged settings, ready to be asked by setting and index cheaply; secrets stand among them without text.
#pragma once

#include "domain/settings.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace provost {

class SettingView {
 public:
    // Expands what a layer said for all lines or keys (expand_defaults). The texts belong to `settings`'
    // layers.
    SettingView(const EffectiveSettings& settings, const std::vector<SettingKey>* secrets);

    [[nodiscard]] const EffectiveSettings& all() const { return entries_; }
    [[nodiscard]] std::span<const EffectiveSetting> of(SettingId id) const;
    [[nodiscard]] const EffectiveSetting* find(SettingKey key) const;
    // The line that a key belongs to: what its key.line says, else 1.
    [[nodiscard]] std::uint16_t line_of_key(std::uint16_t key) const;

 private:
    EffectiveSettings entries_;         // sorted by key
    std::vector<std::uint32_t> start_;  // by SettingId: its first entry; one more at the end
};

}  // namespace provost
