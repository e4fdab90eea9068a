#include "guard/login_throttle.h"

#include <algorithm>
#include <bit>

namespace provost {

namespace {

constexpr int network_factor = 10;  // a network is many people's
constexpr int shares = 4;           // of the longest delay at an account

}  // namespace

Duration longest_at_account(Duration longest, int source_failures, int network_failures) {
    const auto failures = source_failures + network_failures / 2;
    return longest * std::min(failures + 1, shares) / shares;
}

LoginThrottle::LoginThrottle(const ScatterSeed& seed, const LoginLimits& limits, std::size_t slots)
    : seed_(seed), limits_(limits), slots_(std::max(std::bit_ceil(slots), ways)) {}

std::uint64_t LoginThrottle::key_of(char kind, ByteView bytes) const {
    Bytes whole{static_cast<std::uint8_t>(kind)};
    whole.insert(whole.end(), bytes.begin(), bytes.end());
    return scatter(seed_, whole);
}

std::uint64_t LoginThrottle::account_key(const LoginTry& attempt, bool code) const {
    return key_of(code ? 'c' : 'a', as_bytes(attempt.account));
}

std::vector<LoginThrottle::Counted> LoginThrottle::counted(const LoginTry& attempt) const {
    if (attempt.own_mark)
        return {{key_of('m', *attempt.own_mark), limits_.longest_account, limits_.free, false}};
    const auto host = host_of(attempt.source).address.bytes;
    const auto network = network_of(attempt.source).address.bytes;
    return {{key_of('h', host), limits_.longest_source, limits_.free, true},
            {key_of('n', network), limits_.longest_source, limits_.free * network_factor, true},
            {account_key(attempt, attempt.code), limits_.longest_account, limits_.free, false}};
}

LoginThrottle::Slot* LoginThrottle::find(std::uint64_t key) {
    const auto begin = key % (slots_.size() / ways) * ways;
    for (auto i = begin; i < begin + ways; ++i)
        if (slots_[i].key == key) return &slots_[i];
    return nullptr;
}

// The one that asked longest ago makes way.
LoginThrottle::Slot& LoginThrottle::place(std::uint64_t key, Timestamp now) {
    const auto begin = key % (slots_.size() / ways) * ways;
    auto* oldest = &slots_[begin];
    for (auto i = begin; i < begin + ways; ++i) {
        if (slots_[i].key == key) {
            if (now - slots_[i].seen > limits_.forget) slots_[i] = {};
            slots_[i].key = key;
            return slots_[i];
        }
        if (slots_[i].seen < oldest->seen) oldest = &slots_[i];
    }
    *oldest = {};
    oldest->key = key;
    return *oldest;
}

Duration LoginThrottle::delay(const Slot* slot, const Counted& counted, Timestamp now) const {
    if (slot == nullptr || slot->failures <= counted.free || now - slot->seen > limits_.forget) return {};
    const auto doublings = std::min(slot->failures - counted.free - 1, 16);
    const auto due = slot->last + std::min<Duration>(limits_.first * (1 << doublings), counted.longest);
    return due > now ? std::min(due - now, counted.longest) : Duration();
}

int LoginThrottle::failures_of(const Counted& one, Timestamp now) {
    const auto* const slot = find(one.key);
    return slot == nullptr || now - slot->seen > limits_.forget ? 0 : slot->failures;
}

Duration LoginThrottle::take(const LoginTry& attempt, Timestamp now) {
    const std::lock_guard lock(mutex_);
    auto all = counted(attempt);
    if (!attempt.own_mark && !attempt.code)
        all[2].longest =
            longest_at_account(all[2].longest, failures_of(all[0], now), failures_of(all[1], now));
    Duration longest{};
    for (const auto& one : all) {
        auto* const slot = find(one.key);
        longest = std::max(longest, delay(slot, one, now));
        if (slot != nullptr && now - slot->seen <= limits_.forget) slot->seen = now;
    }
    if (longest > Duration()) return longest;
    for (const auto& one : all) {
        auto& slot = place(one.key, now);
        slot.last = slot.seen = now;
        ++slot.failures;
    }
    return {};
}

// False where the account was tried before, and after it was told.
bool LoginThrottle::sprays(Slot& slot, std::string_view account) const {
    const auto mark = static_cast<std::uint32_t>(key_of('s', as_bytes(account))) | 1U;
    auto known = std::find(slot.accounts.begin(), slot.accounts.end(), mark);
    if (known != slot.accounts.end()) return false;
    known = std::find(slot.accounts.begin(), slot.accounts.end(), 0U);
    if (known == slot.accounts.end()) return false;
    *known = mark;
    if (slot.told || known - slot.accounts.begin() + 1 < limits_.spraying) return false;
    slot.told = true;
    return true;
}

LoginThrottle::Noted LoginThrottle::failed(const LoginTry& attempt, Timestamp now) {
    const std::lock_guard lock(mutex_);
    Noted noted;
    for (const auto& one : counted(attempt))
        if (one.is_source && sprays(place(one.key, now), attempt.account)) noted.spraying = true;
    return noted;
}

// The account's owner was there: its count begins anew. The source loses this one try alone, lest an account
// of one's own should cover for trying others'.
void LoginThrottle::succeeded(const LoginTry& attempt) {
    const std::lock_guard lock(mutex_);
    for (const auto& one : counted(attempt)) {
        auto* const slot = find(one.key);
        if (slot == nullptr) continue;
        slot->failures = one.is_source ? std::max(slot->failures - 1, 0) : 0;
    }
    if (attempt.own_mark) return;
    for (const bool code : {false, true})
        if (auto* const slot = find(account_key(attempt, code))) slot->failures = 0;
}

void LoginThrottle::undo(const LoginTry& attempt) {
    const std::lock_guard lock(mutex_);
    for (const auto& one : counted(attempt))
        if (auto* const slot = find(one.key)) slot->failures = std::max(slot->failures - 1, 0);
}

}  // namespace provost
