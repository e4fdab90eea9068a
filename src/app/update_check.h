// Asks the release feed that an operator points at (R-C8) whether what runs here has an advisory. Off where
// nothing is said of it.
#pragma once

#include "net/outbound.h"
#include "service/release_feed.h"
#include "service/store.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace provost {

struct UpdateSettings {
    std::string feed;  // a file or https:// URL; empty: off
    std::filesystem::path key, authorities;
    Duration every = std::chrono::hours(24);
    [[nodiscard]] bool is_remote() const { return feed.find("://") != std::string::npos; }
};

struct UpdateCheck {  // with its files read
    std::string feed;
    bool remote = false;
    PublicKey key{};
    OutboundTls tls;
};

struct UpdateVerdict {
    ReleaseFeed feed;
    FeedMemory memory;
    std::vector<Advisory> hits;
};

Result<UpdateCheck> prepare_update_check(const UpdateSettings& settings);  // P-1112, P-2095, P-7020
Result<UpdateVerdict> check_updates(const UpdateCheck& check, const FeedMemory& memory, Timestamp now);

Result<FeedMemory> read_feed_memory(const std::filesystem::path& file);  // nothing, if there is none
Status write_feed_memory(const std::filesystem::path& file, const FeedMemory& memory);

// Looks by itself, on a thread of its own. Each advisory is an event once.
class UpdateWatch {
 public:
    UpdateWatch(Store& store, UpdateCheck check, Duration every);
    struct State {
        Timestamp asked{};  // when a feed was taken last; 0: never
        std::size_t hits = 0;
        bool newer = false;  // than this program
    };
    [[nodiscard]] State state() const;

 private:
    void work(const std::stop_token& stop);
    Status look(Timestamp now);
    Status tell(const UpdateVerdict& verdict, Timestamp now);

    Store& store_;
    const UpdateCheck check_;
    const Duration every_;
    mutable std::mutex mutex_;
    State state_;
    std::jthread thread_;
};

}  // namespace provost
