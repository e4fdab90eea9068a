#include "service/nonce_mint.h"

#include "base/bytes.h"
#include "crypto/digest.h"
#include "crypto/random.h"

#include <array>
#include <charconv>

namespace provost {

namespace {

constexpr std::size_t number_digits = 16;  // of time and serial, each
constexpr std::size_t mark_digits = 32;
constexpr std::uint32_t remembered_counts = 64;

std::string hex_of(std::uint64_t number) {
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
    return to_hex(bytes);
}

std::uint64_t number_of(std::string_view hex) {
    std::uint64_t number = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), number, 16);
    return number;
}

}  // namespace

std::string NonceMint::mark(std::string_view front) const {
    return to_hex(hash_.of(front)).substr(0, mark_digits);
}

std::string NonceMint::make(Timestamp now) const {
    std::array<std::uint8_t, 8> serial{};
    random_bytes(serial);
    const auto front = hex_of(static_cast<std::uint64_t>(to_millis(now))) + to_hex(serial);
    return front + mark(front);
}

NonceMint::Use NonceMint::use(std::string_view nonce, std::uint32_t count, Timestamp now) {
    if (nonce.size() != 2 * number_digits + mark_digits) return Use::forged;
    const auto front = nonce.substr(0, 2 * number_digits);
    if (!same_bytes(mark(front), nonce.substr(front.size()))) return Use::forged;
    const Id id{static_cast<std::int64_t>(number_of(front.substr(0, number_digits))),
                number_of(front.substr(number_digits))};
    const auto age = now - from_millis(id.made);
    if (age < Duration(0) || age >= life_) return Use::stale;
    const std::lock_guard lock(mutex_);
    const auto known = used_.find(id);
    if (known != used_.end()) return take(known->second, count) ? Use::first : Use::stale;
    if (id.made <= forgotten_) return Use::stale;
    used_.emplace(id, Counts{count, 1});
    if (used_.size() > kept_) forget_oldest();
    return Use::first;
}

// Counts rise, but two requests at once may come in the other order.
bool NonceMint::take(Counts& counts, std::uint32_t count) {
    if (count > counts.highest) {
        const auto step = count - counts.highest;
        counts.seen = step < remembered_counts ? counts.seen << step | 1 : 1;
        counts.highest = count;
        return true;
    }
    const auto back = counts.highest - count;
    if (back >= remembered_counts || (counts.seen >> back & 1) != 0) return false;
    counts.seen |= std::uint64_t{1} << back;
    return true;
}

// Whatever is as old as what goes can't be told from it any more.
void NonceMint::forget_oldest() {
    forgotten_ = used_.begin()->first.made;
    used_.erase(used_.begin());
}

}  // namespace provost
