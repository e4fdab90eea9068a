#include "service/people/secrets.h"

#include "crypto/base_text.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "domain/password_rules.h"

#include <array>

namespace provost {

namespace {

constexpr std::size_t salt_size = 16;

}  // namespace

Result<Secret> pepper_of(KeyHolder& keys, const PersonSecrets& secrets) {
    static const Bytes nobodys(salt_size, 0);
    return keys.derive(pepper_label, secrets.pepper.empty() ? nobodys : secrets.pepper);
}

Bytes new_salt() {
    Bytes salt(salt_size);
    random_bytes(salt);
    return salt;
}

Status check_new_password(const Secret& password, const std::vector<std::string>& about, bool second_factor) {
    return check_password(password.expose(), about, second_factor);
}

// 26 characters of base32, in groups of 6, 7, 6 and 7.
std::vector<std::string> draw_recovery_codes() {
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < recovery_codes; ++i) {
        std::array<std::uint8_t, 16> drawn{};
        random_bytes(drawn);
        auto code = to_base32(drawn);
        for (const std::size_t at : {19, 13, 6}) code.insert(at, 1, '-');
        codes.push_back(std::move(code));
    }
    return codes;
}

Sha256 recovery_hash(std::string_view typed) {
    std::string bare;
    for (const char c : typed.substr(0, 64)) {
        if (c == '-' || c == ' ') continue;
        bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const auto hash = sha256(bare);
    wipe(bare.data(), bare.size());
    return hash;
}

std::string draw_link_token() {
    std::array<std::uint8_t, 32> drawn{};
    random_bytes(drawn);
    return to_base64url(drawn);
}

}  // namespace provost
