// The pages of the metrics listener: /metrics for Prometheus, /healthz and /readyz for who restarts or
// routes.
#pragma once

#include "app/phone_doors.h"
#include "app/update_check.h"
#include "net/plain_door.h"
#include "service/exposition.h"
#include "service/housekeeper.h"
#include "service/store_metrics.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace provost {

class AdminDesk;

// Called on one thread, the listener's.
class ServerMetrics {
 public:
    struct Parts {
        House& house;
        const PhoneDoors& doors;
        const Housekeeper& housekeeper;
        std::shared_ptr<const StoreMetrics> store;
        std::shared_ptr<const Counter> housekeeping_failures;
        std::filesystem::path data_folder, key_folder;  // of the second none: a key holder has it
        const PlainDoor* tripwire = nullptr;            // null: there is none
        Timestamp started{};
        const UpdateWatch* updates = nullptr;
        bool sandboxed = false;
        const AdminDesk* admin = nullptr;  // null: there is none
    };
    explicit ServerMetrics(Parts parts) : parts_(std::move(parts)) {}

    PlainReply answer(const PlainRequest& request);

 private:
    std::string metrics();
    std::vector<std::string> obstacles();  // why phones can't be served, in words; none: they can
    [[nodiscard]] std::string store_obstacle();

    void add_visits(Exposition& page) const;
    void add_doors(Exposition& page) const;
    void add_handshakes(Exposition& page) const;
    void add_store(Exposition& page) const;
    void add_counts(Exposition& page) const;
    void add_keys(Exposition& page) const;
    void add_expiries(Exposition& page);
    void add_process(Exposition& page) const;
    void add_rest(Exposition& page) const;
    void add_guard(Exposition& page) const;
    void add_review(Exposition& page) const;
    void add_alerts(Exposition& page) const;
    void add_webhooks(Exposition& page) const;
    void add_updates(Exposition& page) const;
    void add_registrars(Exposition& page) const;
    void add_admin(Exposition& page) const;
    [[nodiscard]] std::string away_registrars() const;  // a line each

    Parts parts_;
    std::map<std::int64_t, Timestamp> list_ends_;  // nextUpdate of revocation lists, by their row
    std::string last_store_obstacle_;
    std::chrono::steady_clock::time_point store_asked_{};
};

}  // namespace provost
