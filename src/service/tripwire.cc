#include "service/tripwire.h"

#include "domain/network.h"
#include "service/token_path.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t longest_recorded = 256;
constexpr std::size_t garbage_recorded = 64;
constexpr Duration each_of_source = std::chrono::minutes(1), each_of_all = std::chrono::seconds(10);
constexpr std::int64_t most_of_source = 10, most_of_all = 200;
constexpr Duration summary_every = std::chrono::minutes(1);

std::array<std::uint8_t, 16> network_of(std::string_view source) {
    const auto address = IpAddress::parse(source);
    if (!address) return {};
    auto bytes = address->bytes;
    if (!address->is_v4()) std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return bytes;
}

// FNV-1a, begun with a seed that nobody outside knows.
std::uint64_t hash_of(const std::array<std::uint8_t, 16>& network, std::uint64_t seed) {
    std::uint64_t hash = 0xcbf29ce484222325U ^ seed;
    for (const auto byte : network) hash = (hash ^ byte) * 0x100000001b3U;
    return hash ^ (hash >> 32U);
}

Event event_of(const TripwireCall& call, Timestamp now) {
    Event event;
    event.at = now;
    event.kind = "tripwire";
    event.source = call.source;
    switch (call.kind) {
        case TripwireCall::Kind::request:
            event.method = call.method;
            event.path = without_tokens(call.target).substr(0, longest_recorded);
            event.user_agent = call.user_agent.substr(0, longest_recorded);
            event.detail = "host: " + call.host.substr(0, longest_recorded);
            break;
        case TripwireCall::Kind::garbage:
            event.detail = "no HTTP: " + without_tokens(call.target).substr(0, garbage_recorded);
            break;
        case TripwireCall::Kind::silence:
            event.detail = "asked for nothing";
            break;
    }
    return event;
}

}  // namespace

// A bucket is `most` tokens deep and gets one each `each`; it is kept as the time at which it is full again.
bool TripwireTable::Bucket::has_one(Timestamp now, Duration each, std::int64_t most) const {
    return full_at <= to_millis(now) + (most - 1) * each.count();
}

bool TripwireTable::Bucket::take(Timestamp now, Duration each, std::int64_t most) {
    if (!has_one(now, each, most)) return false;
    full_at = std::max(full_at, to_millis(now)) + each.count();
    return true;
}

bool TripwireTable::take(std::string_view source, Timestamp now) {
    const auto network = network_of(source);
    auto& slot = table_[hash_of(network, seed_) % slots];
    if (slot.network != network) slot = Slot{network, {}};
    // Of a source that is over its own limit the common bucket pays nothing.
    return slot.bucket.take(now, each_of_source, most_of_source) && all_.take(now, each_of_all, most_of_all);
}

void Tripwire::note(const TripwireCall& call, Timestamp now) {
    {
        const std::lock_guard lock(mutex_);
        if (!table_.take(call.source, now)) {
            ++untold_;
            return;
        }
    }
    store_.record(event_of(call, now));
}

void Tripwire::tick(Timestamp now) {
    Event event;
    {
        const std::lock_guard lock(mutex_);
        if (untold_ == 0 || (now >= told_ && now - told_ < summary_every)) return;
        event.detail = std::to_string(untold_) + " more calls were counted, not written one by one";
        untold_ = 0;
        told_ = now;
    }
    event.at = now;
    event.kind = "tripwire";
    store_.record(std::move(event));
}

}  // namespace provost
