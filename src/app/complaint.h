// What fails each second for an hour is told once a minute.
#pragma once

#include "base/result.h"

#include <chrono>
#include <string>

namespace provost {

class Complaint {
 public:
    // Whether to tell it: it is not what was told within the last minute.
    bool is_news(const Status& outcome) {
        const auto now = std::chrono::steady_clock::now();
        const std::string code = outcome ? "" : outcome.error().code;
        const bool news = !outcome && (code != code_ || now - told_ >= std::chrono::minutes(1));
        if (news) told_ = now;
        code_ = code;
        return news;
    }

 private:
    std::string code_;
    std::chrono::steady_clock::time_point told_{};
};

}  // namespace provost
