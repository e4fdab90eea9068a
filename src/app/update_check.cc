#include "app/update_check.h"

#include "app/library_versions.h"
#include "app/outbound_targets.h"
#include "app/read_file.h"
#include "app/write_file.h"
#include "service/log.h"
#include "service/tenants.h"

#include <condition_variable>

namespace provost {

namespace {

constexpr const char* memory_note = "updates.memory";
constexpr const char* told_note = "updates.told";  // ids of advisories, each with a blank behind it
constexpr auto patience_after_failure = std::chrono::hours(1);

Installed what_runs_here() {
    Installed installed{{"provost", PROVOST_VERSION}};
    for (const auto& library : libraries()) installed.emplace_back(library.name, library.version);
    return installed;
}

}  // namespace

Result<UpdateCheck> prepare_update_check(const UpdateSettings& settings) {
    UpdateCheck check;
    check.feed = settings.feed;
    check.remote = settings.is_remote();
    if (check.remote) {
        PROVOST_TRY(const auto url, parse_outbound_url(check.feed, {"https", "http"}));
        if (url.scheme == "http" && !url.loopback)
            return fail({"P-7020", "a feed comes by https", "feed", "", "Write https://"});
    }
    PROVOST_TRY(const auto pem, read_outbound_file(settings.key, false));
    PROVOST_TRY(check.key, parse_public_key(pem));
    if (!settings.authorities.empty()) {
        PROVOST_TRY(check.tls.authorities, read_outbound_file(settings.authorities, false));
    }
    return check;
}

Result<UpdateVerdict> check_updates(const UpdateCheck& check, const FeedMemory& memory, Timestamp now) {
    auto file = check.remote ? get_http(check.feed, check.tls, feed_most_bytes)
                             : read_file(check.feed, feed_most_bytes);
    if (!file) return fail(file.error());
    UpdateVerdict verdict;
    PROVOST_TRY(verdict.feed, read_release_feed(*file, check.key, now, memory));
    verdict.memory = {verdict.feed.serial, verdict.feed.digest};
    verdict.hits = advisories_for(verdict.feed, what_runs_here());
    return verdict;
}

Result<FeedMemory> read_feed_memory(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) return FeedMemory();
    return read_file(file, 4096).map([](const std::string& text) { return FeedMemory::parse(text); });
}

Status write_feed_memory(const std::filesystem::path& file, const FeedMemory& memory) {
    return replace_file(file, memory.text() + "\n", Readers::owner);
}

UpdateWatch::UpdateWatch(Store& store, UpdateCheck check, Duration every)
    : store_(store), check_(std::move(check)), every_(every) {
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

UpdateWatch::State UpdateWatch::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

void UpdateWatch::work(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    while (!stop.stop_requested()) {
        const auto looked = look(SystemClock().now());
        if (!looked)
            log_event(LogLevel::error, "updates.failed", looked.error().what, fields_of(looked.error()));
        std::unique_lock lock(mutex);
        const auto pause = looked ? every_ : std::min<Duration>(every_, patience_after_failure);
        wake.wait_for(lock, stop, pause, [] { return false; });
    }
}

Status UpdateWatch::look(Timestamp now) {
    PROVOST_TRY(const auto note, store_.note(memory_note));
    PROVOST_TRY(const auto verdict, check_updates(check_, FeedMemory::parse(note), now));
    PROVOST_CHECK(tell(verdict, now));
    const std::lock_guard lock(mutex_);
    state_ = {now, verdict.hits.size(), compare_versions(PROVOST_VERSION, verdict.feed.newest) < 0};
    return {};
}

Status UpdateWatch::tell(const UpdateVerdict& verdict, Timestamp now) {
    PROVOST_TRY(const auto told, store_.note(told_note));
    return store_.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.put_note(memory_note, verdict.memory.text()));
        std::string ids;
        for (const auto& one : verdict.hits) {
            ids += one.id + " ";
            if (told.find(one.id + " ") != std::string::npos) continue;
            auto event = change_event("update.advisory", "clock", now);
            event.detail = one.id + ", " + one.severity + ", " + one.package + " before " + one.below + ": " +
                           one.says + " " + one.next;
            PROVOST_CHECK(transaction.insert_event(event).map([](std::int64_t) {}));
        }
        return ids == told ? Status() : transaction.put_note(told_note, ids);
    });
}

}  // namespace provost
