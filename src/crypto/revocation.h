// Complete revocation lists (RFC 5280 section 5) of CAs that are trust anchors themselves.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "crypto/openssl.h"
#include "crypto/trust_store.h"

#include <string>
#include <vector>

namespace provost {

class RevocationLists {
 public:
    struct Signer {
        std::string vendor;
        X509* certificate = nullptr;
    };
    // P-4202 for a list that can't be read, that no signer of its vendor signed, that has no end, or that is
    // not complete (delta, indirect, partial). Of several lists of one signer the newest counts.
    static Result<RevocationLists> make(const std::vector<RevocationList>& lists,
                                        const std::vector<Signer>& signers);

    enum class Answer : std::uint8_t { no_list, good, revoked, outdated };
    struct Finding {
        Answer answer = Answer::no_list;
        Timestamp holds_until = Timestamp::max();
        std::string issuer;  // whose list answered
    };
    // What the vendor's lists say about a certificate. Lists are found by the issuer's name: where a vendor
    // has two CAs of the same name, both lists are asked and the worse answer counts.
    [[nodiscard]] Finding find(const std::string& vendor, X509* certificate, Timestamp now) const;

 private:
    struct List {
        std::string vendor;
        CrlHandle crl;
        const X509* signer = nullptr;
        Timestamp from{}, until{};
    };
    static Result<List> read(const RevocationList& given, const std::vector<Signer>& signers);
    void keep_newest(List list);

    std::vector<List> lists_;
};

}  // namespace provost
