#include "crypto/certificate_authority.h"

#include "base/bytes.h"
#include "crypto/openssl.h"

#include <algorithm>
#include <array>
#include <utility>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

namespace provost {

namespace {

using IntegerHandle = std::unique_ptr<ASN1_INTEGER, OpensslFree<ASN1_INTEGER_free>>;
using TimeHandle = std::unique_ptr<ASN1_TIME, OpensslFree<ASN1_TIME_free>>;
using NameHandle = std::unique_ptr<X509_NAME, OpensslFree<X509_NAME_free>>;
using ExtensionHandle = std::unique_ptr<X509_EXTENSION, OpensslFree<X509_EXTENSION_free>>;
using RevokedHandle = std::unique_ptr<X509_REVOKED, OpensslFree<X509_REVOKED_free>>;
using BigNumber = std::unique_ptr<BIGNUM, OpensslFree<BN_free>>;

Error cannot_make(std::string part) {
    return openssl_failure("P-4302", "can't make a certificate: " + part);
}

std::time_t to_seconds(Timestamp time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

TimeHandle to_asn1(Timestamp time) {
    return TimeHandle(ASN1_TIME_set(nullptr, to_seconds(time)));
}

int asn1_type(NameEncoding encoding) {
    switch (encoding) {
        case NameEncoding::utf8:
            return V_ASN1_UTF8STRING;
        case NameEncoding::printable:
            return V_ASN1_PRINTABLESTRING;
        case NameEncoding::teletex:
            return V_ASN1_T61STRING;
        case NameEncoding::ia5:
            return V_ASN1_IA5STRING;
        case NameEncoding::bmp:
            return V_ASN1_BMPSTRING;
        case NameEncoding::universal:
            return V_ASN1_UNIVERSALSTRING;
    }
    return V_ASN1_UTF8STRING;
}

Status fill_name(X509_NAME* name, const Name& parts) {
    for (const NamePart& part : parts) {
        const ByteView bytes = as_bytes(part.value);
        const int added =
            X509_NAME_add_entry_by_txt(name, part.attribute.c_str(), asn1_type(part.encoding), bytes.data(),
                                       static_cast<int>(bytes.size()), -1, part.joined ? -1 : 0);
        if (added != 1) return fail(cannot_make("attribute " + part.attribute));
    }
    return {};
}

Result<std::string> serial_digits(const std::string& wanted) {
    if (!wanted.empty()) return wanted;
    std::array<std::uint8_t, 16> bytes{};
    if (RAND_bytes(bytes.data(), bytes.size()) != 1) return fail(cannot_make("no randomness"));
    bytes[0] = (bytes[0] & 0x3f) | 0x40;  // positive, and always of the same length
    return to_hex(bytes);
}

Status set_serial(X509* certificate, const std::string& wanted) {
    PROVOST_TRY(const std::string digits, serial_digits(wanted));
    BIGNUM* number = nullptr;
    const int read = BN_hex2bn(&number, digits.c_str());
    const BigNumber owned(number);
    const IntegerHandle serial(read > 0 ? BN_to_ASN1_INTEGER(number, nullptr) : nullptr);
    if (serial == nullptr || X509_set_serialNumber(certificate, serial.get()) != 1)
        return fail(cannot_make("serial number " + digits));
    return {};
}

Status add_extensions(X509* certificate, X509* issuer, const Extensions& extensions) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509V3_set_ctx_nodb(&context);
    for (const Extension& wanted : extensions) {
        const ExtensionHandle made(
            X509V3_EXT_nconf(nullptr, &context, wanted.name.c_str(), wanted.value.c_str()));
        if (made == nullptr || X509_add_ext(certificate, made.get(), -1) != 1)
            return fail(cannot_make("extension " + wanted.name + "=" + wanted.value));
    }
    return {};
}

Status set_dates(X509* certificate, const CertificateOrder& order) {
    const TimeHandle from = to_asn1(order.not_before);
    const TimeHandle until = to_asn1(order.not_after);
    if (X509_set1_notBefore(certificate, from.get()) != 1 ||
        X509_set1_notAfter(certificate, until.get()) != 1)
        return fail(cannot_make("dates"));
    return {};
}

// `issuer` is null for a certificate that signs itself.
Result<IssuedCertificate> make_certificate(const CertificateOrder& order, const IssuedCertificate* issuer) {
    PrivateKey key = order.key;
    if (key == nullptr) {
        PROVOST_TRY(key, generate_key(order.key_type));
    }
    const Certificate made(X509_new(), X509_free);
    X509* const signer = issuer == nullptr ? made.get() : issuer->certificate.get();
    EVP_PKEY* const signing_key = issuer == nullptr ? key.get() : issuer->key.get();
    if (made == nullptr || X509_set_version(made.get(), order.version - 1) != 1 ||
        X509_set_pubkey(made.get(), key.get()) != 1)
        return fail(cannot_make("public key"));
    PROVOST_CHECK(set_serial(made.get(), order.serial));
    PROVOST_CHECK(set_dates(made.get(), order));
    PROVOST_CHECK(fill_name(X509_get_subject_name(made.get()), order.subject));
    if (X509_set_issuer_name(made.get(), X509_get_subject_name(signer)) != 1)
        return fail(cannot_make("issuer"));
    if (order.version == 3) PROVOST_CHECK(add_extensions(made.get(), signer, order.extensions));
    const bool own_digest = EVP_PKEY_get_base_id(signing_key) == EVP_PKEY_ED25519;
    const EVP_MD* const digest = own_digest ? nullptr : order.sign_with_sha1 ? EVP_sha1() : EVP_sha256();
    if (X509_sign(made.get(), signing_key, digest) <= 0) return fail(cannot_make("signature"));
    return IssuedCertificate{made, std::move(key)};
}

bool is_host_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-' || c == ':' || c == '*' || c == '_';
}

bool is_address(const std::string& name) {
    using OctetsHandle = std::unique_ptr<ASN1_OCTET_STRING, OpensslFree<ASN1_OCTET_STRING_free>>;
    const QuietErrors quiet;
    const OctetsHandle address(a2i_IPADDRESS(name.c_str()));
    return address != nullptr;
}

Error cannot_list() {
    return openssl_failure("P-4304", "can't make a revocation list");
}

Status add_revoked(X509_CRL* list, X509* certificate, const ASN1_TIME* at) {
    RevokedHandle entry(X509_REVOKED_new());
    if (entry == nullptr ||
        X509_REVOKED_set_serialNumber(entry.get(), X509_get_serialNumber(certificate)) != 1 ||
        X509_REVOKED_set_revocationDate(entry.get(), const_cast<ASN1_TIME*>(at)) != 1 ||
        X509_CRL_add0_revoked(list, entry.get()) != 1)
        return fail(cannot_list());
    std::ignore = entry.release();  // the list owns it now
    return {};
}

}  // namespace

