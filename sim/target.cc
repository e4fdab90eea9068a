#include "sim/exchange.h"

#include <cstring>
#include <memory>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

namespace provost::sim {

namespace {

constexpr std::string_view scheme = "https://";

using Addresses = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

Error bad_url(const std::string& url, std::string why) {
    return {.code = "P-9003",
            .what = "no server to ask",
            .where = url,
            .why = std::move(why),
            .fix = "Write it like https://localhost:8443/"};
}

bool is_loopback(const sockaddr* address) {
    if (address->sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, address, sizeof four);
        return ntohl(four.sin_addr.s_addr) >> 24 == 127;
    }
    sockaddr_in6 six{};
    if (address->sa_family != AF_INET6) return false;
    std::memcpy(&six, address, sizeof six);
    return std::memcmp(&six.sin6_addr, &in6addr_loopback, sizeof in6addr_loopback) == 0;
}

// "host", "host:port" or "[address]:port"; false if it is none of them.
bool split_authority(std::string_view authority, std::string& host, std::string& port) {
    const bool bracketed = authority.starts_with('[');
    const auto end = bracketed ? authority.find(']') : authority.find(':');
    if (bracketed && end == authority.npos) return false;
    host = bracketed ? authority.substr(1, end - 1) : authority.substr(0, end);
    std::string_view rest = end == authority.npos ? std::string_view() : authority.substr(end + bracketed);
    port = "443";
    if (rest.starts_with(':')) {
        port = rest.substr(1);
        rest = {};
    }
    return rest.empty() && !host.empty() && !port.empty() &&
           port.find_first_not_of("0123456789") == port.npos;
}

}  // namespace

Result<Target> parse_target(const std::string& url) {
    std::string_view text = url;
    if (!text.starts_with(scheme)) return fail(bad_url(url, "it does not begin with https://"));
    text.remove_prefix(scheme.size());
    const auto slash = text.find('/');
    Target target;
    target.authority = text.substr(0, slash);
    if (slash != text.npos) target.prefix = text.substr(slash);
    if (!target.prefix.ends_with('/')) target.prefix += '/';
    std::string port;
    if (!split_authority(target.authority, target.host, port))
        return fail(bad_url(url, "it has no host, or a port that is no number"));
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int fault = getaddrinfo(target.host.c_str(), port.c_str(), &hints, &found);
    if (fault != 0) return fail(bad_url(url, gai_strerror(fault)));
    const Addresses all(found, freeaddrinfo);
    // IPv4 where there is one: faults that come from another address need it.
    const addrinfo* chosen = found;
    target.loopback = true;
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        target.loopback = target.loopback && is_loopback(one->ai_addr);
        if (one->ai_family == AF_INET && chosen->ai_family != AF_INET) chosen = one;
    }
    std::memcpy(&target.address, chosen->ai_addr, chosen->ai_addrlen);
    target.address_size = chosen->ai_addrlen;
    return target;
}

Status check_target(const Target& target, const std::string& url) {
    if (target.loopback) return {};
    return fail({.code = "P-9003",
                 .what = "the simulator speaks to this machine only",
                 .where = url,
                 .why = "its faults would be an attack on anyone else's server",
                 .fix = "Use localhost, 127.0.0.1 or [::1]"});
}

Result<Address> parse_address(const std::string& url) {
    if (const auto at = url.find('@'); url.starts_with(scheme) && at < url.find('/', scheme.size())) {
        const std::string login = url.substr(scheme.size(), at - scheme.size());
        const auto colon = std::min(login.find(':'), login.size());
        PROVOST_TRY(Address address, parse_address(std::string(scheme) + url.substr(at + 1)));
        address.login = Login{login.substr(0, colon), login.substr(std::min(colon + 1, login.size()))};
        return address;
    }
    const auto slash = url.rfind('/');
    const bool has_folder = slash != url.npos && slash >= scheme.size();
    PROVOST_TRY(Target target, parse_target(has_folder ? url.substr(0, slash + 1) : url));
    PROVOST_CHECK(check_target(target, url));
    return Address{std::move(target), has_folder ? url.substr(slash + 1) : "", std::nullopt};
}

}  // namespace provost::sim
