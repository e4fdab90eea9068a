#include "service/authorization.h"

#include "crypto/base_text.h"
#include "domain/token_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace provost {

namespace {

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f');
    });
}

constexpr std::array<std::string_view, 11> digest_parameters = {"username", "realm",     "nonce",   "uri",
                                                                "response", "algorithm", "cnonce",  "opaque",
                                                                "qop",      "nc",        "userhash"};
using DigestParameters = std::array<std::optional<std::string>, digest_parameters.size()>;

std::optional<DigestParameters> read_parameters(TokenScanner scanner) {
    DigestParameters found;
    for (bool more = true; more;) {
        scanner.skip_blanks();
        const auto name = scanner.token();
        const auto* const known = std::find_if(digest_parameters.begin(), digest_parameters.end(),
                                               [&](std::string_view one) { return same_word(one, name); });
        scanner.skip_blanks();
        if (name.empty() || !scanner.take('=')) return std::nullopt;
        scanner.skip_blanks();
        auto value = scanner.value();
        if (!value || !is_printable_ascii(*value)) return std::nullopt;
        scanner.skip_blanks();
        more = scanner.take(',');
        if (known == digest_parameters.end()) continue;  // clients may send extensions
        auto& place = found.at(static_cast<std::size_t>(known - digest_parameters.begin()));
        if (place) return std::nullopt;
        place = std::move(value);
    }
    if (!scanner.at_end()) return std::nullopt;
    return found;
}

// Without the parameter it is MD5, as the first phones have it (RFC 7616 section 3.3).
std::optional<DigestAlgorithm> algorithm_of(const std::optional<std::string>& text) {
    if (!text || same_word(*text, "MD5")) return DigestAlgorithm::md5;
    if (same_word(*text, "SHA-256")) return DigestAlgorithm::sha256;
    return std::nullopt;
}

bool read_response(DigestLogin& login) {
    const std::size_t length = login.algorithm == DigestAlgorithm::md5 ? 32 : 64;
    std::transform(login.response.begin(), login.response.end(), login.response.begin(), ascii_lower);
    return login.response.size() == length && is_hex(login.response);
}

bool read_count(DigestLogin& login) {
    const auto& text = login.count;
    if (text.size() != 8 || !is_hex(text)) return false;
    std::from_chars(text.data(), text.data() + text.size(), login.count_number, 16);
    return login.count_number != 0;
}

std::optional<Login> read_digest(std::string_view text) {
    auto parameters = read_parameters(TokenScanner(text));
    if (!parameters) return std::nullopt;
    auto& [user, realm, nonce, uri, response, algorithm, client_nonce, opaque, qop, count, user_hash] =
        *parameters;
    const auto known = algorithm_of(algorithm);
    if (!known || !user || !realm || !nonce || !uri || !response || !client_nonce || !count)
        return std::nullopt;
    if (!qop || !same_word(*qop, "auth") || (user_hash && !same_word(*user_hash, "false")))
        return std::nullopt;
    DigestLogin login{*known,          std::move(*user),         std::move(*realm),    std::move(*nonce),
                      std::move(*uri), std::move(*client_nonce), std::move(*response), std::move(*count)};
    if (login.user.empty() || login.client_nonce.empty()) return std::nullopt;
    if (!read_response(login) || !read_count(login)) return std::nullopt;
    return login;
}

std::optional<Login> read_basic(std::string_view text) {
    const auto bytes = from_base64(text);
    if (!bytes) return std::nullopt;
    const auto colon = bytes->view().find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const auto user = bytes->view().substr(0, colon);
    const auto password = bytes->view().substr(colon + 1);
    if (!is_printable_ascii(user) || password.empty()) return std::nullopt;
    return BasicLogin{std::string(user), Secret::copy_of(password)};
}

}  // namespace

std::optional<Login> parse_authorization(std::string_view header) {
    const auto blank = header.find(' ');
    if (header.size() > longest_authorization || blank == std::string_view::npos) return std::nullopt;
    const auto scheme = header.substr(0, blank);
    auto rest = header.substr(blank);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (same_word(scheme, "Digest")) return read_digest(rest);
    if (same_word(scheme, "Basic")) return read_basic(rest);
    return std::nullopt;
}

}  // namespace provost
