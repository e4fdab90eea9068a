// Alerts people (R-C7): reads the store's events, groups them, and gives messages to the couriers. What was
// given and is not delivered yet outlives a restart.
#pragma once

#include "service/audit_head.h"
#include "service/courier.h"
#include "service/store.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace provost {

struct AlertSettings {
    AlertPace pace;
    std::string host;  // how this server names itself
};

class AlertKeeper {
 public:
    AlertKeeper(Store& store, AlertSettings settings, std::vector<AlertTarget> targets);
    ~AlertKeeper();

    // What waited when the server ended goes on; events begin where they were left.
    Status open(Timestamp now);
    // Once a second. Reads what is new, at most a bounded part of it.
    Status tick(Timestamp now);
    // Of what the store can't tell, as it is what fails.
    void raise(std::string_view log_event, const Error& error, Timestamp now);
    // One message to each target for alerts. P-2090: there is none.
    Result<std::size_t> test(Timestamp now, const std::string& actor);
    // A signed head to each target for heads, at once.
    Status ship(const AuditHead& head);
    [[nodiscard]] std::vector<CourierState> states() const;
    void finish(Duration patience);  // the last messages go out

 private:
    void tell(const Alert& alert);
    [[nodiscard]] Courier* find(std::string_view name) const;  // for alerts; null: there is none
    Status keep(Timestamp now);
    bool is_muted(const Event& event, const AlertSignal& signal, Timestamp now);

    Store& store_;
    const AlertSettings settings_;
    std::vector<std::unique_ptr<Courier>> couriers_;
    mutable std::mutex mutex_;
    AlertGroups groups_;
    std::int64_t read_ = 0;
    std::string kept_;  // as the store has it
    Timestamp kept_at_{};
};

}  // namespace provost
