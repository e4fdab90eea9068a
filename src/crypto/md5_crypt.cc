#include "crypto/md5_crypt.h"

#include "base/bytes.h"
#include "crypto/digest.h"
#include "crypto/openssl.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include <openssl/evp.h>

namespace provost {

namespace {

constexpr std::string_view mark = "$1$";
constexpr std::string_view letters = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t salt_length = 8;
constexpr std::size_t hash_length = 22;
constexpr int rounds = 1000;

using Digest = std::array<char, 16>;

// One context for all rounds. What passes through it is wiped when it goes.
class Md5 {
 public:
    Md5() : context_(EVP_MD_CTX_new()) {}
    void begin() {
        works_ = works_ && context_ && EVP_DigestInit_ex2(context_.get(), EVP_md5(), nullptr) == 1;
    }
    void add(std::string_view text) {
        works_ = works_ && EVP_DigestUpdate(context_.get(), text.data(), text.size()) == 1;
    }
    void end(Digest& out) {
        auto* const to = reinterpret_cast<unsigned char*>(out.data());
        works_ = works_ && EVP_DigestFinal_ex(context_.get(), to, nullptr) == 1;
    }
    [[nodiscard]] bool works() const { return works_; }

 private:
    std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>> context_;
    bool works_ = true;
};

std::string_view text_of(const Digest& digest, std::size_t size = std::tuple_size_v<Digest>) {
    return {digest.data(), std::min(size, digest.size())};
}

void first_round(Md5& md5, std::string_view password, std::string_view salt, Digest& digest) {
    md5.begin();
    for (const auto part : {password, salt, password}) md5.add(part);
    md5.end(digest);
    md5.begin();
    for (const auto part : {password, mark, salt}) md5.add(part);
    for (std::size_t left = password.size(); left > 0; left -= std::min(left, digest.size()))
        md5.add(text_of(digest, left));
    for (std::size_t bits = password.size(); bits > 0; bits >>= 1)
        md5.add((bits & 1) != 0 ? std::string_view("\0", 1) : password.substr(0, 1));
    md5.end(digest);
}

void later_round(Md5& md5, std::string_view password, std::string_view salt, int round, Digest& digest) {
    const bool odd = round % 2 != 0;
    md5.begin();
    md5.add(odd ? password : text_of(digest));
    if (round % 3 != 0) md5.add(salt);
    if (round % 7 != 0) md5.add(password);
    md5.add(odd ? text_of(digest) : password);
    md5.end(digest);
}

void append_letters(std::string& out, std::uint32_t bits, int count) {
    for (; count > 0; --count, bits >>= 6) out += letters[bits & 63];
}

void append_hash(std::string& out, const Digest& digest) {
    const auto byte = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(digest[at])}; };
    constexpr std::array<std::array<std::size_t, 3>, 5> order{
        {{0, 6, 12}, {1, 7, 13}, {2, 8, 14}, {3, 9, 15}, {4, 10, 5}}};
    for (const auto& at : order) append_letters(out, byte(at[0]) << 16 | byte(at[1]) << 8 | byte(at[2]), 4);
    append_letters(out, byte(11), 2);
}

bool all_letters(std::string_view text) {
    return text.find_first_not_of(letters) == text.npos;
}

}  // namespace

std::string md5_crypt(const Secret& password, std::string_view salt) {
    Md5 md5;
    Digest digest{};
    const auto clear = password.expose();
    salt = salt.substr(0, salt_length);
    first_round(md5, clear, salt, digest);
    for (int round = 0; round < rounds; ++round) later_round(md5, clear, salt, round, digest);
    if (!md5.works()) return {};
    std::string hash(mark);
    hash.append(salt).append("$");
    append_hash(hash, digest);
    return hash;
}

std::string crypt_salt(std::string_view text) {
    std::string salt;
    for (const auto byte : sha256(text)) {
        if (salt.size() < salt_length) salt += letters[byte & 63];
    }
    return salt;
}

bool is_md5_crypt(std::string_view text) {
    if (!text.starts_with(mark)) return false;
    text.remove_prefix(mark.size());
    const auto salt = text.substr(0, text.find('$'));
    if (salt.size() > salt_length || salt.size() == text.size()) return false;
    const auto hash = text.substr(salt.size() + 1);
    return all_letters(salt) && hash.size() == hash_length && all_letters(hash);
}

}  // namespace provost
