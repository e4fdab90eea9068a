#include "vault/sealed_box.h"

#include <openssl/evp.h>

#include <memory>

namespace provost {

namespace {

constexpr std::size_t wrapped_size = key_size + 8;
constexpr std::size_t commitment_size = 32;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

Error cannot_open() { return {"P-5001", "a sealed secret does not open", "vault", "", "Arm the device again: it gets fresh secrets."}; }

void append_number(Bytes& out, std::uint64_t number) {
    for (int i = 0; i < 8; ++i) out.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

// Length-prefixed, so that no two bindings give the same bytes. The epoch is not in it: rewrapping leaves the
// ciphertext as it is; the commitment binds the epoch.
Bytes bytes_of(const SecretBinding& binding, std::uint8_t suite) {
    Bytes out{'P', 'V', 'S', 1, suite};
    append_number(out, static_cast<std::uint64_t>(binding.tenant));
    append_number(out, binding.device.value());
    append_number(out, static_cast<std::uint64_t>(binding.generation));
    append_number(out, binding.purpose.size());
    out.insert(out.end(), binding.purpose.begin(), binding.purpose.end());
    return out;
}

Bytes commit(const Key& data_key, const Bytes& context, std::int64_t epoch) {
    Bytes message = context;
    append_number(message, static_cast<std::uint64_t>(epoch));
    Bytes out(commitment_size);
    crypto_generichash(out.data(), out.size(), message.data(), message.size(), data_key.data(), key_size);
    return out;
}

// Fetched once: looking a cipher up by name costs more than using it.
const EVP_CIPHER* wrap_cipher() {
    static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> cipher(
        EVP_CIPHER_fetch(nullptr, "AES-256-WRAP-PAD", nullptr), &EVP_CIPHER_free);
    return cipher.get();
}

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

std::optional<Bytes> wrap(const Key& epoch_key, const Key& data_key) {
    const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    Bytes out(wrapped_size + 16);
    int size = 0;
    if (!context || EVP_EncryptInit_ex2(context.get(), wrap_cipher(), epoch_key.data(), nullptr, nullptr) != 1 ||
        EVP_EncryptUpdate(context.get(), out.data(), &size, data_key.data(), key_size) != 1 ||
        size != static_cast<int>(wrapped_size))
        return std::nullopt;
    out.resize(wrapped_size);
    return out;
}

std::optional<Key> unwrap(const Key& epoch_key, const Bytes& wrapped) {
    if (wrapped.size() != wrapped_size) return std::nullopt;
    const CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    std::array<std::uint8_t, wrapped_size + 16> plain{};
    int size = 0;
    std::optional<Key> key;
    if (context && EVP_DecryptInit_ex2(context.get(), wrap_cipher(), epoch_key.data(), nullptr, nullptr) == 1 &&
        EVP_DecryptUpdate(context.get(), plain.data(), &size, wrapped.data(), static_cast<int>(wrapped.size())) == 1 &&
        size == static_cast<int>(key_size)) {
        key.emplace();
        std::copy_n(plain.data(), key_size, key->data());
    }
    sodium_memzero(plain.data(), plain.size());
    return key;
}

// The data key, once the commitment has proved that it belongs to this binding and epoch.
std::optional<Key> data_key_of(const Key& epoch_key, const SealedSecret& sealed, const Bytes& context) {
    auto key = unwrap(epoch_key, sealed.wrapped_key);
    if (!key || sealed.commitment.size() != commitment_size) return std::nullopt;
    const auto expected = commit(*key, context, sealed.epoch);
    if (sodium_memcmp(expected.data(), sealed.commitment.data(), commitment_size) != 0) return std::nullopt;
    return key;
}

}  // namespace

Result<SealedSecret> seal_box(const Key& epoch_key, std::int64_t epoch, const SecretBinding& binding, const Secret& secret) {
    const auto data_key = Key::random();
    SealedSecret sealed;
    sealed.epoch = epoch;
    const auto context = bytes_of(binding, sealed.suite);
    auto wrapped = wrap(epoch_key, data_key);
    if (!wrapped) return fail({"P-5010", "a secret can't be sealed", "vault"});
    sealed.wrapped_key = std::move(*wrapped);
    sealed.commitment = commit(data_key, context, epoch);
    sealed.nonce.resize(nonce_size);
    randombytes_buf(sealed.nonce.data(), nonce_size);
    const auto plain = as_bytes(secret.expose());
    sealed.ciphertext.resize(plain.size() + tag_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.ciphertext.data(), nullptr, plain.data(), plain.size(), context.data(),
                                               context.size(), nullptr, sealed.nonce.data(), data_key.data());
    return sealed;
}

Result<Secret> open_box(const Key& epoch_key, const SecretBinding& binding, const SealedSecret& sealed) {
    if (sealed.suite != 1 || sealed.nonce.size() != nonce_size || sealed.ciphertext.size() < tag_size) return fail(cannot_open());
    const auto context = bytes_of(binding, sealed.suite);
    const auto data_key = data_key_of(epoch_key, sealed, context);
    if (!data_key) return fail(cannot_open());
    Bytes plain(sealed.ciphertext.size() - tag_size + 1);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.ciphertext.data(),
                                                                  sealed.ciphertext.size(), context.data(), context.size(),
                                                                  sealed.nonce.data(), data_key->data());
    auto secret = Secret::copy_of(as_text({plain.data(), plain.size() - 1}));
    wipe(plain.data(), plain.size());
    if (opened != 0) return fail(cannot_open());
    return secret;
}

Result<SealedSecret> rewrap_box(const Key& from, const Key& to, std::int64_t to_epoch, const SecretBinding& binding,
                                const SealedSecret& sealed) {
    const auto context = bytes_of(binding, sealed.suite);
    const auto data_key = data_key_of(from, sealed, context);
    auto wrapped = data_key ? wrap(to, *data_key) : std::nullopt;
    if (!wrapped) return fail(cannot_open());
    auto moved = sealed;
    moved.epoch = to_epoch;
    moved.wrapped_key = std::move(*wrapped);
    moved.commitment = commit(*data_key, context, to_epoch);
    return moved;
}

}  // namespace provost
