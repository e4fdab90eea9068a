#include "crypto/revocation.h"

#include "crypto/certificate_file.h"

#include <algorithm>
#include <utility>

namespace provost {

namespace {

Error bad_list(const std::string& vendor, std::string why, std::string fix) {
    return {.code = "P-4202",
            .what = "a revocation list of vendor '" + vendor + "' can't be used",
            .where = {},
            .why = std::move(why),
            .fix = std::move(fix)};
}

template <class Holder, class Count, class Get>
bool has_critical(const Holder* holder, Count count, Get get) {
    for (int i = 0; i < count(holder); ++i)
        if (X509_EXTENSION_get_critical(get(holder, i)) == 1) return true;
    return false;
}

// Whatever narrows a list's meaning (delta, indirect, one reason, one kind of certificate) is marked
// critical.
bool is_complete(X509_CRL* crl) {
    if (has_critical(crl, X509_CRL_get_ext_count, X509_CRL_get_ext)) return false;
    STACK_OF(X509_REVOKED)* const entries = X509_CRL_get_REVOKED(crl);
    for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i)
        if (has_critical(sk_X509_REVOKED_value(entries, i), X509_REVOKED_get_ext_count, X509_REVOKED_get_ext))
            return false;
    return true;
}

bool has_signed(X509* certificate, X509_CRL* crl) {
    EVP_PKEY* const key = X509_get0_pubkey(certificate);
    return key != nullptr &&
           X509_NAME_cmp(X509_get_subject_name(certificate), X509_CRL_get_issuer(crl)) == 0 &&
           X509_CRL_verify(crl, key) == 1;
}

}  // namespace

Result<RevocationLists::List> RevocationLists::read(const RevocationList& given,
                                                    const std::vector<Signer>& signers) {
    CrlHandle crl = parse_revocation_list(given.pem);
    if (crl == nullptr)
        return fail(bad_list(given.vendor, "it is no revocation list in PEM", "Convert it to PEM"));
    const auto signer = std::find_if(signers.begin(), signers.end(), [&](const Signer& candidate) {
        return candidate.vendor == given.vendor && has_signed(candidate.certificate, crl.get());
    });
    if (signer == signers.end())
        return fail(bad_list(given.vendor, "none of the vendor's trust anchors signed it",
                             "Import the CA that signs it as a trust anchor first"));
    const auto from = from_asn1(X509_CRL_get0_lastUpdate(crl.get()));
    const auto until = from_asn1(X509_CRL_get0_nextUpdate(crl.get()));
    if (!from || !until)
        return fail(bad_list(given.vendor, "it does not say when the next one comes",
                             "Ask the vendor for a list with a nextUpdate"));
    if (!is_complete(crl.get()))
        return fail(bad_list(given.vendor, "it is a partial list (delta, indirect or of one kind)",
                             "Give the CA's complete list"));
    return List{given.vendor, std::move(crl), signer->certificate, *from, *until};
}

void RevocationLists::keep_newest(List list) {
    for (List& known : lists_) {
        if (known.vendor != list.vendor || known.signer != list.signer) continue;
        if (known.from < list.from) known = std::move(list);
        return;
    }
    lists_.push_back(std::move(list));
}

Result<RevocationLists> RevocationLists::make(const std::vector<RevocationList>& lists,
                                              const std::vector<Signer>& signers) {
    const QuietErrors quiet;
    RevocationLists made;
    for (const RevocationList& given : lists) {
        PROVOST_TRY(List list, read(given, signers));
        made.keep_newest(std::move(list));
    }
    return made;
}

RevocationLists::Finding RevocationLists::find(const std::string& vendor, X509* certificate,
                                               Timestamp now) const {
    Finding worst;
    for (const List& list : lists_) {
        const X509_NAME* const issuer = X509_CRL_get_issuer(list.crl.get());
        if (list.vendor != vendor || X509_NAME_cmp(issuer, X509_get_issuer_name(certificate)) != 0) continue;
        X509_REVOKED* entry = nullptr;
        constexpr int removed_from_list = 2;
        const int found = X509_CRL_get0_by_cert(list.crl.get(), &entry, certificate);
        const bool outdated = now < list.from || now >= list.until;
        const Answer answer = found != 0 && found != removed_from_list ? Answer::revoked
                              : outdated                               ? Answer::outdated
                                                                       : Answer::good;
        worst.holds_until = std::min(worst.holds_until, list.until);
        if (answer != Answer::good || worst.answer == Answer::no_list) worst.issuer = to_text(issuer);
        if (worst.answer == Answer::no_list || answer == Answer::revoked ||
            (answer == Answer::outdated && worst.answer == Answer::good))
            worst.answer = answer;
    }
    return worst;
}

}  // namespace provost