Result<PrivateKey> generate_key(KeyType type) {
    EVP_PKEY* made = nullptr;
    switch (type) {
        case KeyType::ec_p256:
            made = EVP_EC_gen("P-256");
            break;
        case KeyType::ec_p384:
            made = EVP_EC_gen("P-384");
            break;
        case KeyType::ec_secp256k1:
            made = EVP_EC_gen("secp256k1");
            break;
        case KeyType::rsa_1024:
            made = EVP_RSA_gen(1024);
            break;
        case KeyType::rsa_2048:
            made = EVP_RSA_gen(2048);
            break;
        case KeyType::rsa_4096:
            made = EVP_RSA_gen(4096);
            break;
        case KeyType::ed25519:
            made = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
            break;
    }
    if (made == nullptr) return fail(openssl_failure("P-4301", "can't generate a key"));
    return PrivateKey(made, EVP_PKEY_free);
}

Extensions authority_extensions() {
    return {{"basicConstraints", "critical,CA:TRUE"},
            {"keyUsage", "critical,keyCertSign,cRLSign"},
            {"subjectKeyIdentifier", "hash"}};
}

Extensions device_extensions() {
    return {{"basicConstraints", "critical,CA:FALSE"},
            {"keyUsage", "critical,digitalSignature"},
            {"extendedKeyUsage", "clientAuth"}};
}

Extensions server_extensions(const std::vector<std::string>& names) {
    std::string listed;
    for (const std::string& name : names) {
        // A comma would start another name.
        if (!std::all_of(name.begin(), name.end(), is_host_character)) continue;
        listed += (listed.empty() ? "" : ",") + std::string(is_address(name) ? "IP:" : "DNS:") + name;
    }
    Extensions all{{"basicConstraints", "critical,CA:FALSE"},
                   {"keyUsage", "critical,digitalSignature"},
                   {"extendedKeyUsage", "serverAuth"}};
    if (!listed.empty()) all.push_back({"subjectAltName", listed});
    return all;
}

