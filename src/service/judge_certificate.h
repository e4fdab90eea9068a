// From the certificate a peer showed to the evidence that decide() weighs.
#pragma once

#include "domain/decide.h"

#include <memory>

#include <openssl/types.h>

struct stack_st_X509;  // STACK_OF(X509), of OpenSSL

namespace provost {

class JudgeCertificate {
 public:
    virtual ~JudgeCertificate() = default;

    // `leaf` may be null (none shown). Cached by the leaf's SHA-256 for one generation of trust store and
    // refuse list and within the certificate's dates; proof of possession is the handshake's business and
    // never skipped. Any thread.
    virtual std::shared_ptr<const Evidence> judge(X509* leaf, STACK_OF(X509) * sent) = 0;
};

}  // namespace provost
