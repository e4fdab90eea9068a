// Counts what a change does, by vendor, model, parameter and values, with a few examples of each.
#pragma once

#include "service/profile_diff.h"
#include "vendor/parameter.h"

#include <map>
#include <string>
#include <tuple>

namespace provost {

class FleetTally {
 public:
    void look_at(const Device&) { ++looked_at_; }
    void compare(const Device& device, const Parameters& before, const Parameters& after);
    void release() { ++released_; }
    void refuse(const Device& device, const Error& error, bool already);
    // The most frequent first. Where a parameter changes in more than a few ways, they become one line.
    [[nodiscard]] ProfileDiff take();

 private:
    struct Count {
        std::size_t devices = 0;
        std::vector<std::string> examples;
        void add(const Device& device);
    };
    using Where = std::tuple<std::string, std::string, std::string, std::string>;  // vendor model name kind
    using Values = std::pair<std::string, std::string>;

    void note(const Device& device, std::string name, std::string_view kind, Values values);

    std::size_t looked_at_ = 0, changed_ = 0, released_ = 0;
    std::map<Where, std::map<Values, Count>> changes_;
    std::map<std::tuple<std::string, std::string, std::string, std::string, bool>, Count> refusals_;
};

}  // namespace provost
