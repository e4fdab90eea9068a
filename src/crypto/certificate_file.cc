#include "crypto/certificate_file.h"

#include "crypto/trust_store.h"

#include <openssl/pem.h>

namespace provost {

namespace {

constexpr std::size_t largest_file = 4 << 20;
constexpr std::size_t most_certificates = 1000;

Error not_certificates(std::string why) {
    return {.code = "P-4203",
            .what = "the file can't be read as certificates",
            .why = std::move(why),
            .fix = "Give CA certificates as PEM or DER"};
}

// True at the end of the last block; false if a block could not be read.
bool ended_in_order() {
    const unsigned long error = ERR_peek_last_error();
    return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

Result<std::vector<X509Handle>> parse_pem(std::string_view file) {
    const BioHandle in = read_from(file);
    std::vector<X509Handle> all;
    while (X509Handle next{PEM_read_bio_X509(in.get(), nullptr, no_passphrase, nullptr)}) {
        all.push_back(std::move(next));
        if (all.size() > most_certificates)
            return fail(not_certificates("it holds more than 1,000 certificates"));
    }
    if (!ended_in_order())
        return fail(not_certificates("block " + std::to_string(all.size() + 1) + ": " + openssl_reason()));
    return all;
}

Result<std::vector<X509Handle>> parse_der(std::string_view file) {
    const auto* next = as_bytes(file).data();
    const auto* const end = next + file.size();
    std::vector<X509Handle> all;
    while (next != end && all.size() <= most_certificates) {
        X509Handle certificate(d2i_X509(nullptr, &next, end - next));
        if (certificate == nullptr) return fail(not_certificates(openssl_reason()));
        all.push_back(std::move(certificate));
    }
    if (next != end) return fail(not_certificates("it holds more than 1,000 certificates"));
    return all;
}

}  // namespace

Result<std::vector<X509Handle>> parse_certificates(std::string_view file) {
    const QuietErrors quiet;
    if (file.size() > largest_file) return fail(not_certificates("it is larger than 4 MiB"));
    const bool pem = file.find("-----BEGIN ") != std::string_view::npos;
    PROVOST_TRY(auto all, pem ? parse_pem(file) : parse_der(file));
    if (all.empty()) return fail(not_certificates("it holds no certificate"));
    return all;
}

std::string to_pem(X509* certificate) {
    const BioHandle out = write_to_memory();
    if (PEM_write_bio_X509(out.get(), certificate) != 1) return {};
    return std::string(written(out.get()));
}

CrlHandle parse_revocation_list(std::string_view pem) {
    const QuietErrors quiet;
    const BioHandle in = read_from(pem);
    return CrlHandle(PEM_read_bio_X509_CRL(in.get(), nullptr, no_passphrase, nullptr));
}

Result<std::vector<LoadedCertificate>> read_certificates(std::string_view file) {
    PROVOST_TRY(const auto parsed, parse_certificates(file));
    std::vector<LoadedCertificate> all;
    for (const X509Handle& certificate : parsed) {
        auto facts = read_certificate(certificate.get());
        if (!facts) return fail(not_certificates(facts.error().text()));
        all.push_back({std::move(*facts), to_text(X509_get_subject_name(certificate.get())),
                       to_pem(certificate.get())});
    }
    return all;
}

}  // namespace provost