std::string IssuedCertificate::certificate_pem() const {
    const BioHandle out = write_to_memory();
    if (PEM_write_bio_X509(out.get(), certificate.get()) != 1) return {};
    return std::string(written(out.get()));
}

OutputBuffer IssuedCertificate::key_pem() const {
    const BioHandle out(BIO_new(BIO_s_secmem()));
    OutputBuffer pem;
    if (PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1)
        pem.append(written(out.get()));
    return pem;
}

std::string IssuedCertificate::certificate_der() const {
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(certificate.get(), &bytes);
    const OpensslBytes owned(bytes);
    return size > 0 ? std::string(as_text({bytes, static_cast<std::size_t>(size)})) : std::string();
}

Result<CertificateAuthority> CertificateAuthority::self_signed(const CertificateOrder& order) {
    PROVOST_TRY(IssuedCertificate own, make_certificate(order, nullptr));
    return CertificateAuthority(std::move(own));
}

Result<CertificateAuthority> CertificateAuthority::make_root(Name subject, Timestamp from, Timestamp until,
                                                             KeyType type) {
    return self_signed({.subject = std::move(subject),
                        .not_before = from,
                        .not_after = until,
                        .key_type = type,
                        .key = nullptr,
                        .extensions = authority_extensions(),
                        .serial = {}});
}

Result<CertificateAuthority> CertificateAuthority::load(std::string_view certificate_pem,
                                                        std::string_view key_pem) {
    const BioHandle certificate_in = read_from(certificate_pem);
    const BioHandle key_in = read_from(key_pem);
    const Certificate certificate(PEM_read_bio_X509(certificate_in.get(), nullptr, no_passphrase, nullptr),
                                  X509_free);
    const PrivateKey key(PEM_read_bio_PrivateKey(key_in.get(), nullptr, no_passphrase, nullptr),
                         EVP_PKEY_free);
    if (certificate == nullptr || key == nullptr || X509_check_private_key(certificate.get(), key.get()) != 1)
        return fail(openssl_failure("P-4303", "the files hold no CA certificate with its key"));
    return CertificateAuthority({certificate, key});
}

Result<CertificateAuthority> CertificateAuthority::make_issuing(Name subject, KeyType type) const {
    const X509* const own = own_.certificate.get();
    PROVOST_TRY(IssuedCertificate made,
                issue({.subject = std::move(subject),
                       .not_before = from_asn1(X509_get0_notBefore(own)).value_or(Timestamp{}),
                       .not_after = from_asn1(X509_get0_notAfter(own)).value_or(Timestamp{}),
                       .key_type = type,
                       .key = nullptr,
                       .extensions = authority_extensions(),
                       .serial = {}}));
    return CertificateAuthority(std::move(made));
}

Result<IssuedCertificate> CertificateAuthority::issue(const CertificateOrder& order) const {
    return make_certificate(order, &own_);
}

Result<std::string> CertificateAuthority::revocation_list(const std::vector<Certificate>& revoked,
                                                          Timestamp issued, Timestamp next) const {
    const CrlHandle list(X509_CRL_new());
    const TimeHandle from = to_asn1(issued);
    const TimeHandle until = to_asn1(next);
    if (list == nullptr || X509_CRL_set_version(list.get(), X509_CRL_VERSION_2) != 1 ||
        X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(own_.certificate.get())) != 1 ||
        X509_CRL_set1_lastUpdate(list.get(), from.get()) != 1 ||
        X509_CRL_set1_nextUpdate(list.get(), until.get()) != 1)
        return fail(cannot_list());
    for (const Certificate& certificate : revoked)
        PROVOST_CHECK(add_revoked(list.get(), certificate.get(), from.get()));
    X509_CRL_sort(list.get());
    const BioHandle out = write_to_memory();
    if (X509_CRL_sign(list.get(), own_.key.get(), EVP_sha256()) <= 0 ||
        PEM_write_bio_X509_CRL(out.get(), list.get()) != 1)
        return fail(cannot_list());
    return std::string(written(out.get()));
}

}  // namespace provost
