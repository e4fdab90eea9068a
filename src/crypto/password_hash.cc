#include "crypto/password_hash.h"

#include "base/bytes.h"
#include "crypto/hmac.h"

#include <array>
#include <optional>

#include <sodium.h>

namespace provost {

namespace {

constexpr unsigned long long passes = 3;
constexpr std::size_t memory = 64U * 1024 * 1024;

// The pepper is the key of a hash of the password: so is any length of it taken whole.
Sha256 peppered(const Secret& password, const Secret& pepper) {
    return hmac_sha256(pepper, password);
}

Error busy() {
    return {"P-8618", "too many sign in at this moment", "password", "", "Try again in a few seconds."};
}

// What a stranger's password is compared with, so that it takes as long as a real one.
const std::string& nobodys_hash() {
    static const std::string hash = [] {
        std::array<char, crypto_pwhash_STRBYTES> text{};
        (void)crypto_pwhash_str_alg(text.data(), "", 0, passes, memory, crypto_pwhash_ALG_ARGON2ID13);
        return std::string(text.data());
    }();
    return hash;
}

}  // namespace

template <std::ptrdiff_t most>
class PasswordHasher::Turn {
 public:
    Turn(std::counting_semaphore<most>& turns, std::chrono::milliseconds wait)
        : turns_(turns), taken_(turns.try_acquire_for(wait)) {}
    ~Turn() {
        if (taken_) turns_.release();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    [[nodiscard]] bool taken() const { return taken_; }

 private:
    std::counting_semaphore<most>& turns_;
    const bool taken_;
};

Result<std::string> PasswordHasher::hash(const Secret& password, const Secret& pepper) {
    const Turn turn(turns_, patience);
    if (!turn.taken()) return fail(busy());
    auto input = peppered(password, pepper);
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const int done = crypto_pwhash_str_alg(text.data(), as_text(input).data(), input.size(), passes, memory,
                                           crypto_pwhash_ALG_ARGON2ID13);
    wipe(input.data(), input.size());
    if (done != 0) return fail(busy());  // no memory for it
    return std::string(text.data());
}

Result<bool> PasswordHasher::fits(const Compared& compared, Asker asker) {
    std::optional<Turn<1>> line;
    if (asker == Asker::stranger && !line.emplace(strangers_, strangers_patience).taken())
        return fail(busy());
    const Turn turn(turns_, patience);
    if (!turn.taken()) return fail(busy());
    auto input = peppered(compared.password, compared.pepper);
    const auto& stored = compared.stored.empty() ? nobodys_hash() : compared.stored;
    const bool fits = crypto_pwhash_str_verify(stored.c_str(), as_text(input).data(), input.size()) == 0;
    wipe(input.data(), input.size());
    return fits && !compared.stored.empty();
}

}  // namespace provost
