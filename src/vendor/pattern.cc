#include "vendor/pattern.h"

#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t longest_pattern = 512;
constexpr std::int64_t pattern_memory = std::int64_t{1} << 20;  // program and state cache of one pattern

Error refused(std::string_view text, std::string why, std::string fix) {
    return {"P-2109", "pattern '" + printable(text, 64) + "' refused", "", std::move(why), std::move(fix)};
}

Result<std::shared_ptr<const RE2>> compile_text(std::string_view text) {
    if (text.empty() || text.size() > longest_pattern)
        return fail(
            refused(text, "it is empty or longer than " + std::to_string(longest_pattern) + " bytes", ""));
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(pattern_memory);
    auto compiled = std::make_shared<const RE2>(re2::StringPiece(text.data(), text.size()), options);
    if (!compiled->ok())
        return fail(refused(text, compiled->error(), "See the RE2 syntax; it has no look-around."));
    return compiled;
}

Status check_groups(std::string_view text, const RE2& compiled,
                    std::initializer_list<std::string_view> groups) {
    const auto& named = compiled.NamedCapturingGroups();
    const std::vector<std::string_view> known(groups);
    for (const auto& [name, number] : named) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const auto near = nearest(name, known);
        return fail(
            refused(text, "its group '" + name + "' has no meaning here",
                    near ? "Did you mean '" + std::string(*near) + "'?" : "Write '(?:' for a plain group."));
    }
    if (static_cast<std::size_t>(compiled.NumberOfCapturingGroups()) != named.size())
        return fail(refused(text, "it has a group without a name, or one name twice",
                            "Write '(?:' for a plain group."));
    return {};
}

}  // namespace

Result<Pattern> PatternPool::compile(std::string_view text, std::initializer_list<std::string_view> groups) {
    auto found = known_.find(text);
    if (found == known_.end()) {
        PROVOST_TRY(auto compiled, compile_text(text));
        found = known_.emplace(std::string(text), std::move(compiled)).first;
    }
    PROVOST_CHECK(check_groups(text, *found->second, groups));
    return Pattern{std::string(text), found->second};
}

}  // namespace provost
