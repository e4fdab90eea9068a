#include "registrar/database/url.h"

#include "domain/text.h"

#include <array>
#include <charconv>
#include <optional>

#include <arpa/inet.h>

namespace provost::registrar {

namespace {

struct Scheme {
    std::string_view name;
    Dialect dialect;
    std::string_view socket_key;
};
constexpr std::array<Scheme, 2> schemes{
    {{"postgresql", Dialect::postgresql, "host"}, {"mysql", Dialect::mysql, "socket"}}};

Error bad_url(std::string why) {
    return {"P-8208", "not the URL of a database", "url", std::move(why),
            "Write it like postgresql://user@host/name, mysql://user@host/name or sqlite:/path"};
}

std::optional<std::string> decoded(std::string_view text) {
    auto plain = percent_decode(text, false);
    return plain && is_clean_text(*plain) ? plain : std::nullopt;
}

// The part of `text` before `mark`, which is cut off with it; all of it if there is none.
std::string_view cut(std::string_view& text, std::string_view mark) {
    const auto at = text.find(mark);
    const auto head = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
    return head;
}

Status read_user(DatabaseUrl& url, std::string_view& authority) {
    const auto at = authority.rfind('@');
    if (at == std::string_view::npos) return {};
    const auto user = authority.substr(0, at);
    authority.remove_prefix(at + 1);
    if (user.find(':') != std::string_view::npos)
        return fail({"P-8208", "a password does not belong in the URL of a database", "url", "",
                     "Put it into a file of its own that the server alone may read, and change it: it was "
                     "readable where the URL stands"});
    const auto plain = decoded(user);
    if (!plain) return fail(bad_url("the user's name has a character that can't be in one"));
    url.user = *plain;
    return {};
}

Status read_host(DatabaseUrl& url, std::string_view authority) {
    if (authority.starts_with('[')) {
        authority.remove_prefix(1);
        if (authority.find(']') == std::string_view::npos) return fail(bad_url("a '[' without its ']'"));
        url.host = cut(authority, "]");
    } else {
        const auto colon = authority.find(':');
        url.host = authority.substr(0, colon);
        authority.remove_prefix(colon == std::string_view::npos ? authority.size() : colon);
    }
    for (const char c : url.host)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == ',' || c == '/')
            return fail(bad_url("that is no host"));
    if (authority.empty()) return {};
    const auto* const end = authority.data() + authority.size();
    const auto read = std::from_chars(authority.data() + 1, end, url.port);
    if (authority.front() != ':' || read.ec != std::errc() || read.ptr != end || url.port == 0)
        return fail(bad_url("the port is a number from 1 to 65535"));
    return {};
}

Status read_query(DatabaseUrl& url, std::string_view query, std::string_view key) {
    if (query.empty()) return {};
    const auto name = cut(query, "=");
    const auto value = decoded(query);
    if (name != key || !value || !value->starts_with('/'))
        return fail(bad_url("after '?' there may be '" + std::string(key) + "=/path' and nothing else"));
    url.socket = *value;
    return {};
}

Result<DatabaseUrl> read_server(const Scheme& scheme, std::string_view rest) {
    DatabaseUrl url;
    url.dialect = scheme.dialect;
    auto before_query = cut(rest, "?");
    const auto query = rest;
    auto authority = cut(before_query, "/");
    PROVOST_CHECK(read_user(url, authority));
    PROVOST_CHECK(read_host(url, authority));
    PROVOST_CHECK(read_query(url, query, scheme.socket_key));
    const auto name = decoded(before_query);
    if (!name || name->empty()) return fail(bad_url("the database's name is missing"));
    if (url.host.empty() == url.socket.empty()) return fail(bad_url("it takes a host or a socket"));
    url.name = *name;
    return url;
}

}  // namespace

bool DatabaseUrl::is_local() const {
    if (dialect == Dialect::sqlite || !socket.empty() || host == "localhost" || host == "::1") return true;
    in_addr address{};
    return inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
}

std::string DatabaseUrl::text() const {
    if (dialect == Dialect::sqlite) return "sqlite:" + name;
    std::string text = dialect == Dialect::postgresql ? "postgresql://" : "mysql://";
    const bool six = host.find(':') != std::string::npos;
    text += six ? "[" + host + "]" : host;
    if (port != 0) text += ":" + std::to_string(port);
    text += "/" + name;
    if (!socket.empty()) text += (dialect == Dialect::postgresql ? "?host=" : "?socket=") + socket;
    return text;
}

Result<DatabaseUrl> parse_database_url(std::string_view text) {
    if (text.starts_with("sqlite:")) {
        DatabaseUrl url;
        url.name = text.substr(7);
        if (!url.name.starts_with('/') || url.name.find('\0') != std::string::npos)
            return fail(bad_url("a file is named by its whole path"));
        return url;
    }
    for (const auto& scheme : schemes) {
        const auto head = std::string(scheme.name) + "://";
        if (text.starts_with(head)) return read_server(scheme, text.substr(head.size()));
    }
    return fail(bad_url("it begins with none of postgresql://, mysql:// and sqlite:"));
}

}  // namespace provost::registrar
