#include "vault/sealed_box.h"

#include "vault/xchacha.h"

#include <string_view>

namespace provost {

namespace {

constexpr std::uint8_t suite = 1;
constexpr std::size_t wrapped_size = key_size + 8;
constexpr std::size_t commitment_size = 32;

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

void append_field(Bytes& out, ByteView field) {
    out.push_back(static_cast<std::uint8_t>(field.size() >> 8));
    out.push_back(static_cast<std::uint8_t>(field.size()));
    out.insert(out.end(), field.begin(), field.end());
}

void append_field(Bytes& out, std::uint64_t number) {
    std::array<std::uint8_t, 8> bytes;
    for (auto& byte : bytes) {
        byte = static_cast<std::uint8_t>(number);
        number >>= 8;
    }
    append_field(out, bytes);
}

// What the ciphertext is bound to: each field with its length, so that no two bindings give the same bytes.
// The epoch is not in it, because rewrapping leaves the ciphertext as it is; the commitment binds the epoch.
Bytes associated_data(const SecretBinding& binding) {
    Bytes out;
    out.reserve(96 + binding.purpose.size());
    append_field(out, as_bytes("provost sealed secret 1"));
    append_field(out, suite);
    append_field(out, static_cast<std::uint64_t>(binding.tenant));
    append_field(out, binding.device.value());
    append_field(out, as_bytes(binding.purpose));
    append_field(out, static_cast<std::uint64_t>(binding.generation));
    return out;
}

// One key for the cipher and one for the commitment, both from the data key.
struct Subkeys {
    explicit Subkeys(const Passing<key_size>& data_key) {
        crypto_kdf_derive_from_key(bytes.data(), bytes.size(), 1, "PVSTseal", data_key.data());
    }
    [[nodiscard]] const std::uint8_t* cipher() const { return bytes.data(); }
    [[nodiscard]] const std::uint8_t* commitment() const { return bytes.data() + key_size; }
    Passing<2 * key_size> bytes;
};

Bytes commit(const Subkeys& keys, const Bytes& associated, std::int64_t epoch, const Bytes& nonce) {
    Bytes message = associated;
    append_field(message, static_cast<std::uint64_t>(epoch));
    append_field(message, nonce);
    Bytes out(commitment_size);
    crypto_generichash(out.data(), out.size(), message.data(), message.size(), keys.commitment(), key_size);
    return out;
}

bool well_formed(const SealedSecret& sealed) {
    return sealed.suite == suite && sealed.wrapped_key.size() == wrapped_size &&
           sealed.commitment.size() == commitment_size && sealed.nonce.size() == nonce_size &&
           sealed.ciphertext.size() >= tag_size;
}

Result<Secret> decrypt(const Subkeys& keys, const Bytes& associated, const SealedSecret& sealed) {
    const auto expected = commit(keys, associated, sealed.epoch, sealed.nonce);
    if (sodium_memcmp(expected.data(), sealed.commitment.data(), commitment_size) != 0)
        return fail(SealedBox::cannot_open());
    std::string plain(sealed.ciphertext.size() - tag_size, '\0');
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<std::uint8_t*>(plain.data()), nullptr, nullptr, sealed.ciphertext.data(),
        sealed.ciphertext.size(), associated.data(), associated.size(), sealed.nonce.data(), keys.cipher());
    Result<Secret> secret =
        opened == 0 ? Result<Secret>(Secret::copy_of(plain)) : fail(SealedBox::cannot_open());
    wipe(plain.data(), plain.size());
    return secret;
}

}  // namespace

Error SealedBox::cannot_open() {
    return {"P-5001", "a sealed secret does not open", "vault", "",
            "Arm the device again: it gets fresh secrets"};
}

Result<SealedBox> SealedBox::make() {
    auto* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-WRAP-PAD", nullptr);
    if (cipher != nullptr) return SealedBox(cipher);
    return fail(
        {"P-5010", "the system's OpenSSL has no AES-256-KWP", "vault", "", "Install libssl3 of Debian 12"});
}

bool SealedBox::wrap(const Key& epoch_key, const DataKey& data_key, Bytes& wrapped) const {
    const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int size = 0;
    wrapped.resize(wrapped_size);
    return context &&
           EVP_EncryptInit_ex2(context.get(), cipher_.get(), epoch_key.data(), nullptr, nullptr) == 1 &&
           EVP_EncryptUpdate(context.get(), wrapped.data(), &size, data_key.data(), key_size) == 1 &&
           size == static_cast<int>(wrapped_size);
}

bool SealedBox::unwrap(const Key& epoch_key, const Bytes& wrapped, DataKey& data_key) const {
    const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    Passing<wrapped_size> plain;  // the library may use the padding's room
    int size = 0;
    if (!context ||
        EVP_DecryptInit_ex2(context.get(), cipher_.get(), epoch_key.data(), nullptr, nullptr) != 1 ||
        EVP_DecryptUpdate(context.get(), plain.data(), &size, wrapped.data(),
                          static_cast<int>(wrapped.size())) != 1 ||
        size != static_cast<int>(key_size))
        return false;
    std::copy_n(plain.begin(), key_size, data_key.begin());
    return true;
}

Result<SealedSecret> SealedBox::seal(const Epoch& epoch, const SecretBinding& binding,
                                     const Secret& secret) const {
    DataKey data_key;
    randombytes_buf(data_key.data(), data_key.size());
    SealedSecret sealed;
    sealed.suite = suite;
    sealed.epoch = epoch.number;
    if (!wrap(epoch.key, data_key, sealed.wrapped_key))
        return fail(
            {"P-5010", "a secret can't be sealed", "vault", "", "Check the system's libraries and memory"});
    sealed.nonce.resize(nonce_size);
    randombytes_buf(sealed.nonce.data(), nonce_size);
    const Subkeys keys(data_key);
    const auto associated = associated_data(binding);
    sealed.commitment = commit(keys, associated, epoch.number, sealed.nonce);
    const auto plain = as_bytes(secret.expose());
    sealed.ciphertext.resize(plain.size() + tag_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.ciphertext.data(), nullptr, plain.data(), plain.size(),
                                               associated.data(), associated.size(), nullptr,
                                               sealed.nonce.data(), keys.cipher());
    return sealed;
}

Result<Secret> SealedBox::open(const Epoch& epoch, const SecretBinding& binding,
                               const SealedSecret& sealed) const {
    DataKey data_key;
    if (!well_formed(sealed) || !unwrap(epoch.key, sealed.wrapped_key, data_key)) return fail(cannot_open());
    return decrypt(Subkeys(data_key), associated_data(binding), sealed);
}

Result<SealedSecret> SealedBox::rewrap(Move move, const SecretBinding& binding,
                                       const SealedSecret& sealed) const {
    DataKey data_key;
    if (!well_formed(sealed) || !unwrap(move.from.key, sealed.wrapped_key, data_key))
        return fail(cannot_open());
    const Subkeys keys(data_key);
    const auto associated = associated_data(binding);
    PROVOST_CHECK(decrypt(keys, associated, sealed));
    SealedSecret moved = sealed;
    moved.epoch = move.to.number;
    if (!wrap(move.to.key, data_key, moved.wrapped_key)) return fail(cannot_open());
    moved.commitment = commit(keys, associated, moved.epoch, moved.nonce);
    return moved;
}

}  // namespace provost
