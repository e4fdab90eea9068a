// Makes reviews from the store, keeps who marked what as reviewed, and reminds when one is due (R-C7, R-C9).
#pragma once

#include "service/review.h"
#include "service/store.h"

#include <atomic>
#include <mutex>
#include <optional>

namespace provost {

class ReviewKeeper {
 public:
    // `every`: how often people mean to look; zero: they are not reminded.
    explicit ReviewKeeper(Store& store, Duration every = std::chrono::hours(24 * 7))
        : store_(store), every_(every) {}

    // Of all after the last mark; `after` goes further back, or begins later.
    Result<Review> make(const ReviewNames& names, Timestamp now, std::optional<std::int64_t> after = {});

    // Up to the event that was looked at last; P-2080 there is none such, P-2081 more is marked already,
    // P-2082 the note.
    struct Draft {
        std::int64_t up_to = 0;
        std::string note;
    };
    Result<ReviewMark> mark(const Draft& draft, Timestamp now, const std::string& actor);

    // Once a second or so: when a review becomes due, and once a day while it is, there is an event.
    Status tick(Timestamp now);

    struct State {
        bool due = false;
        ReviewMark last;
        Timestamp since{};  // the last mark, or the first start
        Duration every{};
    };
    [[nodiscard]] State state(Timestamp now) const;

 private:
    Result<ReviewMark> read_mark() const;
    Status look_up(Timestamp now);
    [[nodiscard]] bool is_due(Timestamp now) const;  // with the mutex held

    Store& store_;
    const Duration every_;
    mutable std::mutex mutex_;
    ReviewMark last_;
    Timestamp since_{}, looked_up_{}, reminded_{};
    bool known_ = false;
};

}  // namespace provost
