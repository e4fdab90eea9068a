#include "crypto/audit_chain.h"

#include <algorithm>

#include <sodium.h>

namespace provost {

namespace {

// What is hashed begins with one of these, so that no hash of one use is one of another.
constexpr std::uint8_t for_link = 'L', for_mac = 'M', for_ratchet = 'R', for_id = 'I';

}  // namespace

ChainKey::ChainKey(ChainKeyView bytes) {
    std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

AuditLink audit_link(const AuditLink& previous, ByteView entry) {
    AuditLink link{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, link.size());
    crypto_generichash_update(&state, &for_link, 1);
    crypto_generichash_update(&state, previous.data(), previous.size());
    crypto_generichash_update(&state, entry.data(), entry.size());
    crypto_generichash_final(&state, link.data(), link.size());
    return link;
}

AuditMac audit_mac(ChainKeyView key, const AuditLink& link) {
    std::array<std::uint8_t, 1 + sizeof(AuditLink)> text{for_mac};
    std::copy(link.begin(), link.end(), text.begin() + 1);
    AuditMac mac{};
    crypto_generichash(mac.data(), mac.size(), text.data(), text.size(), key.data(), key.size());
    return mac;
}

void ratchet(ChainKeyView key, const AuditLink& last, std::span<std::uint8_t, 32> next) {
    std::array<std::uint8_t, 1 + sizeof(AuditLink)> text{for_ratchet};
    std::copy(last.begin(), last.end(), text.begin() + 1);
    ChainKey made;
    crypto_generichash(made.bytes().data(), made.bytes().size(), text.data(), text.size(), key.data(),
                       key.size());
    std::copy(made.view().begin(), made.view().end(), next.begin());
}

Sha256 audit_key_id(ChainKeyView start, const std::array<std::uint8_t, 32>& public_key) {
    std::array<std::uint8_t, 1 + 32> text{for_id};
    std::copy(public_key.begin(), public_key.end(), text.begin() + 1);
    Sha256 id{};
    crypto_generichash(id.data(), id.size(), text.data(), text.size(), start.data(), start.size());
    return id;
}

}  // namespace provost
