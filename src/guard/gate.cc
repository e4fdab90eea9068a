#include "guard/gate.h"

#include <algorithm>

namespace provost {

namespace {

bool is_shared(Limit limit) {
    switch (limit) {
        case Limit::all_connections:
        case Limit::reserve_connections:
        case Limit::all_handshakes:
        case Limit::reserve_handshakes:
        case Limit::all_requests:
        case Limit::all_bytes:
            return true;
        default:
            return false;
    }
}

// The limits of connections and those of handshakes stand in the same order.
Limit after(Limit first, Limit one) {
    const auto distance = static_cast<int>(one) - static_cast<int>(Limit::address_connections);
    return static_cast<Limit>(static_cast<int>(first) + distance);
}

}  // namespace

Gate::Gate(GateSettings settings) : settings_(std::move(settings)), known_(settings_.slots) {
    for (const auto& traits : limits()) {
        const auto i = static_cast<std::size_t>(traits.limit);
        const auto& budget = settings_.limits[i].budget;
        if (traits.limit == Limit::banned) continue;
        if (is_shared(traits.limit))
            shared_[i] = std::make_unique<SharedBucket>(budget);
        else
            tables_[i] = std::make_unique<BucketTable>(budget, settings_.slots);
    }
}

Source Gate::meet(const IpAddress& address) const {
    Source source{address, scatter(settings_.seed, host_of(address).address.bytes),
                  scatter(settings_.seed, network_of(address).address.bytes) ^ 1U, false};
    if (source.network == 0) source.network = 1;
    source.allowed = std::any_of(settings_.allow.begin(), settings_.allow.end(),
                                 [&](const Network& network) { return network.contains(address); });
    return source;
}

Gate::Stop Gate::stop(Limit limit) {
    const auto i = static_cast<std::size_t>(limit);
    const bool dry = settings_.limits[i].dry_run;
    (dry ? would_stop_ : stopped_)[i].fetch_add(1, std::memory_order_relaxed);
    return dry ? std::nullopt : std::optional(limit);
}

Gate::Stop Gate::take(Limit limit, std::uint64_t key, Timestamp now) {
    return table(limit).take(key, now) ? std::nullopt : stop(limit);
}

Gate::Stop Gate::take_shared(Limit limit, Timestamp now) {
    return shared(limit).take(now) ? std::nullopt : stop(limit);
}

Gate::Stop Gate::spent(Limit limit, std::uint64_t key, Timestamp now) {
    return table(limit).has(key, now) ? std::nullopt : stop(limit);
}

Gate::Stop Gate::spent_shared(Limit limit, Timestamp now) {
    return shared(limit).has(now) ? std::nullopt : stop(limit);
}

bool Gate::seen_lately(std::uint64_t key, Timestamp now) const {
    const auto seen = known_.look(key);
    return seen != SlotTable::never && now - from_millis(seen) < settings_.known_for;
}

bool Gate::knows(const Source& source, Timestamp now) const {
    return seen_lately(source.host, now);
}

bool Gate::knows_network(const Source& source, Timestamp now) const {
    return seen_lately(source.network, now);
}

// For who proves nothing.
Gate::Stop Gate::refused_lately(const Source& source, Timestamp now) {
    if (bans_.load()->contains(source.address, now))
        if (const auto stopped = stop(Limit::banned)) return stopped;
    if (const auto stopped = spent(Limit::address_failures, source.host, now)) return stopped;
    if (knows_network(source, now)) return std::nullopt;
    return spent(Limit::network_failures, source.network, now);
}

std::uint64_t Gate::key_of(MacAddress device) const {
    return scatter(settings_.seed, device.value());
}

std::uint64_t Gate::key_of(std::int64_t tenant) const {
    return scatter(settings_.seed, static_cast<std::uint64_t>(tenant));
}

// Bytes are counted after they went, so what is asked is whether any are left.
Gate::Stop Gate::took_too_much(const Source& source, Timestamp now) {
    if (knows(source, now)) return spent(Limit::known_bytes, source.host, now);
    if (const auto stopped = spent(Limit::address_bytes, source.host, now)) return stopped;
    if (knows_network(source, now)) return std::nullopt;
    if (const auto stopped = spent(Limit::network_bytes, source.network, now)) return stopped;
    return spent_shared(Limit::all_bytes, now);
}

// `first` is address_connections or address_handshakes.
Gate::Stop Gate::take_chain(const Source& source, Timestamp now, Limit first) {
    if (knows(source, now)) {
        const auto stopped = take(after(first, Limit::known_connections), source.host, now);
        return stopped ? stopped : take_shared(after(first, Limit::reserve_connections), now);
    }
    if (const auto stopped = take(first, source.host, now)) return stopped;
    // A phone whose address has changed comes from the network that it came from before.
    if (knows_network(source, now)) return take_shared(after(first, Limit::reserve_connections), now);
    if (const auto stopped = take(after(first, Limit::network_connections), source.network, now))
        return stopped;
    return take_shared(after(first, Limit::all_connections), now);
}

Gate::Stop Gate::connects(const Source& source, Timestamp now) {
    if (source.allowed) return std::nullopt;
    if (!knows(source, now))
        if (const auto stopped = refused_lately(source, now)) return stopped;
    if (const auto stopped = took_too_much(source, now)) return stopped;
    return take_chain(source, now, Limit::address_connections);
}

Gate::Stop Gate::begins_tls(const Source& source, Timestamp now) {
    if (source.allowed) return std::nullopt;
    return take_chain(source, now, Limit::address_handshakes);
}

Gate::Stop Gate::is_judged(const Source& source, std::optional<MacAddress> proved, Timestamp now) {
    if (source.allowed) return std::nullopt;
    if (proved) return spent(Limit::device_failures, key_of(*proved), now);
    return refused_lately(source, now);
}

Gate::Stop Gate::asks(const Source& source, std::optional<MacAddress> proved, Timestamp now) {
    if (source.allowed) return std::nullopt;
    if (proved) {
        if (const auto stopped = spent(Limit::device_bytes, key_of(*proved), now)) return stopped;
        return take(Limit::device_requests, key_of(*proved), now);
    }
    if (const auto stopped = took_too_much(source, now)) return stopped;
    // Phones with passwords prove themselves only now; where some did lately, the handshakes' limits are
    // enough.
    if (knows(source, now)) return std::nullopt;
    if (const auto stopped = take(Limit::address_requests, source.host, now)) return stopped;
    return take_shared(Limit::all_requests, now);
}

Gate::Stop Gate::asks_of_tenant(const Source& source, std::int64_t tenant, Timestamp now) {
    if (source.allowed) return std::nullopt;
    if (const auto stopped = spent(Limit::tenant_bytes, key_of(tenant), now)) return stopped;
    return take(Limit::tenant_requests, key_of(tenant), now);
}

void Gate::note_answer(const Source& source, std::int64_t tenant, std::int64_t kibibytes, Timestamp now) {
    if (source.allowed || kibibytes <= 0) return;
    table(Limit::tenant_bytes).charge(key_of(tenant), now, kibibytes);
}

void Gate::note_bytes(const Source& source, std::optional<MacAddress> proved, std::int64_t kibibytes,
                      Timestamp now) {
    if (source.allowed || kibibytes <= 0) return;
    if (proved) table(Limit::device_bytes).charge(key_of(*proved), now, kibibytes);
    if (knows(source, now)) return table(Limit::known_bytes).charge(source.host, now, kibibytes);
    table(Limit::address_bytes).charge(source.host, now, kibibytes);
    table(Limit::network_bytes).charge(source.network, now, kibibytes);
    shared(Limit::all_bytes).charge(now, kibibytes);
}

void Gate::note_proof(const Source& source, Timestamp now) {
    const auto mark = [&](std::int64_t& seen) { seen = std::max(seen, to_millis(now)); };
    known_.with(source.host, mark);
    known_.with(source.network, mark);
}

void Gate::note_failure(const Source& source, std::optional<MacAddress> proved, Timestamp now) {
    if (source.allowed) return;
    if (proved) return table(Limit::device_failures).charge(key_of(*proved), now);
    table(Limit::address_failures).charge(source.host, now);
    table(Limit::network_failures).charge(source.network, now);
}

std::uint64_t Gate::stopped(Limit limit) const {
    return stopped_[static_cast<std::size_t>(limit)].load(std::memory_order_relaxed);
}

std::uint64_t Gate::would_have_stopped(Limit limit) const {
    return would_stop_[static_cast<std::size_t>(limit)].load(std::memory_order_relaxed);
}

std::size_t Gate::bytes() const {
    std::size_t sum = known_.bytes();
    for (const auto& one : tables_) sum += one ? one->bytes() : 0;
    return sum;
}

}  // namespace provost
