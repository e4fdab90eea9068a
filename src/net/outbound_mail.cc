#include "net/outbound_curl.h"

#include <cstring>

namespace provost {

namespace {

// Gives libcurl the message piece by piece.
std::size_t give(char* room, std::size_t size, std::size_t count, void* rest) {
    auto& left = *static_cast<std::string_view*>(rest);
    const auto bytes = std::min(size * count, left.size());
    std::memcpy(room, left.data(), bytes);
    left.remove_prefix(bytes);
    return bytes;
}

}  // namespace

Status send_mail(const MailRoute& route, const OutboundTls& tls, const std::string& message) {
    CurlCall call(route.url, tls);
    CurlList to;
    for (const auto& one : route.to) to.add("<" + one + ">");
    const auto from = "<" + route.from + ">";
    std::string_view left = message;
    call.set(CURLOPT_MAIL_FROM, from.c_str());
    call.set(CURLOPT_MAIL_RCPT, to.get());
    call.set(CURLOPT_USE_SSL, static_cast<long>(route.must_encrypt ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!route.user.empty()) {
        call.set(CURLOPT_USERNAME, route.user.c_str());
        std::string password(route.password.expose());
        call.set(CURLOPT_PASSWORD, password.c_str());  // it is copied
        wipe(password.data(), password.size());
    }
    call.set(CURLOPT_READFUNCTION, &give);
    call.set(CURLOPT_READDATA, static_cast<void*>(&left));
    call.set(CURLOPT_UPLOAD, 1L);
    return call.perform().map([](const std::string&) {});
}

}  // namespace provost
