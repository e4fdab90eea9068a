#include "vendor/catalogue.h"

#include "vendor/request_path.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace provost {

namespace {

constexpr std::size_t longest_agent = 512;
constexpr int most_groups = 8;

using Groups = std::array<re2::StringPiece, most_groups>;

std::string_view group(const Groups& groups, int number) {
    if (number == 0) return {};
    const auto& found = groups[static_cast<std::size_t>(number)];
    return {found.data(), found.size()};
}

bool matches_whole(const RE2& expression, std::string_view text) {
    return expression.Match({text.data(), text.size()}, 0, text.size(), RE2::ANCHOR_BOTH, nullptr, 0);
}

// Leading digits of a dotted text's first component, and the rest behind its dot.
std::uint64_t take_number(std::string_view& text) {
    const auto dot = text.find('.');
    const auto component = text.substr(0, dot);
    std::uint64_t number = 0;
    const auto end = component.data() + component.size();
    if (std::from_chars(component.data(), end, number).ec == std::errc::result_out_of_range)
        number = UINT64_MAX;
    text = dot == text.npos ? std::string_view() : text.substr(dot + 1);
    return number;
}

}  // namespace

const OutputFormat& output_format(const VendorSpec& vendor, std::string_view model) {
    if (vendor.output.variants.empty()) return vendor.output;
    const ModelSpec* const known = find_model(vendor, model);
    const std::string_view id = known != nullptr ? std::string_view(known->id) : std::string_view();
    for (const auto& variant : vendor.output.variants) {
        if (matches_whole(*variant.models.compiled, id)) return variant;
    }
    return vendor.output;
}

const ModelSpec* find_model(const VendorSpec& vendor, std::string_view model) {
    if (model.empty()) return nullptr;
    for (const auto& known : vendor.models) {
        if (known.id == model) return &known;
    }
    for (const auto& known : vendor.models) {
        if (matches_whole(*known.matches.compiled, model)) return &known;
    }
    return nullptr;
}

int compare_firmware(std::string_view a, std::string_view b) {
    while (!a.empty() || !b.empty()) {
        const auto x = take_number(a);
        const auto y = take_number(b);
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

Catalogue::Matcher::Matcher(const Pattern& pattern) : expression(pattern.compiled.get()) {
    for (const auto& [name, number] : expression->NamedCapturingGroups()) {
        if (number >= most_groups) continue;
        if (name == "mac") mac = number;
        if (name == "model") model = number;
        if (name == "firmware") firmware = number;
        if (name == "stage") stage = number;
        groups = std::max(groups, number + 1);
    }
}

Catalogue::Catalogue(std::vector<VendorSpec> vendors) : vendors_(std::move(vendors)) {
    std::sort(vendors_.begin(), vendors_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    for (const auto& vendor : vendors_) {
        auto& paths = paths_.emplace_back();
        for (const auto& file : vendor.files) paths.emplace_back(file.path);
        auto& agents = agents_.emplace_back();
        for (const auto& agent : vendor.agents) agents.emplace_back(agent.pattern);
    }
    learn_prefixes();
}

void Catalogue::learn_prefixes() {
    std::vector<Prefix> all;
    for (std::size_t i = 0; i < vendors_.size(); ++i) {
        for (const auto oui : vendors_[i].mac_prefixes) all.push_back({oui, i});
    }
    std::sort(all.begin(), all.end(), [](const Prefix& a, const Prefix& b) { return a.oui < b.oui; });
    for (const auto& prefix : all) {
        if (prefixes_.empty() || prefixes_.back().oui != prefix.oui) {
            prefixes_.push_back(prefix);
        } else if (prefixes_.back().vendor != prefix.vendor) {
            prefixes_.back().vendor = several;
        }
    }
}

const VendorSpec* Catalogue::find(std::string_view id) const {
    const auto found = std::lower_bound(
        vendors_.begin(), vendors_.end(), id,
        [](const VendorSpec& vendor, std::string_view wanted) { return vendor.id < wanted; });
    return found != vendors_.end() && found->id == id ? &*found : nullptr;
}

const VendorSpec* Catalogue::by_mac(MacAddress mac) const {
    const auto found =
        std::lower_bound(prefixes_.begin(), prefixes_.end(), mac.oui(),
                         [](const Prefix& prefix, std::uint32_t oui) { return prefix.oui < oui; });
    if (found == prefixes_.end() || found->oui != mac.oui() || found->vendor == several) return nullptr;
    return &vendors_[found->vendor];
}

bool Catalogue::may_vouch(const VendorSpec& vendor, MacAddress mac) const {
    if (vendor.local_macs && mac.is_local()) return true;
    return vendor.any_mac_prefix ||
           std::binary_search(vendor.mac_prefixes.begin(), vendor.mac_prefixes.end(), mac.oui());
}

std::optional<RequestMatch> Catalogue::match_file(std::string_view path, std::size_t vendor) const {
    const auto& spec = vendors_[vendor];
    for (std::size_t i = 0; i < spec.files.size(); ++i) {
        const Matcher& matcher = paths_[vendor][i];
        Groups groups;
        if (!matcher.expression->Match({path.data(), path.size()}, 0, path.size(), RE2::ANCHOR_BOTH,
                                       groups.data(), matcher.groups))
            continue;
        const auto mac_text = group(groups, matcher.mac);
        const auto mac = MacAddress::parse(mac_text);
        if (!mac_text.empty() && !mac) continue;
        return RequestMatch{&spec, &spec.files[i], mac, std::string(group(groups, matcher.model))};
    }
    return std::nullopt;
}

std::optional<RequestMatch> Catalogue::match_path(std::string_view path, const VendorSpec* vendor) const {
    const RequestPath clean(path);
    if (!clean.text()) return std::nullopt;
    for (std::size_t i = 0; i < vendors_.size(); ++i) {
        if (vendor != nullptr && vendor->id != vendors_[i].id) continue;
        if (auto match = match_file(*clean.text(), i)) return match;
    }
    return std::nullopt;
}

std::optional<AgentMatch> Catalogue::match_header(std::string_view text, std::size_t vendor) const {
    const auto& spec = vendors_[vendor];
    for (const Matcher& matcher : agents_[vendor]) {
        Groups groups;
        if (!matcher.expression->Match({text.data(), text.size()}, 0, text.size(), RE2::ANCHOR_BOTH,
                                       groups.data(), matcher.groups))
            continue;
        const auto said = group(groups, matcher.model);
        const ModelSpec* const model = find_model(spec, said);
        return AgentMatch{&spec, model != nullptr ? model->id : std::string(said),
                          std::string(group(groups, matcher.firmware)),
                          std::string(group(groups, matcher.stage)),
                          MacAddress::parse(group(groups, matcher.mac))};
    }
    return std::nullopt;
}

std::optional<AgentMatch> Catalogue::match_agent(std::string_view user_agent,
                                                 const VendorSpec* vendor) const {
    if (user_agent.empty() || user_agent.size() > longest_agent) return std::nullopt;
    for (std::size_t i = 0; i < vendors_.size(); ++i) {
        if (vendor != nullptr && vendor->id != vendors_[i].id) continue;
        if (auto match = match_header(user_agent, i)) return match;
    }
    return std::nullopt;
}

}  // namespace provost
