// What a stranger may write into Authorization. Whatever is taken must be whole, and must read the same again
// when it is written in the plainest way.
#include "service/authorization.h"

#include "fuzz.h"

#include <string>

using provost::DigestAlgorithm;
using provost::DigestLogin;
using provost::fuzz::require;

namespace {

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) out += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
    return out + "\"";
}

std::string write(const DigestLogin& login) {
    const auto* const algorithm = login.algorithm == DigestAlgorithm::md5 ? "MD5" : "SHA-256";
    return "Digest username=" + quoted(login.user) + ",realm=" + quoted(login.realm) +
           ",nonce=" + quoted(login.nonce) + ",uri=" + quoted(login.uri) +
           ",cnonce=" + quoted(login.client_nonce) + ",response=" + login.response + ",nc=" + login.count +
           ",qop=auth,algorithm=" + algorithm;
}

void check(const DigestLogin& login) {
    const std::size_t length = login.algorithm == DigestAlgorithm::md5 ? 32 : 64;
    require(login.response.size() == length, "a response has its algorithm's length");
    require(login.count.size() == 8 && login.count_number != 0, "counts begin with one");
    require(!login.user.empty() && !login.client_nonce.empty(), "nothing needed is empty");
    const auto text = write(login);
    if (text.size() > provost::longest_authorization) return;  // escapes take room
    const auto again = provost::parse_authorization(text);
    require(again.has_value(), "what was taken is taken again");
    const auto& same = std::get<DigestLogin>(*again);
    require(same.user == login.user && same.realm == login.realm && same.nonce == login.nonce &&
                same.uri == login.uri && same.client_nonce == login.client_nonce &&
                same.response == login.response && same.count_number == login.count_number,
            "it reads the same");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto login = provost::parse_authorization(provost::fuzz::text_of(data, size));
    if (!login) return 0;
    require(size <= provost::longest_authorization, "nothing longer is taken");
    if (const auto* const digest = std::get_if<DigestLogin>(&*login)) {
        check(*digest);
    } else {
        const auto& basic = std::get<provost::BasicLogin>(*login);
        require(!basic.user.empty() && !basic.password.empty(), "neither part is empty");
        require(basic.user.find(':') == std::string::npos, "the first colon divides");
    }
    return 0;
}
