// Which parameter stands where in a nested file: elements that share a path are merged, in order of first
// appearance. Flat tables of positions, for a heap of nodes would cost more than the rendering.
#pragma once

#include "base/result.h"
#include "vendor/parameter.h"
#include "vendor/syntax/name_table.h"
#include "vendor/syntax/tree_format.h"

#include <cstdint>
#include <vector>

namespace provost {

constexpr std::uint32_t no_position = NameTable::none;

struct TreeChain {
    std::uint32_t first = no_position;
    std::uint32_t last = no_position;

    [[nodiscard]] bool empty() const { return first == no_position; }
};

struct TreeItem {
    std::uint32_t position;  // of a node if it is a branch, else of a parameter
    bool branch;
    std::uint32_t leaf;  // of a parameter: where the last step of its name begins
    std::uint32_t next = no_position;
};

struct TreeNode {
    TreeStep step;
    std::uint32_t maker;   // the parameter that needed it first
    TreeChain attributes;  // parameters named ".../@attribute"
    TreeChain children;
};

struct TreeLayout {
    std::vector<TreeNode> nodes;  // the root first
    std::vector<TreeItem> items;
};

constexpr std::string_view unused_place = "no parameter uses a place before its own";

// Errors: P-2301. Views into `parameters` and `format`. The last steps are not looked at beyond their '@'.
Result<TreeLayout> lay_out(const Parameters& parameters, const TreeFormat& format);

}  // namespace provost
