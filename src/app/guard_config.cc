#include "app/guard_config.h"

#include "app/door_config.h"

namespace provost {

namespace {

constexpr int most_per_minute = 10'000'000, most_burst = 1'000'000;

Networks read_allow(const Yaml& value) {
    if (!value) return default_allow();
    Networks networks;
    for (const auto& item : value.items()) {
        auto parsed = parse_networks(item.words(), "");
        if (!parsed)
            item.mistake(parsed.error());
        else
            networks.insert(networks.end(), parsed->begin(), parsed->end());
    }
    return networks;
}

std::vector<Duration> read_ladder(const Yaml& value, const std::vector<Duration>& fallback) {
    if (!value) return fallback;
    std::vector<Duration> ladder;
    for (const auto& item : value.one_or_more()) {
        ladder.push_back(read_length(item, fallback.front()));
        if (ladder.size() > 1 && ladder.back() < ladder[ladder.size() - 2])
            item.mistake({"P-2107", "a ban grows", "", "this one is shorter than the one before",
                          "Write the lengths from the shortest to the longest."});
    }
    return ladder.empty() ? fallback : ladder;
}

void read_limit(const Yaml& value, const LimitTraits& traits, bool all_dry, LimitSettings& settings) {
    YamlMap map(value);
    if (traits.limit != Limit::banned) {
        if (const auto rate = map.optional("per_minute"))
            settings.budget.per_second = rate.number(1, most_per_minute, 1) / 60.0;
        if (const auto burst = map.optional("burst")) settings.budget.burst = burst.number(1, most_burst, 1);
    }
    settings.dry_run = map.optional("dry_run").toggle(all_dry);
}

void read_suspicion(const Yaml& value, const SuspicionTraits& traits, bool all_dry,
                    SuspicionSettings& settings) {
    YamlMap map(value);
    if (const auto limit = map.optional("limit")) settings.limit = limit.number(1, traits.most, traits.limit);
    settings.dry_run = map.optional("dry_run").toggle(all_dry);
}

void read_rule(const Yaml& name, const Yaml& value, bool all_dry, GuardSettings& settings) {
    const auto wanted = name.words();
    std::vector<std::string_view> names;
    for (const auto& traits : limits()) {
        if (traits.name == wanted)
            return read_limit(value, traits, all_dry,
                              settings.limits[static_cast<std::size_t>(traits.limit)]);
        names.push_back(traits.name);
    }
    for (const auto& traits : suspicions()) {
        if (traits.name == wanted)
            return read_suspicion(value, traits, all_dry,
                                  settings.suspicions[static_cast<std::size_t>(traits.suspicion)]);
        names.push_back(traits.name);
    }
    name.unlisted(names);
}

}  // namespace

GuardSettings read_guard(const Yaml& value) {
    GuardSettings settings;
    settings.allow = default_allow();
    if (!value) return settings;
    YamlMap map(value);
    settings.allow = read_allow(map.optional("allow"));
    settings.ladder = read_ladder(map.optional("bans"), settings.ladder);
    settings.memory = read_length(map.optional("forget_after"), settings.memory);
    settings.known_for = read_length(map.optional("known_for"), settings.known_for);
    const bool all_dry = map.optional("dry_run").toggle(false);
    for (auto& one : settings.limits) one.dry_run = all_dry;
    for (auto& one : settings.suspicions) one.dry_run = all_dry;
    if (const auto rules = map.optional("rules"))
        for (const auto& [name, rule] : rules.entries()) read_rule(name, rule, all_dry, settings);
    return settings;
}

}  // namespace provost
