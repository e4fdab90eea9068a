#include "vendor/syntax/tree_layout.h"

#include <algorithm>

namespace provost {
namespace {

// No parameter needs more branches than its name has steps.
std::size_t most_nodes(const Parameters& parameters) {
    std::size_t count = 1;
    for (const Parameter& parameter : parameters) {
        count += static_cast<std::size_t>(std::count(parameter.name.begin(), parameter.name.end(), '/'));
    }
    return count;
}

class LayoutMaker {
 public:
    LayoutMaker(const Parameters& parameters, const TreeFormat& format)
        : parameters_(parameters), format_(format), most_(most_nodes(parameters)), known_(2 * most_) {
        layout_.nodes.reserve(most_);
        layout_.items.reserve(most_ + parameters.size());
        layout_.nodes.push_back({{format.root.name, {}, 0, &format.root}, 0, {}, {}});
    }

    Result<TreeLayout> make() {
        for (std::uint32_t i = 0; i < parameters_.size(); ++i) PROVOST_CHECK(add(i));
        return std::move(layout_);
    }

 private:
    struct Level {
        std::size_t end = 0;  // of its step in branch_
        std::uint32_t node = 0;
    };

    Status add(std::uint32_t parameter) {
        const std::string_view name = parameters_[parameter].name;
        if (name.size() > longest_tree_name) return refuse_parameter(name, "its name is too long");
        const std::size_t leaf = leaf_of(name);
        if (leaf == 1) return refuse_parameter(name, "its name begins with '/'");
        const std::string_view branch = name.substr(0, leaf == 0 ? 0 : leaf - 1);
        if (branch != branch_) PROVOST_CHECK(enter(branch, parameter));
        TreeNode& node = layout_.nodes[levels_[depth_].node];
        const bool attribute = name.substr(leaf).starts_with('@');
        if (!attribute && depth_ == deepest_step) {
            return refuse_parameter(name, "its name has too many steps");
        }
        append(attribute ? node.attributes : node.children,
               {parameter, false, static_cast<std::uint32_t>(leaf)});
        return {};
    }

    // Where the last step begins. Most often it follows the branch entered last, and looking forward is
    // quicker.
    [[nodiscard]] std::size_t leaf_of(std::string_view name) const {
        const std::size_t behind = branch_.empty() ? 0 : branch_.size() + 1;
        if (name.size() > behind && name.find('/', behind) == name.npos) {
            if (behind == 0 || name[behind - 1] == '/') return behind;
        }
        return name.rfind('/') + 1;  // npos + 1 is 0
    }

    void append(TreeChain& chain, const TreeItem& item) {
        const auto position = static_cast<std::uint32_t>(layout_.items.size());
        (chain.empty() ? chain.first : layout_.items[chain.last].next) = position;
        chain.last = position;
        layout_.items.push_back(item);
    }

    // How many levels of the branch entered last `branch` shares.
    [[nodiscard]] std::size_t shared_levels(std::string_view branch) const {
        std::size_t level = 0;
        while (level < depth_) {
            const std::size_t from = levels_[level].end;
            const std::size_t end = levels_[level + 1].end;
            if (branch.size() < end || (branch.size() > end && branch[end] != '/')) break;
            if (branch.substr(from, end - from) != branch_.substr(from, end - from)) break;
            ++level;
        }
        return level;
    }

    Status enter(std::string_view branch, std::uint32_t maker) {
        depth_ = shared_levels(branch);
        branch_ = branch;
        while (levels_[depth_].end < branch.size()) {
            const std::size_t begin = depth_ == 0 ? 0 : levels_[depth_].end + 1;
            const std::size_t end = std::min(branch.find('/', begin), branch.size());
            if (depth_ == deepest_step) return refuse(maker, "its name has too many steps");
            PROVOST_TRY(const std::uint32_t node,
                        child_of(levels_[depth_].node, branch.substr(begin, end - begin), maker));
            levels_[++depth_] = {end, node};
        }
        return {};
    }

    Result<std::uint32_t> child_of(std::uint32_t parent, std::string_view text, std::uint32_t maker) {
        const std::uint32_t known = known_(owner(parent, 0), text);
        if (known != no_position) return known;
        TreeStep step;
        const std::string_view why = read_step(text, format_, step);
        if (!why.empty()) return refuse(maker, why);
        if (layout_.nodes[parent].step.rule->child == step.element) {
            return refuse(maker, "a step of its name is the element that identifies the one above");
        }
        std::uint32_t node = no_position;
        if (step.rule->by_place) {
            PROVOST_TRY(node, child_by_place(parent, step, maker));
        } else {
            node = add_node(parent, step, maker);
        }
        known_(owner(parent, 0), text) = node;
        return node;
    }

    // The elements before it are made as well, so that they stand in order; parameters to come fill them.
    Result<std::uint32_t> child_by_place(std::uint32_t parent, const TreeStep& step, std::uint32_t maker) {
        std::size_t place = step.place();
        if (const auto known = known_(owner(parent, place), step.element); known != no_position) return known;
        for (; place > 1; --place) {
            if (known_(owner(parent, place - 1), step.element) != no_position) break;
            if (layout_.nodes.size() + step.place() - place + 1 >= most_) return refuse(maker, unused_place);
        }
        for (; place <= step.place(); ++place) {
            known_(owner(parent, place), step.element) = add_node(parent, step, maker);
        }
        return static_cast<std::uint32_t>(layout_.nodes.size() - 1);
    }

    static std::uint64_t owner(std::uint32_t parent, std::size_t place) {
        return std::uint64_t{parent} << 32 | static_cast<std::uint32_t>(place);
    }

    std::uint32_t add_node(std::uint32_t parent, const TreeStep& step, std::uint32_t maker) {
        const auto position = static_cast<std::uint32_t>(layout_.nodes.size());
        layout_.nodes.push_back({step, maker, {}, {}});
        append(layout_.nodes[parent].children, {position, true, 0});
        return position;
    }

    [[nodiscard]] tl::unexpected<Error> refuse(std::uint32_t parameter, std::string_view why) const {
        return refuse_parameter(parameters_[parameter].name, why);
    }

    const Parameters& parameters_;
    const TreeFormat& format_;
    std::size_t most_;
    NameTable known_;
    TreeLayout layout_;
    std::string_view branch_;  // entered last
    std::size_t depth_ = 0;
    std::array<Level, deepest_step + 1> levels_{};
};

}  // namespace

Result<TreeLayout> lay_out(const Parameters& parameters, const TreeFormat& format) {
    return LayoutMaker(parameters, format).make();
}

}  // namespace provost
