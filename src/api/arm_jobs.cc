#include "api/arm_jobs.h"

#include "api/job_places.h"
#include "domain/text.h"
#include "service/devices.h"
#include "service/log.h"
#include "service/store_trouble.h"
#include "service/tenants.h"

#include <algorithm>

namespace provost {

namespace {

constexpr const char* last_note = "arms.last";

// Of the number after the last one, over restarts too: who asks for an old job is not told of another.
Result<std::int64_t> next_number(Store& store) {
    std::int64_t number = 0;
    PROVOST_CHECK(store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(const auto note, transaction.note(last_note));
        number = whole_number(note).value_or(0) + 1;
        return transaction.put_note(last_note, std::to_string(number));
    }));
    return number;
}

std::string begun_in_words(const ArmJob& job) {
    auto text = std::to_string(job.macs.size()) + " to arm";
    if (job.forget_key) text += ", their keys forgotten";
    return job.reason.empty() ? text : text + "; " + job.reason;
}

std::string ended_in_words(const ArmJob& job) {
    return std::to_string(job.done) + " armed, " + std::to_string(job.failed) + " refused of " +
           std::to_string(job.macs.size());
}

void note_failure(ArmJob& job, MacAddress mac, Error error) {
    ++job.failed;
    const std::lock_guard lock(job.mutex);
    if (job.failures.size() < ArmJob::most_failures) job.failures.push_back({mac, std::move(error)});
}

}  // namespace

std::vector<ArmJob::Failure> ArmJob::failed_ones() const {
    const std::lock_guard lock(mutex);
    return failures;
}

std::string_view state_of(const ArmJob& job) {
    if (job.is_running()) return "running";
    return job.done + job.failed == job.macs.size() ? "done" : "cancelled";
}

ArmJobs::~ArmJobs() {
    for (const auto& job : jobs_) job->stop = true;
}

bool ArmJobs::make_room(std::optional<TenantId> maker) {
    std::vector<JobPlace> places;
    for (const auto& job : jobs_) places.push_back({job->maker, job->is_running()});
    const auto room = room_for(maker, places, most_jobs);
    if (room.pushed_out) jobs_.erase(jobs_.begin() + static_cast<std::ptrdiff_t>(*room.pushed_out));
    return room.is_there;
}

Status ArmJobs::record(const ArmJob& job, std::string kind, const std::string& detail) {
    auto event = change_event(std::move(kind), job.actor, house_.clock.now());
    event.tenant = job.owner.value_or(0);
    event.detail = "arming " + job.id + ": " + detail;
    return house_.store.apply(
        [&](Transaction& transaction) { return transaction.insert_event(event).map([](std::int64_t) {}); });
}

Result<std::shared_ptr<ArmJob>> ArmJobs::begin(Draft draft, const Sight& sight) {
    const std::lock_guard lock(mutex_);
    const auto maker = sight.actor().tenant;
    if (!make_room(maker))
        return fail(
            {"P-8013", "too many devices are being armed already", "devices",
             "there are places for " + std::to_string(most_jobs) + " such jobs, half of them for one tenant",
             "Wait for one to end, or cancel it."});
    PROVOST_TRY(const auto number, next_number(house_.store));
    auto job = std::make_shared<ArmJob>();
    job->id = "a" + std::to_string(number);
    job->actor = std::move(draft.actor);
    job->reason = std::move(draft.reason);
    job->owner = draft.owner;
    job->maker = maker;
    job->made = house_.clock.now();
    job->macs = std::move(draft.macs);
    job->forget_key = draft.forget_key;
    PROVOST_CHECK(record(*job, "arming.started", begun_in_words(*job)));
    job->worker = std::jthread([this, raw = job.get(), sight] { work(*raw, sight); });
    jobs_.push_back(job);
    return job;
}

void ArmJobs::arm_each(ArmJob& job, const Sight& sight) {
    for (const auto mac : job.macs) {
        if (job.stop) break;
        // Who throws is not to take the server along.
        try {
            auto armed = sight.device(house_.store, mac).and_then([&](const Device&) {
                return DeviceService(house_).arm(mac, {job.forget_key, job.reason}, job.actor);
            });
            if (armed)
                ++job.done;
            else
                note_failure(job, mac, std::move(armed).error());
        } catch (const std::exception& thrown) {
            note_failure(job, mac, {"P-7042", "arming it went wrong inside", "device", thrown.what()});
        }
    }
}

void ArmJobs::work(ArmJob& job, const Sight& sight) {
    arm_each(job, sight);
    const auto told = once_it_writes([&] { return record(job, "arming.ended", ended_in_words(job)); },
                                     [&] { return job.stop.load(); });
    if (!told)
        log_event(LogLevel::error, "arming.untold", "the audit trail does not have the end of an arming",
                  {{"job", job.id}, {"detail", ended_in_words(job)}});
    job.ended = to_millis(house_.clock.now());
}

std::shared_ptr<ArmJob> ArmJobs::find(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(jobs_, id, [](const auto& job) { return job->id; });
    return found == jobs_.end() ? nullptr : *found;
}

Status ArmJobs::cancel(const std::string& id) {
    const auto job = find(id);
    if (job == nullptr || !job->is_running())
        return fail({"P-8007", "the arming of devices can't be cancelled", "job", "it is not running"});
    job->stop = true;
    return {};
}

std::vector<std::shared_ptr<ArmJob>> ArmJobs::all() const {
    const std::lock_guard lock(mutex_);
    return {jobs_.rbegin(), jobs_.rend()};
}

}  // namespace provost
