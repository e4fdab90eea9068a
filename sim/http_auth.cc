#include "sim/http_auth.h"

#include "base/ascii.h"
#include "base/bytes.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <optional>

#include <openssl/evp.h>
#include <openssl/rand.h>

namespace provost::sim {

namespace {

// What a challenge says, before this client looks whether it can answer it.
struct Offer {
    std::string scheme;
    std::vector<std::pair<std::string, std::string>> parameters;

    [[nodiscard]] const std::string* find(std::string_view name) const {
        const auto found = std::find_if(parameters.begin(), parameters.end(),
                                        [&](const auto& parameter) { return parameter.first == name; });
        return found == parameters.end() ? nullptr : &found->second;
    }
    [[nodiscard]] std::string value(std::string_view name) const {
        const std::string* const found = find(name);
        return found == nullptr ? "" : *found;
    }
};

// One WWW-Authenticate value: challenges and their parameters, all apart by commas (RFC 9110, 11.6.1).
class OfferReader {
 public:
    explicit OfferReader(std::string_view text) : rest_(text) {}

    void read(std::vector<Offer>& offers) {
        while (skip(", \t")) {
            const std::string word = token();
            if (word.empty()) return;  // not as the RFC says: what came before counts
            skip(" \t");
            if (!rest_.starts_with('=')) {
                offers.push_back({word, {}});
                continue;
            }
            rest_.remove_prefix(1);
            skip(" \t");
            if (offers.empty()) return;
            offers.back().parameters.emplace_back(lower_case(word),
                                                  rest_.starts_with('"') ? quoted() : token());
        }
    }

 private:
    bool skip(std::string_view blanks) {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
        return !rest_.empty();
    }
    std::string token() {
        const auto size = std::min(rest_.find_first_of("=, \t\""), rest_.size());
        std::string word(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return word;
    }
    std::string quoted() {
        std::string out;
        rest_.remove_prefix(1);
        while (!rest_.empty() && rest_.front() != '"') {
            if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
            out += rest_.front();
            rest_.remove_prefix(1);
        }
        if (!rest_.empty()) rest_.remove_prefix(1);
        return out;
    }

    std::string_view rest_;
};

bool lists_auth(const std::string& qop) {
    for (std::string_view rest = qop; !rest.empty();) {
        const auto comma = rest.find(',');
        std::string_view one = rest.substr(0, comma);
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (lower_case(one) == "auth") return true;
        rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
    }
    return false;
}

std::optional<Challenge> understand(const Offer& offer) {
    Challenge challenge{
        .realm = offer.value("realm"), .nonce = offer.value("nonce"), .opaque = offer.value("opaque")};
    if (lower_case(offer.scheme) == "basic") return challenge;
    if (lower_case(offer.scheme) != "digest" || challenge.nonce.empty()) return std::nullopt;
    challenge.algorithm = offer.value("algorithm");
    const std::string algorithm = lower_case(challenge.algorithm);
    if (algorithm.empty() || algorithm == "md5")
        challenge.scheme = LoginScheme::digest_md5;
    else if (algorithm == "sha-256")
        challenge.scheme = LoginScheme::digest_sha256;
    else
        return std::nullopt;
    challenge.has_opaque = offer.find("opaque") != nullptr;
    const std::string* const qop = offer.find("qop");
    challenge.qop_auth = qop != nullptr && lists_auth(*qop);
    if (qop != nullptr && !challenge.qop_auth) return std::nullopt;
    return challenge;
}

// Hexadecimal digest of the parts with ':' between them.
std::string hash(LoginScheme scheme, std::initializer_list<std::string_view> parts) {
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), scheme == LoginScheme::digest_md5 ? EVP_md5() : EVP_sha256(), nullptr);
    for (const std::string_view* part = parts.begin(); part != parts.end(); ++part) {
        if (part != parts.begin()) EVP_DigestUpdate(context.get(), ":", 1);
        EVP_DigestUpdate(context.get(), part->data(), part->size());
    }
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_DigestFinal_ex(context.get(), digest.data(), &size);
    return to_hex(ByteView(digest).first(size));
}

std::string base64(std::string_view text) {
    std::string out(4 * ((text.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string quote(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

std::vector<Challenge> read_challenges(std::string_view headers) {
    constexpr std::string_view name = "www-authenticate: ";
    std::vector<Offer> offers;
    while (!headers.empty()) {
        const std::string_view line = headers.substr(0, headers.find('\n'));
        headers.remove_prefix(std::min(line.size() + 1, headers.size()));
        if (line.starts_with(name)) OfferReader(line.substr(name.size())).read(offers);
    }
    std::vector<Challenge> challenges;
    for (const Offer& offer : offers) {
        if (auto challenge = understand(offer)) challenges.push_back(std::move(*challenge));
    }
    return challenges;
}

const Challenge* choose(std::span<const Challenge> offered, std::span<const LoginScheme> preferred) {
    for (const LoginScheme scheme : preferred) {
        const auto found = std::find_if(offered.begin(), offered.end(), [&](const Challenge& challenge) {
            return challenge.scheme == scheme;
        });
        if (found != offered.end()) return &*found;
    }
    return nullptr;
}

std::string authorize(const Challenge& challenge, const Login& login, const AskedFor& request,
                      std::string_view cnonce) {
    if (challenge.scheme == LoginScheme::basic) return "Basic " + base64(login.user + ":" + login.password);
    const auto h = [&](std::initializer_list<std::string_view> parts) {
        return hash(challenge.scheme, parts);
    };
    const std::string ha1 = h({login.user, challenge.realm, login.password});
    const std::string ha2 = h({request.method, request.uri});
    constexpr std::string_view count = "00000001";
    const std::string response = challenge.qop_auth ? h({ha1, challenge.nonce, count, cnonce, "auth", ha2})
                                                    : h({ha1, challenge.nonce, ha2});
    std::string value = "Digest username=" + quote(login.user) + ", realm=" + quote(challenge.realm) +
                        ", nonce=" + quote(challenge.nonce) + ", uri=" + quote(request.uri) +
                        ", response=" + quote(response);
    if (!challenge.algorithm.empty()) value += ", algorithm=" + challenge.algorithm;
    if (challenge.has_opaque) value += ", opaque=" + quote(challenge.opaque);
    if (challenge.qop_auth) value += ", qop=auth, nc=" + std::string(count) + ", cnonce=" + quote(cnonce);
    return value;
}

std::string make_cnonce() {
    std::array<std::uint8_t, 16> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    return to_hex(bytes);
}

}  // namespace provost::sim
