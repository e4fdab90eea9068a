// What a phone answered to FreeSWITCH's challenge, as FreeSWITCH passes it on when it asks for the user, and
// whether it shows that the phone has the password (RFC 2617 section 3.2.2.1, RFC 8760). Pure.
#pragma once

#include "base/secret.h"

#include <string>

namespace provost::registrar {

struct PhoneLogin {
    std::string method, uri, nonce, response;
    std::string qop, count, client_nonce;  // empty: the phone did not send it
};

// A REGISTER whose response was made with the password behind `ha1` (MD5, hexadecimal). It is reckoned as
// FreeSWITCH does: without all three parts of qop the response is that of RFC 2069.
bool shows_password(const PhoneLogin& login, const Secret& ha1);

}  // namespace provost::registrar
