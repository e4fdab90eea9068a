#include "registrar/freeswitch/phone_login.h"

#include "base/ascii.h"
#include "crypto/digest.h"

namespace provost::registrar {

bool shows_password(const PhoneLogin& login, const Secret& ha1) {
    if (login.method != "REGISTER" || login.uri.empty() || login.nonce.empty() || ha1.empty()) return false;
    const bool with_qop = !login.qop.empty() && !login.count.empty() && !login.client_nonce.empty();
    if (with_qop && login.qop != "auth") return false;
    DigestQuestion question{DigestAlgorithm::md5, login.method, login.uri, login.nonce, {}, {}};
    if (with_qop) {
        question.count = login.count;
        question.client_nonce = login.client_nonce;
    }
    return same_bytes(digest_response(question, ha1), lower_case(login.response));
}

}  // namespace provost::registrar
