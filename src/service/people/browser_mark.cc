#include "service/people/browser_mark.h"

#include "crypto/base_text.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"
#include "crypto/random.h"

namespace provost {

namespace {

constexpr std::size_t mark_nonce_size = 16, mark_time_size = 8, mark_mac_size = 16, mark_handle_size = 16;

void append_number(Bytes& out, std::int64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

std::int64_t read_number(ByteView bytes) {
    std::uint64_t number = 0;
    for (const auto byte : bytes) number = number << 8 | byte;
    return static_cast<std::int64_t>(number);
}

}  // namespace

Sha256 BrowserMarks::mac(std::string_view what, PersonId person, ByteView payload) const {
    Bytes whole(what.begin(), what.end());
    whole.push_back(0);
    append_number(whole, person);
    whole.insert(whole.end(), payload.begin(), payload.end());
    return hmac_sha256(key_, as_text(whole));
}

// Nonce, end, MAC.
std::string BrowserMarks::make(PersonId person, Timestamp now) const {
    Bytes mark(mark_nonce_size);
    random_bytes(mark);
    append_number(mark, to_millis(now + lasts));
    const auto proof = mac("browser", person, mark);
    mark.insert(mark.end(), proof.begin(), proof.begin() + mark_mac_size);
    return to_base64url(mark);
}

std::optional<Sha256> BrowserMarks::read(std::string_view mark, PersonId person, Timestamp now) const {
    constexpr std::size_t whole = mark_nonce_size + mark_time_size + mark_mac_size;
    const auto bytes = from_base64url(mark, whole);
    if (!bytes || bytes->size() != whole) return std::nullopt;
    const auto payload = ByteView(*bytes).first(mark_nonce_size + mark_time_size);
    const auto proof = mac("browser", person, payload);
    const auto end = from_millis(read_number(payload.subspan(mark_nonce_size)));
    if (!same_bytes(as_text(ByteView(proof).first(mark_mac_size)),
                    as_text(ByteView(*bytes).last(mark_mac_size))) ||
        now >= end)
        return std::nullopt;
    return sha256(as_text(payload));
}

Bytes BrowserMarks::user_handle(PersonId person) const {
    const auto whole = mac("user handle", person, {});
    return {whole.begin(), whole.begin() + mark_handle_size};
}

}  // namespace provost
