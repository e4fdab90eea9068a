#include "vendor/mapping.h"

#include "vendor/rule_mapper.h"

#include <bit>

namespace provost {

namespace {

// The first attribute is enough: where names repeat, it is the index.
std::size_t hash_name(const Parameter& parameter) {
    const std::size_t hash = std::hash<std::string_view>{}(parameter.name);
    if (parameter.attributes.empty()) return hash;
    const std::string_view first = parameter.attributes.front().second;
    return hash + 31 * (first.size() + static_cast<unsigned char>(first.empty() ? 0 : first.back()));
}

bool same_name(const Parameter& a, const Parameter& b) {
    if (a.name != b.name || a.attributes != b.attributes) return false;
    if (a.repeats && b.repeats) return a.setting == b.setting;
    return !a.is_secret || !b.is_secret || a.secret == b.secret;
}

// Open addressing over positions: a phone has a few hundred parameters, and this is on its path.
void keep_last_of_each_name(Parameters& parameters) {
    constexpr std::uint32_t free_slot = UINT32_MAX;
    const std::size_t mask = std::bit_ceil(parameters.size() * 2 + 1) - 1;
    std::vector<std::uint32_t> slots(mask + 1, free_slot);
    std::uint32_t kept = 0;
    for (std::uint32_t i = 0; i < parameters.size(); ++i) {
        std::size_t slot = hash_name(parameters[i]) & mask;
        while (slots[slot] != free_slot && !same_name(parameters[slots[slot]], parameters[i]))
            slot = (slot + 1) & mask;
        if (slots[slot] != free_slot) {
            parameters[slots[slot]] = std::move(parameters[i]);
            continue;
        }
        slots[slot] = kept;
        if (kept != i) parameters[kept] = std::move(parameters[i]);
        ++kept;
    }
    parameters.resize(kept);
}

}  // namespace

Result<Parameters> map_settings(const VendorSpec& vendor, const EffectiveSettings& settings,
                                const MappingContext& context) {
    const SettingView view(settings, context.secrets);
    RuleMapper mapper(vendor, view, context);
    PROVOST_CHECK(mapper.check_indices());
    mapper.add_fixed();
    for (const auto& rule : vendor.parameters) PROVOST_CHECK(mapper.apply(rule));
    Parameters made = mapper.take();
    keep_last_of_each_name(made);
    return made;
}

}  // namespace provost
