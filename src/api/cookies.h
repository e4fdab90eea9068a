// The two cookies of the admin listener (RFC 6265bis): the session's, and the mark by which a browser is
// known again.
#pragma once

#include "base/clock.h"
#include "base/secret.h"
#include "service/api_message.h"

#include <string>
#include <string_view>

namespace provost {

inline constexpr std::string_view session_cookie = "__Host-provost";
inline constexpr std::string_view browser_cookie = "__Host-provost-browser";

// Empty where it is not there, or there twice.
std::string cookie_of(const ApiRequest& request, std::string_view name);

void set_session_cookie(ApiReply& reply, const Secret& value);  // ends with the browser
void clear_session_cookie(ApiReply& reply);
void set_browser_cookie(ApiReply& reply, std::string_view value, Duration lasts);

}  // namespace provost
