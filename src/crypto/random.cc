#include "crypto/random.h"

#include <bitset>
#include <cmath>
#include <string>

#include <sodium.h>

namespace provost {

namespace {

constexpr int longest_password = 1024;

bool has_repeats(std::string_view alphabet) {
    std::bitset<256> seen;
    for (const char c : alphabet) {
        const auto index = static_cast<unsigned char>(c);
        if (seen[index]) return true;
        seen.set(index);
    }
    return false;
}

}  // namespace

bool start_random() {
    return sodium_init() >= 0;
}

void random_bytes(std::span<std::uint8_t> out) {
    if (!out.empty()) randombytes_buf(out.data(), out.size());
}

Result<Secret> generate_password(std::string_view alphabet, int length, double least_bits) {
    const double bits = alphabet.empty() ? 0 : length * std::log2(static_cast<double>(alphabet.size()));
    if (bits < least_bits || length > longest_password || has_repeats(alphabet))
        return fail({.code = "P-4101",
                     .what = "a password of " + std::to_string(length) + " characters out of " +
                             std::to_string(alphabet.size()) + " is not allowed",
                     .why = "it must hold at least " + std::to_string(static_cast<int>(least_bits)) +
                            " bits and at most " + std::to_string(longest_password) +
                            " characters, its alphabet no character twice",
                     .fix = "Change length or alphabet in the vendor file's `secrets`"});
    OutputBuffer password(static_cast<std::size_t>(length));
    const auto choices = static_cast<std::uint32_t>(alphabet.size());
    for (int i = 0; i < length; ++i) password.append(alphabet[randombytes_uniform(choices)]);
    return Secret::take(std::move(password));
}

}  // namespace provost
