// What was suspicious since the last review (R-C7): pure, and of a fixed size however many events there were.
#pragma once

#include "guard/ban_list.h"
#include "service/audit_keys.h"
#include "service/records.h"
#include "service/review_topic.h"
#include "service/top_counts.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace provost {

// Who marked what as reviewed.
struct ReviewMark {
    std::int64_t up_to = 0;  // the newest event that was looked at; 0: none ever was
    Timestamp at{};
    std::string by;
    bool operator==(const ReviewMark&) const = default;
};

struct ReviewExample {
    std::int64_t event = 0;
    Timestamp at{};
    std::string text;  // printable, on one line
};

struct ReviewFinding {
    ReviewTopic topic = ReviewTopic::strangers;
    std::uint64_t count = 0;  // events
    Timestamp first{}, last{};
    bool more_sources = false, more_devices = false;  // than were counted one by one
    std::size_t networks = 0;                         // about how many networks (/24, /48)
    std::vector<CountOf> sources, devices, tenants, vendors, reasons;
    std::vector<std::string> evidence;    // of the detector, and what people did; the newest last
    std::vector<ReviewExample> examples;  // the first ones
};

struct Review {
    Timestamp from{}, to{};
    std::int64_t after = 0, up_to = 0;  // events after the one, up to the other
    ReviewMark last;                    // the last mark; up_to 0: there is none
    bool due = false;
    std::uint64_t events = 0, answered = 0, refused = 0, missed = 0;  // missed: pruned before anybody looked
    std::uint64_t deliveries = 0, broken = 0;                         // of the audit trail
    std::vector<ReviewFinding> findings;                              // the gravest first
    std::vector<CountOf> networks, vendors, tenants;                  // by place, with their topics
    std::vector<Ban> bans;                                            // that hold at `to`
    std::size_t bans_in_force = 0;
};

// How people call what events know by number.
struct ReviewNames {
    std::function<std::string(TenantId)> tenant;
    std::function<std::string(MacAddress)> vendor;  // by the prefix; empty: not known
};

class ReviewTally {
 public:
    explicit ReviewTally(ReviewNames names);
    ~ReviewTally();
    void take(const Event& event);
    void take(const AuditEntry& entry);
    // `frame` has the times and marks; the tally adds what it found.
    Review finish(Review frame, const std::vector<Ban>& bans);

 private:
    struct Topic;
    struct Facts;

    void count(ReviewTopic topic, const Facts& facts);
    void count_visit(const Event& event);
    [[nodiscard]] Facts facts_of(const Event& event) const;

    ReviewNames names_;
    std::vector<std::unique_ptr<Topic>> topics_;
    TopCounts networks_, vendors_, tenants_;
    std::uint64_t events_ = 0, answered_ = 0, refused_ = 0, deliveries_ = 0, broken_ = 0;
};

}  // namespace provost
