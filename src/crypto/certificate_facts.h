// What a certificate says, read once into plain values. No judgement here.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

#include <string>
#include <vector>

#include <openssl/types.h>

namespace provost {

struct SubjectAttribute {
    std::string name;        // OpenSSL short name: CN, serialNumber, OU; dotted OID if it has none
    std::string value;       // bytes as encoded, converted to UTF-8; may hold NUL or anything else
    bool printable = false;  // only ASCII 0x20 to 0x7e
    bool operator==(const SubjectAttribute&) const = default;
};

struct CertificateFacts {
    std::vector<SubjectAttribute> subject;  // in order; multi-valued RDNs flattened
    std::string issuer;                     // RFC 2253
    std::string serial;                     // hexadecimal
    bool is_ca = false;                     // basicConstraints CA:TRUE
    bool has_key_usage = false;
    bool may_sign = false;  // keyUsage digitalSignature
    bool has_extended_key_usage = false;
    bool client_auth = false;  // extKeyUsage clientAuth or anyExtendedKeyUsage
    bool unknown_critical_extension = false;
    int version = 0;       // 3 for X.509 v3
    std::string key_type;  // "RSA", "EC", other
    int key_bits = 0;
    std::string curve;      // of an EC key: "prime256v1"
    std::string signature;  // "RSA-SHA256"
    Timestamp not_before{}, not_after{};
    Sha256 fingerprint{};  // of the DER
    Sha256 key{};          // of the SubjectPublicKeyInfo's DER
};

// P-4001 with what could not be read. Never throws, whatever the certificate holds.
Result<CertificateFacts> read_certificate(X509* certificate);

}  // namespace provost
