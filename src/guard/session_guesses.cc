#include "guard/session_guesses.h"

#include <algorithm>
#include <bit>

namespace provost {

namespace {

constexpr auto forget = std::chrono::hours(1);

}  // namespace

SessionGuesses::SessionGuesses(const ScatterSeed& seed, std::size_t slots)
    : seed_(seed), slots_(std::max(std::bit_ceil(slots), ways)) {}

std::uint64_t SessionGuesses::hash(char kind, ByteView bytes) const {
    Bytes whole{static_cast<std::uint8_t>(kind)};
    whole.insert(whole.end(), bytes.begin(), bytes.end());
    return scatter(seed_, whole);
}

// The one that came longest ago makes way.
SessionGuesses::Slot& SessionGuesses::place(std::uint64_t key, Timestamp now) {
    const auto begin = slots_.begin() + static_cast<std::ptrdiff_t>(key % (slots_.size() / ways) * ways);
    const auto end = begin + ways;
    auto found = std::find_if(begin, end, [key](const Slot& one) { return one.key == key; });
    if (found == end)
        found = std::min_element(begin, end, [](const Slot& a, const Slot& b) { return a.last < b.last; });
    if (found->key != key || now - found->last > forget) *found = {};
    found->key = key;
    return *found;
}

SessionGuesses::Seen SessionGuesses::note(const IpAddress& source, std::string_view cookie, Timestamp now) {
    const auto mark = static_cast<std::uint32_t>(hash('c', as_bytes(cookie)));
    const std::lock_guard lock(mutex_);
    auto& slot = place(hash('h', host_of(source).address.bytes), now);
    slot.last = now;
    const auto end = slot.marks.begin() + static_cast<std::ptrdiff_t>(slot.count);
    if (slot.count == many || std::find(slot.marks.begin(), end, mark) != end) return Seen::again;
    slot.marks.at(slot.count++) = mark;
    return slot.count == 1 ? Seen::first : slot.count == many ? Seen::guessing : Seen::again;
}

}  // namespace provost
