#include "sip/challenge.h"

#include "domain/text.h"
#include "domain/token_scanner.h"

#include <array>
#include <cstdio>
#include <map>

namespace provost {

namespace {

using ChallengeParameters = std::map<std::string, std::string>;

std::string lower_word(std::string_view text) {
    std::string out(text);
    for (auto& c : out) c = ascii_lower(c);
    return out;
}

// nullopt for what does not follow the grammar, or names a parameter twice.
std::optional<ChallengeParameters> read_parameters(std::string_view text) {
    TokenScanner scanner(text);
    ChallengeParameters found;
    do {
        scanner.skip_blanks();
        const auto name = lower_word(scanner.token());
        scanner.skip_blanks();
        if (name.empty() || !scanner.take('=')) return std::nullopt;
        scanner.skip_blanks();
        auto value = scanner.value();
        if (!value || !is_printable_ascii(*value) || !found.emplace(name, std::move(*value)).second)
            return std::nullopt;
        scanner.skip_blanks();
    } while (scanner.take(','));
    return scanner.at_end() ? std::optional(std::move(found)) : std::nullopt;
}

std::optional<DigestAlgorithm> algorithm_of(std::string_view name) {
    if (name.empty() || same_word(name, "MD5")) return DigestAlgorithm::md5;
    if (same_word(name, "SHA-256")) return DigestAlgorithm::sha256;
    if (same_word(name, "SHA-512-256")) return DigestAlgorithm::sha512_256;
    return std::nullopt;
}

bool lists_auth(std::string_view list) {
    while (!list.empty()) {
        const auto end = std::min(list.find(','), list.size());
        if (same_word(trim(list.substr(0, end)), "auth")) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

std::optional<SipChallenge> read_challenge(std::string_view value, bool of_proxy) {
    const auto blank = value.find_first_of(" \t");
    if (blank == value.npos || !same_word(value.substr(0, blank), "Digest")) return std::nullopt;
    auto parameters = read_parameters(value.substr(blank));
    if (!parameters || !parameters->contains("realm") || !parameters->contains("nonce")) return std::nullopt;
    SipChallenge challenge;
    challenge.of_proxy = of_proxy;
    challenge.realm = (*parameters)["realm"];
    challenge.nonce = (*parameters)["nonce"];
    challenge.opaque = (*parameters)["opaque"];
    challenge.algorithm_name = (*parameters)["algorithm"];
    challenge.algorithm = algorithm_of(challenge.algorithm_name);
    if (const auto qop = parameters->find("qop"); qop != parameters->end()) {
        challenge.has_qop = lists_auth(qop->second);
        challenge.only_other_qop = !challenge.has_qop;
    }
    challenge.stale = same_word((*parameters)["stale"], "true");
    return challenge;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

const Secret& hash_of(const SipLogin& login, DigestAlgorithm algorithm) {
    switch (algorithm) {
        case DigestAlgorithm::md5:
            return login.ha1_md5;
        case DigestAlgorithm::sha256:
            return login.ha1_sha256;
        case DigestAlgorithm::sha512_256:
            break;
    }
    return login.ha1_sha512_256;
}

std::string response_of(const SipChallenge& challenge, const SipLogin& login,
                        const DigestQuestion& question) {
    if (login.password.empty()) return digest_response(question, hash_of(login, question.algorithm));
    auto text = digest_ha1(question.algorithm, login.user, challenge.realm, login.password);
    const auto hash = Secret::copy_of(text);
    wipe(text.data(), text.size());
    return digest_response(question, hash);
}

}  // namespace

std::vector<SipChallenge> challenges_of(const SipResponse& response) {
    std::vector<SipChallenge> found;
    for (const auto& header : response.headers) {
        const bool of_proxy = same_word(header.name, "Proxy-Authenticate");
        if (!of_proxy && !same_word(header.name, "WWW-Authenticate")) continue;
        if (auto one = read_challenge(header.value, of_proxy)) found.push_back(std::move(*one));
    }
    return found;
}

bool SipLogin::can_answer(const SipChallenge& challenge) const {
    if (!challenge.algorithm || challenge.only_other_qop) return false;
    if (!password.empty()) return true;
    return challenge.realm == realm && !hash_of(*this, *challenge.algorithm).empty();
}

const SipChallenge* strongest(const std::vector<SipChallenge>& challenges, const SipLogin& login) {
    const SipChallenge* best = nullptr;
    for (const auto& one : challenges)
        if (login.can_answer(one) && (best == nullptr || *one.algorithm > *best->algorithm)) best = &one;
    return best;
}

SipHeader answer_to(const SipChallenge& challenge, const SipLogin& login, std::string_view method,
                    std::string_view uri, std::uint32_t count, std::string_view client_nonce) {
    std::array<char, 9> number{};
    std::snprintf(number.data(), number.size(), "%08x", count);
    DigestQuestion question{*challenge.algorithm, method, uri, challenge.nonce, {}, {}};
    if (challenge.has_qop) {
        question.count = number.data();
        question.client_nonce = client_nonce;
    }
    auto value = "Digest username=" + quoted(login.user) + ", realm=" + quoted(challenge.realm) +
                 ", nonce=" + quoted(challenge.nonce) + ", uri=" + quoted(uri) + ", response=\"" +
                 response_of(challenge, login, question) + "\"";
    if (!challenge.algorithm_name.empty()) value += ", algorithm=" + challenge.algorithm_name;
    if (!challenge.opaque.empty()) value += ", opaque=" + quoted(challenge.opaque);
    if (challenge.has_qop)
        value += std::string(", qop=auth, nc=") + number.data() + ", cnonce=" + quoted(client_nonce);
    return {challenge.of_proxy ? "Proxy-Authorization" : "Authorization", std::move(value)};
}

}  // namespace provost
