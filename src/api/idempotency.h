// "Idempotency-Key: ..." on POST: the same call with the same key is done once, however often it comes. Kept
// in memory for a day; a restart forgets them.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "crypto/digest.h"
#include "service/api_message.h"

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>

namespace provost {

class IdempotencyKeys {
 public:
    using Work = std::function<Result<ApiReply>()>;

    // Runs `work`, or gives again what it gave. Only what succeeded is kept, and its answer not where
    // `keeps_answer` is false. P-8404 no key; P-8405 the key was used for another call; P-8406 the first call
    // is still under way; P-8407 it was done, and its answer is not kept.
    Result<ApiReply> once(const ApiRequest& request, bool keeps_answer, Timestamp now, const Work& work);

 private:
    struct Entry {
        Sha256 slot{}, call{};
        std::string owner;
        Timestamp at{};
        bool done = false;
        std::optional<ApiReply> answer;
    };
    using Entries = std::list<Entry>;  // the oldest first

    Result<std::optional<ApiReply>> claim(const Entry& entry, Timestamp now);
    void settle(const Sha256& slot, const Result<ApiReply>& outcome, bool keeps_answer);
    void erase(Entries::iterator entry);
    void make_room(const std::string& owner, Timestamp now);

    std::mutex mutex_;
    Entries entries_;
    std::map<Sha256, Entries::iterator> by_slot_;
    std::map<std::string, std::size_t> of_owner_;
};

}  // namespace provost
