// MD5-crypt ("$1$salt$hash"), the hash in which some phones take a password that a person types at them. It
// is weak: it is for passwords that are drawn at random, never for one that a person chose.
#pragma once

#include "base/secret.h"

#include <string>
#include <string_view>

namespace provost {

// `salt`: up to eight characters of letters, digits, '.' and '/'. Empty if the library refuses to work.
std::string md5_crypt(const Secret& password, std::string_view salt);

// A salt of eight characters that is always the same for this text, so that a file made twice is the same
// file.
std::string crypt_salt(std::string_view text);

// Whether a text has the form of such a hash.
bool is_md5_crypt(std::string_view text);

}  // namespace provost
