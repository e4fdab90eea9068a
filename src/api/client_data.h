// What a browser signs with a passkey: clientDataJSON (Web Authentication level 2, section 5.8.1).
#pragma once

#include "base/result.h"
#include "crypto/webauthn.h"

#include <string_view>

namespace provost {

// Base64url in, as the page sends it. P-8609 for what is none.
Result<ClientData> read_client_data(std::string_view base64url);

}  // namespace provost
