#include "crypto/certificate_facts.h"

#include "crypto/digest.h"
#include "crypto/openssl.h"

#include <algorithm>
#include <array>

#include <openssl/objects.h>

namespace provost {

namespace {

constexpr int most_attributes = 64;

Error unreadable(std::string part) {
    return openssl_failure("P-4001", "the certificate's " + part + " can't be read");
}

std::string short_name(const ASN1_OBJECT* object) {
    const int id = OBJ_obj2nid(object);
    if (id != NID_undef) return OBJ_nid2sn(id);
    std::array<char, 128> dotted{};
    OBJ_obj2txt(dotted.data(), dotted.size(), object, 1);
    return dotted.data();
}

// UTF-8; the raw bytes where the text is not what its ASN.1 type promises.
std::string to_utf8(const ASN1_STRING* text) {
    unsigned char* converted = nullptr;
    const int size = ASN1_STRING_to_UTF8(&converted, text);
    const OpensslBytes owned(converted);
    if (size >= 0) return std::string(as_text({converted, static_cast<std::size_t>(size)}));
    return std::string(
        as_text({ASN1_STRING_get0_data(text), static_cast<std::size_t>(ASN1_STRING_length(text))}));
}

bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

Result<std::vector<SubjectAttribute>> read_subject(const X509_NAME* name) {
    const int count = X509_NAME_entry_count(name);
    if (count < 0 || count > most_attributes) return fail(unreadable("subject"));
    std::vector<SubjectAttribute> attributes;
    for (int i = 0; i < count; ++i) {
        const X509_NAME_ENTRY* const entry = X509_NAME_get_entry(name, i);
        std::string value = to_utf8(X509_NAME_ENTRY_get_data(entry));
        const bool printable = is_printable(value);
        attributes.push_back({short_name(X509_NAME_ENTRY_get_object(entry)), std::move(value), printable});
    }
    return attributes;
}

Status read_extensions(X509* certificate, CertificateFacts& facts) {
    const std::uint32_t flags = X509_get_extension_flags(certificate);
    if ((flags & (EXFLAG_INVALID | EXFLAG_INVALID_POLICY)) != 0) return fail(unreadable("extensions"));
    facts.is_ca = (flags & EXFLAG_CA) != 0;
    facts.unknown_critical_extension = (flags & EXFLAG_CRITICAL) != 0;
    facts.has_key_usage = (flags & EXFLAG_KUSAGE) != 0;
    facts.may_sign = facts.has_key_usage && (X509_get_key_usage(certificate) & KU_DIGITAL_SIGNATURE) != 0;
    facts.has_extended_key_usage = (flags & EXFLAG_XKUSAGE) != 0;
    facts.client_auth = facts.has_extended_key_usage &&
                        (X509_get_extended_key_usage(certificate) & (XKU_SSL_CLIENT | XKU_ANYEKU)) != 0;
    return {};
}

// A key that this library context can't decode keeps its algorithm's name and has no size: no judgement here.
Status read_key(X509* certificate, CertificateFacts& facts) {
    X509_PUBKEY* const info = X509_get_X509_PUBKEY(certificate);
    unsigned char* der = nullptr;
    const int size = info == nullptr ? -1 : i2d_X509_PUBKEY(info, &der);
    const OpensslBytes owned(der);
    ASN1_OBJECT* algorithm = nullptr;
    if (size <= 0 || X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, info) != 1)
        return fail(unreadable("public key"));
    facts.key = sha256(as_text({der, static_cast<std::size_t>(size)}));
    facts.key_type = short_name(algorithm);
    EVP_PKEY* const key = X509_get0_pubkey(certificate);
    if (key == nullptr) return {};
    facts.key_bits = EVP_PKEY_get_bits(key);
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) facts.key_type = "RSA";
    if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return {};
    facts.key_type = "EC";
    std::array<char, 64> curve{};
    std::size_t length = 0;
    // Explicit curve parameters have no name: the curve stays empty.
    if (EVP_PKEY_get_group_name(key, curve.data(), curve.size(), &length) == 1) facts.curve = curve.data();
    return {};
}

Status read_dates(X509* certificate, CertificateFacts& facts) {
    const auto from = from_asn1(X509_get0_notBefore(certificate));
    const auto until = from_asn1(X509_get0_notAfter(certificate));
    if (!from || !until) return fail(unreadable("dates"));
    facts.not_before = *from;
    facts.not_after = *until;
    return {};
}

std::string read_serial(X509* certificate) {
    const ASN1_INTEGER* const serial = X509_get0_serialNumber(certificate);
    const ByteView bytes(ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial)));
    const bool negative = ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER;
    return (negative ? "-" : "") + to_hex(bytes);
}

Status read_fingerprint(X509* certificate, CertificateFacts& facts) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    const OpensslBytes owned(der);
    if (size <= 0) return fail(unreadable("encoding"));
    facts.fingerprint = sha256(as_text({der, static_cast<std::size_t>(size)}));
    return {};
}

}  // namespace

Result<CertificateFacts> read_certificate(X509* certificate) {
    const QuietErrors quiet;
    if (certificate == nullptr) return fail(unreadable("bytes"));
    CertificateFacts facts;
    PROVOST_CHECK(read_extensions(certificate, facts));
    PROVOST_CHECK(read_key(certificate, facts));
    PROVOST_CHECK(read_dates(certificate, facts));
    PROVOST_CHECK(read_fingerprint(certificate, facts));
    PROVOST_TRY(facts.subject, read_subject(X509_get_subject_name(certificate)));
    facts.issuer = to_text(X509_get_issuer_name(certificate));
    facts.serial = read_serial(certificate);
    facts.version = static_cast<int>(X509_get_version(certificate)) + 1;
    const int signature = X509_get_signature_nid(certificate);
    facts.signature = signature == NID_undef ? "unknown" : OBJ_nid2sn(signature);
    return facts;
}

}  // namespace provost
