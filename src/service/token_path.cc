#include "service/token_path.h"

#include "base/ascii.h"
#include "crypto/base_text.h"
#include "crypto/digest.h"
#include "crypto/random.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

// Also base64url's alphabet, so that another server's tokens stay out of our records too, and escapes.
bool may_be_in_a_token(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '%';
}

constexpr std::size_t suspiciously_long = 40;

bool is_token(std::string_view text) {
    return text.size() == token_length && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
           });
}

}  // namespace

std::optional<TokenPath> read_token_path(std::string_view target, std::string_view prefix) {
    if (!target.starts_with(prefix)) return std::nullopt;
    target.remove_prefix(prefix.size());
    if (!target.starts_with(token_folder)) return std::nullopt;
    target.remove_prefix(token_folder.size());
    const auto end = std::min(target.find_first_of("/?"), target.size());
    const auto token = lower_case(target.substr(0, end));
    target.remove_prefix(end);
    if (target.starts_with('/')) target.remove_prefix(1);
    TokenPath path;
    if (is_token(token)) path.hash = token_hash(token);
    path.target = std::string(prefix).append(target);
    return path;
}

std::string without_tokens(std::string_view target) {
    std::string out;
    while (!target.empty()) {
        const auto* const stop = std::find_if_not(target.begin(), target.end(), may_be_in_a_token);
        const auto run = static_cast<std::size_t>(stop - target.begin());
        out += run < suspiciously_long ? target.substr(0, run) : std::string_view("...");
        if (run < target.size()) out += target[run];
        target.remove_prefix(std::min(run + 1, target.size()));
    }
    return out;
}

std::string make_token() {
    std::array<std::uint8_t, 32> drawn{};
    random_bytes(drawn);
    return to_base32(drawn);
}

Sha256 token_hash(std::string_view token) {
    return sha256(token);
}

}  // namespace provost
