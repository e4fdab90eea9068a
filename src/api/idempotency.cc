#include "api/idempotency.h"

#include <algorithm>
#include <chrono>

namespace provost {

namespace {

constexpr auto kept_for = std::chrono::hours(24);
constexpr std::size_t most_entries = 4096, most_of_one = 512;
constexpr std::size_t longest_key = 128, longest_answer = 16UL * 1024;

// Parts that can't run into each other.
std::string part(std::string_view text) {
    return std::to_string(text.size()) + ":" + std::string(text) + ",";
}

std::string owner_of(const Actor& who) {
    return part(who.name) + std::to_string(who.person) + "," + std::to_string(who.tenant.value_or(-1));
}

Sha256 call_of(const ApiRequest& request) {
    std::string all = part(request.body);
    for (const auto& [name, value] : request.query) all += part(name) + part(value);
    return sha256(all);
}

Status check_key(const std::string& key) {
    const bool fits = !key.empty() && key.size() <= longest_key &&
                      std::ranges::all_of(key, [](char c) { return c > ' ' && c < 0x7F; });
    if (fits) return {};
    return fail({"P-8404", "the Idempotency-Key is refused", "Idempotency-Key",
                 "it is empty, longer than 128 bytes or holds more than visible characters",
                 "Send a random one, such as a UUID."});
}

}  // namespace

void IdempotencyKeys::erase(Entries::iterator entry) {
    by_slot_.erase(entry->slot);
    if (--of_owner_[entry->owner] == 0) of_owner_.erase(entry->owner);
    entries_.erase(entry);
}

// Nobody pushes out another's keys before their own.
void IdempotencyKeys::make_room(const std::string& owner, Timestamp now) {
    while (!entries_.empty() && now - entries_.front().at > kept_for) erase(entries_.begin());
    const auto own = of_owner_.find(owner);
    const bool too_many = own != of_owner_.end() && own->second >= most_of_one;
    if (!too_many && entries_.size() < most_entries) return;
    const auto oldest =
        std::ranges::find_if(entries_, [&](const Entry& one) { return !too_many || one.owner == owner; });
    if (oldest != entries_.end()) erase(oldest);
}

Result<std::optional<ApiReply>> IdempotencyKeys::claim(const Entry& entry, Timestamp now) {
    const std::lock_guard lock(mutex_);
    make_room(entry.owner, now);
    const auto found = by_slot_.find(entry.slot);
    if (found == by_slot_.end()) {
        by_slot_[entry.slot] = entries_.insert(entries_.end(), entry);
        ++of_owner_[entry.owner];
        return std::optional<ApiReply>();
    }
    const auto& known = *found->second;
    if (known.call != entry.call)
        return fail({"P-8405", "this Idempotency-Key was used for another call", "Idempotency-Key",
                     "the body or the query differs", "Use a new key for each call."});
    if (!known.done)
        return fail({"P-8406", "the first call with this Idempotency-Key is still under way",
                     "Idempotency-Key", "", "Wait a moment and repeat it."});
    if (!known.answer)
        return fail({"P-8407", "it was done already, and its answer is not kept", "Idempotency-Key",
                     "it held a secret, which is told once, or was long",
                     "Read the object again; make a new secret if the first one is lost."});
    auto again = *known.answer;
    again.headers["Idempotency-Replayed"] = "true";
    return std::optional(std::move(again));
}

void IdempotencyKeys::settle(const Sha256& slot, const Result<ApiReply>& outcome, bool keeps_answer) {
    const std::lock_guard lock(mutex_);
    const auto found = by_slot_.find(slot);
    if (found == by_slot_.end()) return;  // pushed out meanwhile
    const bool succeeded = outcome && outcome->status >= 200 && outcome->status < 300;
    if (!succeeded) return erase(found->second);
    found->second->done = true;
    if (keeps_answer && outcome->body.size() <= longest_answer) found->second->answer = *outcome;
}

Result<ApiReply> IdempotencyKeys::once(const ApiRequest& request, bool keeps_answer, Timestamp now,
                                       const Work& work) {
    const auto key = request.headers.find("idempotency-key");
    if (request.method != "POST" || key == request.headers.end()) return work();
    PROVOST_CHECK(check_key(key->second));
    Entry entry;
    entry.owner = owner_of(request.who);
    entry.slot = sha256(entry.owner + part(request.path) + part(key->second));
    entry.call = call_of(request);
    entry.at = now;
    PROVOST_TRY(auto again, claim(entry, now));
    if (again) return std::move(*again);
    auto outcome = work();
    settle(entry.slot, outcome, keeps_answer);
    return outcome;
}

}  // namespace provost
