// Look-alike CAs and phones for the tests of crypto, vendor and service.
#pragma once

#include "crypto/certificate_authority.h"
#include "crypto/openssl.h"
#include "crypto/trust_store.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace provost::test {

inline const Timestamp today = *from_rfc3339("2026-11-23T12:00:00.000Z");
inline constexpr std::chrono::hours day{24};
inline constexpr std::chrono::hours year{24 * 365};

template <class T>
T must(Result<T> result) {
    if (!result) {
        ADD_FAILURE() << result.error().text();
        std::abort();
    }
    return std::move(*result);
}

// Making keys is slow under the sanitizers: one per type for all tests of a program.
inline PrivateKey shared_key(KeyType type) {
    static std::map<KeyType, PrivateKey> keys;
    PrivateKey& key = keys[type];
    if (key == nullptr) key = must(generate_key(type));
    return key;
}

inline CertificateAuthority make_root(const std::string& name, KeyType type = KeyType::ec_p256) {
    return must(CertificateAuthority::make_root({{"O", "Look-alike"}, {"CN", name}}, today - year,
                                                today + 10 * year, type));
}

inline CertificateOrder phone_order(Name subject, KeyType key = KeyType::ec_p256) {
    CertificateOrder order;
    order.subject = std::move(subject);
    order.not_before = today - 30 * day;
    order.not_after = today + year;
    order.key_type = key;
    order.key = shared_key(key);
    return order;
}

inline X509Stack stack_of(const std::vector<X509*>& certificates) {
    X509Stack stack(sk_X509_new_null());
    for (X509* const certificate : certificates) {
        X509_up_ref(certificate);
        sk_X509_push(stack.get(), certificate);
    }
    return stack;
}

inline ImportedAnchor anchor_of(const CertificateAuthority& ca, const std::string& vendor,
                                const std::string& anchor = "root", const std::string& profile = "device") {
    return {vendor, anchor, profile, ca.own().certificate_pem()};
}

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

// Where the vendors' real CA certificates lie; empty if they are not here. They are not part of the
// repository.
inline std::filesystem::path vendor_ca_folder() {
    if (const char* const given = std::getenv("PROVOST_VENDOR_CA")) return given;
    const std::filesystem::path beside = std::filesystem::path(PROVOST_SOURCE_DIR) / "../shared/vendors/ca";
    return std::filesystem::is_directory(beside) ? beside : std::filesystem::path{};
}

}  // namespace provost::test
