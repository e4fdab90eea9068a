// Which names come most often, in a fixed amount of memory (Metwally and others, "Space-Saving", 2005): a
// name that comes more often than 1 in `most` is always among them.
#pragma once

#include "base/clock.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct CountOf {
    std::string name;
    std::uint64_t count = 0;
    std::uint32_t topics = 0;  // bits by ReviewTopic
    Timestamp last{};
};

class TopCounts {
 public:
    explicit TopCounts(std::size_t most) : most_(most) {}

    void add(std::string_view name, Timestamp at, std::uint32_t topics = 0) {
        if (name.empty()) return;
        auto found = counts_.find(name);
        if (found == counts_.end()) {
            std::uint64_t before = 0;
            if (counts_.size() >= most_) {
                const auto least = std::min_element(
                    counts_.begin(), counts_.end(),
                    [](const auto& a, const auto& b) { return a.second.count < b.second.count; });
                before = least->second.count;
                counts_.erase(least);
                full_ = true;
            }
            found = counts_.emplace(std::string(name), CountOf{std::string(name), before, 0, {}}).first;
        }
        auto& one = found->second;
        ++one.count;
        one.topics |= topics;
        one.last = std::max(one.last, at);
    }
    // The most frequent first; equal ones by name.
    [[nodiscard]] std::vector<CountOf> top(std::size_t most) const {
        std::vector<CountOf> all;
        for (const auto& [name, one] : counts_) all.push_back(one);
        std::stable_sort(all.begin(), all.end(),
                         [](const CountOf& a, const CountOf& b) { return a.count > b.count; });
        if (all.size() > most) all.resize(most);
        return all;
    }
    [[nodiscard]] std::size_t size() const { return counts_.size(); }
    [[nodiscard]] bool full() const { return full_; }  // there were more names: counts are upper bounds

 private:
    std::size_t most_;
    bool full_ = false;
    std::map<std::string, CountOf, std::less<>> counts_;
};

}  // namespace provost
