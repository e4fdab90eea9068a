#include "crypto/library_context.h"

#include "tests/unit/crypto/look_alike.h"

#include <chrono>
#include <iostream>
#include <tuple>

#include <openssl/ssl.h>

namespace provost {
namespace {

using namespace test;

using SslContext = std::unique_ptr<SSL_CTX, OpensslFree<SSL_CTX_free>>;
using SslHandle = std::unique_ptr<SSL, OpensslFree<SSL_free>>;

struct Seen {
    X509Handle leaf;
    int verified = 0;
};

int on_client_certificate(X509_STORE_CTX* store, void* argument) {
    auto& seen = *static_cast<Seen*>(argument);
    X509* const leaf = X509_STORE_CTX_get0_cert(store);
    X509_up_ref(leaf);
    seen.leaf.reset(leaf);
    ++seen.verified;
    return 1;
}

// Lets both ends speak until neither has anything left to say.
bool shake_hands(SSL* server, SSL* client) {
    BIO* server_side = nullptr;
    BIO* client_side = nullptr;
    BIO_new_bio_pair(&server_side, 0, &client_side, 0);
    SSL_set_bio(server, server_side, server_side);
    SSL_set_bio(client, client_side, client_side);
    SSL_set_accept_state(server);
    SSL_set_connect_state(client);
    for (int round = 0; round < 20; ++round) {
        const int connected = SSL_do_handshake(client);
        const int accepted = SSL_do_handshake(server);
        if (connected == 1 && accepted == 1) return true;
    }
    return false;
}

SslContext server_context(const LibraryContext& library, const IssuedCertificate& own, int version,
                          Seen& seen) {
    SslContext context(SSL_CTX_new_ex(library.get(), nullptr, TLS_server_method()));
    SSL_CTX_set_min_proto_version(context.get(), version);
    SSL_CTX_set_max_proto_version(context.get(), version);
    EXPECT_EQ(SSL_CTX_use_certificate(context.get(), own.certificate.get()), 1);
    EXPECT_EQ(SSL_CTX_use_PrivateKey(context.get(), own.key.get()), 1);
    EXPECT_EQ(SSL_CTX_check_private_key(context.get()), 1);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_cert_verify_callback(context.get(), on_client_certificate, &seen);
    return context;
}

SslContext client_context(const IssuedCertificate& own) {
    SslContext context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_use_certificate(context.get(), own.certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), own.key.get());
    return context;
}

class NarrowHandshake : public ::testing::TestWithParam<std::tuple<int, KeyType, KeyType>> {};

TEST_P(NarrowHandshake, R_A1_MutualTlsHoldsAndTheChainIsJudged) {
    const auto [version, server_key, client_key] = GetParam();
    const LibraryContext library = make_narrow_context();
    ASSERT_NE(library, nullptr);
    const auto ca = make_root("Acme Root");
    auto order = phone_order({{"CN", "localhost"}}, server_key);
    order.extensions = server_extensions({"localhost"});
    const auto phone = must(ca.issue(phone_order({{"CN", "001565aabbcc"}}, client_key)));
    Seen seen;
    const SslContext server = server_context(library, must(ca.issue(order)), version, seen);
    const SslContext client = client_context(phone);
    const SslHandle server_end(SSL_new(server.get()));
    const SslHandle client_end(SSL_new(client.get()));
    ASSERT_TRUE(shake_hands(server_end.get(), client_end.get())) << openssl_reason();
    EXPECT_EQ(SSL_version(server_end.get()), version);
    EXPECT_EQ(seen.verified, 1);

    // A leaf decoded in the narrow context, against anchors decoded in the stock one.
    const auto store = must(TrustStore::make({anchor_of(ca, "acme")}, {}));
    const auto verdict = store->verify(seen.leaf.get(), SSL_get_peer_cert_chain(server_end.get()), today);
    EXPECT_EQ(verdict.fault, ChainFault::none) << verdict.detail;
    EXPECT_EQ(must(read_certificate(seen.leaf.get())).key,
              must(read_certificate(phone.certificate.get())).key);
}

INSTANTIATE_TEST_SUITE_P(All, NarrowHandshake,
                         ::testing::Combine(::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                                            ::testing::Values(KeyType::rsa_2048, KeyType::ec_p256),
                                            ::testing::Values(KeyType::rsa_2048, KeyType::ec_p256,
                                                              KeyType::ec_p384)));

TEST(NarrowContext, DecodesNoOtherKeys) {
    const LibraryContext library = make_narrow_context();
    ASSERT_NE(library, nullptr);
    const auto ca = make_root("Acme Root");
    const auto odd = must(ca.issue(phone_order({{"CN", "a"}}, KeyType::ed25519)));
    const std::string der = odd.certificate_der();
    const auto* bytes = as_bytes(der).data();
    X509* certificate = X509_new_ex(library.get(), nullptr);
    ASSERT_NE(d2i_X509(&certificate, &bytes, static_cast<long>(der.size())), nullptr);
    const X509Handle owned(certificate);
    EXPECT_EQ(X509_get0_pubkey(certificate), nullptr);
    const auto facts = must(read_certificate(certificate));
    EXPECT_EQ(facts.key_type, "ED25519");
    EXPECT_EQ(facts.key_bits, 0);
    const auto store = must(TrustStore::make({anchor_of(ca, "acme")}, {}));
    EXPECT_EQ(store->verify(certificate, nullptr, today).fault, ChainFault::untrusted);
}

TEST(NarrowContext, IsIndependentOfOthers) {
    const LibraryContext one = make_narrow_context();
    LibraryContext other = make_narrow_context();
    ASSERT_TRUE(one != nullptr && other != nullptr);
    other.reset();
    const std::unique_ptr<EVP_MD, OpensslFree<EVP_MD_free>> digest(
        EVP_MD_fetch(one.get(), "SHA2-256", nullptr));
    EXPECT_NE(digest, nullptr);
}

double micros_per_decode(OSSL_LIB_CTX* library, const std::string& der) {
    constexpr int rounds = 300;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < rounds; ++i) {
        X509* certificate = X509_new_ex(library, nullptr);
        const auto* bytes = as_bytes(der).data();
        d2i_X509(&certificate, &bytes, static_cast<long>(der.size()));
        EXPECT_NE(X509_get0_pubkey(certificate), nullptr);
        X509_free(certificate);
    }
    const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - start;
    return spent.count() / rounds;
}

// The reason why this context exists; figures in docs/benchmarks.md come from an optimised build.
TEST(NarrowContext, DecodesFasterThanTheStockContext) {
    const LibraryContext library = make_narrow_context();
    ASSERT_NE(library, nullptr);
    const auto ca = make_root("Acme Root");
    for (const KeyType type : {KeyType::rsa_2048, KeyType::ec_p256}) {
        const std::string der = must(ca.issue(phone_order({{"CN", "a"}}, type))).certificate_der();
        micros_per_decode(library.get(), der);
        const double stock = micros_per_decode(nullptr, der);
        const double narrow = micros_per_decode(library.get(), der);
        std::cout << (type == KeyType::rsa_2048 ? "RSA-2048" : "P-256") << " certificate decoded: stock "
                  << stock << " us, narrow " << narrow << " us\n";
        EXPECT_LT(narrow, stock);
    }
}

}  // namespace
}  // namespace provost
