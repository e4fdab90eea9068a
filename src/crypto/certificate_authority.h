// Makes certificates, good and bad: look-alike vendor CAs, phones and servers for the simulator, the demo and
// the tests. A vendor's real CA is never made here; its private key is not ours.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <openssl/types.h>

namespace provost {

// rsa_1024, ec_secp256k1 and ed25519 are there to be refused.
enum class KeyType : std::uint8_t { ec_p256, ec_p384, rsa_2048, rsa_4096, rsa_1024, ec_secp256k1, ed25519 };

using PrivateKey = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

// P-4301. About 20 us for P-256, some 100 ms for RSA-2048.
Result<PrivateKey> generate_key(KeyType type);

// How a text of a name is encoded. The bytes go in as they are, right or wrong.
enum class NameEncoding : std::uint8_t { utf8, printable, teletex, ia5, bmp, universal };

struct NamePart {
    std::string attribute;  // OpenSSL short name or dotted OID: CN, serialNumber, OU
    std::string value;      // any bytes
    NameEncoding encoding = NameEncoding::utf8;
    bool joined = false;  // in one RDN with the part before it
};
using Name = std::vector<NamePart>;

// As in OpenSSL's x509v3_config(5): {"basicConstraints", "critical,CA:FALSE"}, {"1.3.6.1.4.1.1",
// "critical,DER:0500"}.
struct Extension {
    std::string name, value;
};
using Extensions = std::vector<Extension>;

Extensions authority_extensions();  // CA:TRUE, keyCertSign, cRLSign
Extensions device_extensions();     // CA:FALSE, digitalSignature, clientAuth
// `names` are host names or IP addresses; CA:FALSE, digitalSignature, serverAuth.
Extensions server_extensions(const std::vector<std::string>& names);

struct CertificateOrder {
    Name subject;
    Timestamp not_before{}, not_after{};  // rounded down to seconds
    KeyType key_type = KeyType::ec_p256;
    PrivateKey key;  // null: a fresh one. Sharing one makes thousands of leaves quickly
    Extensions extensions = device_extensions();
    bool sign_with_sha1 = false;
    int version = 3;     // 1: without extensions
    std::string serial;  // hexadecimal; empty: 16 random bytes
};

struct IssuedCertificate {
    Certificate certificate;
    PrivateKey key;

    [[nodiscard]] std::string certificate_pem() const;
    [[nodiscard]] OutputBuffer key_pem() const;  // PKCS #8, unencrypted; wiped when it dies
    [[nodiscard]] std::string certificate_der() const;
};

// One CA: its certificate and its key. Const methods from any thread.
class CertificateAuthority {
 public:
    // A root that signs itself. P-4301 key, P-4302 certificate. `order.extensions` is used as it is, so give
    // authority_extensions(), or use make_root().
    static Result<CertificateAuthority> self_signed(const CertificateOrder& order);
    static Result<CertificateAuthority> make_root(Name subject, Timestamp from, Timestamp until,
                                                  KeyType type = KeyType::ec_p256);
    // A CA kept on disk: exactly what certificate_pem() and key_pem() gave. P-4303.
    static Result<CertificateAuthority> load(std::string_view certificate_pem, std::string_view key_pem);

    // An issuing CA below this one, with the dates of this one.
    [[nodiscard]] Result<CertificateAuthority> make_issuing(Name subject,
                                                            KeyType type = KeyType::ec_p256) const;
    [[nodiscard]] Result<IssuedCertificate> issue(const CertificateOrder& order) const;

    // The PEM of a revocation list of this CA. P-4304.
    [[nodiscard]] Result<std::string> revocation_list(const std::vector<Certificate>& revoked,
                                                      Timestamp issued, Timestamp next) const;

    [[nodiscard]] const IssuedCertificate& own() const { return own_; }

 private:
    explicit CertificateAuthority(IssuedCertificate own) : own_(std::move(own)) {}
    IssuedCertificate own_;
};

}  // namespace provost
