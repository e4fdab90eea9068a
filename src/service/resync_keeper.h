// Tells phones to call home, one at once or many in stages (R-F3): jobs live in the store and go on after a
// restart, each phone's answer is in its timeline.
#pragma once

#include "service/resync.h"
#include "service/resync_job.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <stop_token>
#include <thread>

namespace provost {

using FindZone = std::function<Result<TimeZone>(const std::string& name)>;

struct ResyncPace {
    Duration spacing = std::chrono::milliseconds(200);
    Duration jitter = std::chrono::seconds(30);
    std::size_t workers = 16;  // how many may wait for an answer at the same time
};

class ResyncKeeper {
 public:
    struct Ways {
        NotifySender& sender;
        FindRegistrars registrars;  // null: there is none
        ResyncRoute route;
        FindZone zone;
    };
    ResyncKeeper(House& house, Ways ways, ResyncPace pace);
    ~ResyncKeeper();

    // Takes up the jobs that were running when the server ended.
    Status open();

    // Tells one phone, waits for its answer, and writes it down. As Resync::tell.
    Result<ResyncReport> tell(MacAddress mac, bool reboot, const std::string& actor);

    struct Draft {
        std::string tenant, site, vendor, model;  // a tenant's slug; the others narrow it down, if not empty
        std::optional<MacAddress> phone;          // this one alone; then tenant is empty
        std::string rate, jitter, window;         // empty: as configured; any time
        bool reboot = false;
    };
    // P-2010, P-2027, P-8306 ... P-8309, P-8311, P-8313.
    Result<ResyncJob> start(const Draft& draft, const std::string& actor);
    Result<ResyncJob> cancel(std::int64_t id,
                             const std::string& actor);          // P-8310: there is no such job running
    [[nodiscard]] Result<ResyncJob> job(std::int64_t id) const;  // P-8310
    [[nodiscard]] std::vector<ResyncJob> jobs() const;           // newest first

 private:
    struct Running {  // what is left of a job
        std::vector<std::unique_ptr<const TimeZone>> zones;
        std::vector<std::size_t> phones;  // places in the job's, as the staging counts them
        Staging staging;
    };
    struct Task {
        std::int64_t job = 0;
        std::size_t phone = 0;
    };

    Result<std::vector<MacAddress>> choose(const Draft& draft, ResyncJob& job) const;
    [[nodiscard]] Result<std::string> zone_name(MacAddress mac) const;  // empty: none is set, so UTC
    [[nodiscard]] Result<Running> line_up(const ResyncJob& job) const;
    Status run(ResyncJob job, const Event* event);
    Status take_up(ResyncJob& job);
    Status end_early(ResyncJob& job, const std::string& actor, const std::string& why);
    Status write(const ResyncJob& job, const Event* event, bool whole);
    void dispatch(const std::stop_token& stop);
    [[nodiscard]] Duration hand_out(Timestamp now);  // how long until the next is due; with the mutex held
    void work(const std::stop_token& stop);
    void carry_out(const Task& task);
    void finish(const Task& task, bool done, const std::optional<Event>& event);
    void start_threads();

    House& house_;
    Resync resync_;
    const FindZone zone_;
    const ResyncPace pace_;

    std::mutex writing_;  // taken before mutex_: jobs are written in their order
    mutable std::mutex mutex_;
    std::condition_variable_any wake_, work_;
    std::map<std::int64_t, ResyncJob> jobs_;
    std::map<std::int64_t, Running> running_;
    std::deque<Task> tasks_;
    std::size_t busy_ = 0;               // workers
    std::vector<std::jthread> threads_;  // last: they end before the rest
};

}  // namespace provost
