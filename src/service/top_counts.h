// Which names come most often, in a fixed amount of memory (Metwally and others, "Space-Saving", 2005): a
// name that comes more often than 1 in `most` is always among them.
#pragma once

#include "base/clock.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

struct CountOf {
    std::string name;
    std::uint64_t count = 0;   // so often at least; exactly, unless there were more names than are counted
    std::uint32_t topics = 0;  // bits by ReviewTopic
    Timestamp last{};
};

class TopCounts {
 public:
    explicit TopCounts(std::size_t most) : most_(most) {}

    void add(std::string_view name, Timestamp at, std::uint32_t topics = 0) {
        if (name.empty()) return;
        auto found = counts_.find(name);
        if (found == counts_.end())
            found = begin(name);
        else
            by_count_.erase({found->second.most, &found->first});
        auto& one = found->second;
        ++one.most;
        by_count_.insert({one.most, &found->first});
        one.topics |= topics;
        one.last = std::max(one.last, at);
    }
    // Those that certainly came most often first; equal ones by name.
    [[nodiscard]] std::vector<CountOf> top(std::size_t most) const {
        std::vector<CountOf> all;
        for (const auto& [name, one] : counts_)
            all.push_back({name, one.most - one.doubtful, one.topics, one.last});
        std::stable_sort(all.begin(), all.end(),
                         [](const CountOf& a, const CountOf& b) { return a.count > b.count; });
        if (all.size() > most) all.resize(most);
        return all;
    }
    [[nodiscard]] bool full() const { return full_; }  // there were more names

 private:
    struct Count {
        std::uint64_t most = 0;      // how often it came at most
        std::uint64_t doubtful = 0;  // of which so many may have been others
        std::uint32_t topics = 0;
        Timestamp last{};
    };
    using Counts = std::map<std::string, Count, std::less<>>;

    // The rarest makes room; its count goes on, in doubt.
    Counts::iterator begin(std::string_view name) {
        Count count;
        if (counts_.size() >= most_) {
            const auto rarest = by_count_.begin();
            count.most = count.doubtful = rarest->first;
            const auto* const leaves = rarest->second;
            by_count_.erase(rarest);
            counts_.erase(*leaves);
            full_ = true;
        }
        return counts_.emplace(std::string(name), count).first;
    }

    std::size_t most_;
    bool full_ = false;
    Counts counts_;
    std::set<std::pair<std::uint64_t, const std::string*>> by_count_;  // names are those of counts_
};

}  // namespace provost
