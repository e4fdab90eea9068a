// Bytes as text for HTTP: base64 (RFC 4648 section 4), read as it comes from strangers; base32 for what
// people handle (section 6).
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

#include <optional>
#include <string>
#include <string_view>

namespace provost {

// Padded base64 and nothing else; what it held is wiped with the buffer. nullopt for anything over 1 KiB.
std::optional<OutputBuffer> from_base64(std::string_view text);

std::string to_base64(ByteView bytes);  // padded

// Section 5, without padding, as WebAuthn has it. nullopt for any other spelling, and for more than `most`
// bytes.
std::optional<Bytes> from_base64url(std::string_view text, std::size_t most);
std::string to_base64url(ByteView bytes);

// Lower case, without padding: no phone's keypad and no URL changes it. 256 bits make 52 characters.
std::string to_base32(ByteView bytes);

}  // namespace provost
