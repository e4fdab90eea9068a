// Sizes of XChaCha20-Poly1305, which seals what the vault keeps.
#pragma once

#include <cstddef>

#include <sodium.h>

namespace provost {

inline constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
inline constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace provost
