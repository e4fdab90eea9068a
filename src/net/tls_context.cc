#include "net/tls_context.h"

#include "crypto/openssl.h"

#include <cstring>
#include <set>
#include <string>

#include <fcntl.h>
#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace provost {

namespace {

// SECURITY section 6: limits on what a peer may make us read and compute.
constexpr long max_certificate_bytes = 16 * 1024;
constexpr int max_certificates = 4;
constexpr int max_key_bits = 4096;

constexpr auto groups = "X25519:P-256:P-384";
constexpr auto signatures =
    "ECDSA+SHA256:rsa_pss_rsae_sha256:RSA+SHA256:ECDSA+SHA384:rsa_pss_rsae_sha384:RSA+SHA384:"
    "rsa_pss_rsae_sha512:RSA+SHA512";
constexpr auto suites_1_3 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr auto suites_1_2 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:"
    "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305";

// Of an old door, after those above. Phones of 2005 know DHE-RSA-AES, so that even they get forward secrecy.
constexpr auto old_signatures = ":RSA+SHA1:ECDSA+SHA1";
constexpr auto old_suites =
    ":DHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:DHE-RSA-AES128-SHA"
    ":ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA:DHE-RSA-AES256-SHA";
constexpr auto old_group = "ffdhe2048";

Error certificate_error(const ServerIdentity& identity, std::string why) {
    return {"P-7001", "the server certificate can't be used", identity.certificate.string(), std::move(why),
            "Give a PEM file: the server's certificate first, then its issuers"};
}

Error key_error(const ServerIdentity& identity, std::string why, std::string fix) {
    return {"P-7002", "the server key can't be used", identity.key.string(), std::move(why), std::move(fix)};
}

// In the stock library context: the narrow one has no decoders for private keys.
Result<KeyHandle> read_key(const ServerIdentity& identity) {
    const int fd = ::open(identity.key.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return fail(key_error(identity, std::strerror(errno), "Check the path and the file's owner"));
    struct stat status {};
    const bool strict = ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 07177) == 0;
    if (!strict) {
        ::close(fd);
        return fail(key_error(identity, "others than its owner may read or write it", "chmod 0600 the file"));
    }
    const BioHandle file(BIO_new_fd(fd, BIO_CLOSE));
    KeyHandle key(PEM_read_bio_PrivateKey(file.get(), nullptr, no_passphrase, nullptr));
    if (!key) return fail(key_error(identity, openssl_reason(), "Give a PEM key without a pass phrase"));
    return key;
}

Status use_identity(SSL_CTX* context, const ServerIdentity& identity, std::set<int>& kinds) {
    ERR_clear_error();
    if (SSL_CTX_use_certificate_chain_file(context, identity.certificate.c_str()) != 1)
        return fail(certificate_error(identity, openssl_reason()));
    PROVOST_TRY(KeyHandle key, read_key(identity));
    if (!kinds.insert(EVP_PKEY_get_base_id(key.get())).second)
        return fail(
            certificate_error(identity, "another certificate with this kind of key is given already"));
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 || SSL_CTX_check_private_key(context) != 1)
        return fail(key_error(identity, openssl_reason(), "Give the key that belongs to the certificate"));
    return {};
}

// Only limits are checked here. Who the peer is, is judged when it has proved that it holds the key: a
// certificate alone can be copied from the wire.
int accept_certificate(X509_STORE_CTX* store, void*) {
    EVP_PKEY* const key = X509_get0_pubkey(X509_STORE_CTX_get0_cert(store));
    const bool within = key != nullptr && EVP_PKEY_get_bits(key) <= max_key_bits &&
                        sk_X509_num(X509_STORE_CTX_get0_untrusted(store)) <= max_certificates;
    X509_STORE_CTX_set_error(store, within ? X509_V_OK : X509_V_ERR_CERT_CHAIN_TOO_LONG);
    return within ? 1 : 0;
}

// Never smaller than this, whatever the server's own key is.
bool use_dh_group(SSL_CTX* context, OSSL_LIB_CTX* library) {
    std::string name(old_group);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size()),
        OSSL_PARAM_construct_end()};
    const std::unique_ptr<EVP_PKEY_CTX, OpensslFree<EVP_PKEY_CTX_free>> maker(
        EVP_PKEY_CTX_new_from_name(library, "DH", nullptr));
    EVP_PKEY* made = nullptr;
    if (!maker || EVP_PKEY_paramgen_init(maker.get()) != 1 ||
        EVP_PKEY_CTX_set_params(maker.get(), parameters) != 1 || EVP_PKEY_paramgen(maker.get(), &made) != 1)
        return false;
    KeyHandle group(made);
    if (SSL_CTX_set0_tmp_dh_pkey(context, group.get()) != 1) return false;
    (void)group.release();  // the context's now
    return true;
}

bool allow_modern(SSL_CTX* context) {
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1 &&
           SSL_CTX_set1_sigalgs_list(context, signatures) == 1 &&
           SSL_CTX_set_ciphersuites(context, suites_1_3) == 1 &&
           SSL_CTX_set_cipher_list(context, suites_1_2) == 1;
}

// OpenSSL 3.0 speaks TLS 1.0 and 1.1 at level 0 only, for their handshakes are signed over MD5 and SHA-1. The
// level is this context's alone.
bool allow_old(SSL_CTX* context, OSSL_LIB_CTX* library) {
    SSL_CTX_set_security_level(context, 0);
    return SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set1_sigalgs_list(context, (std::string(signatures) + old_signatures).c_str()) == 1 &&
           SSL_CTX_set_cipher_list(context, (std::string(suites_1_2) + old_suites).c_str()) == 1 &&
           use_dh_group(context, library);
}

bool apply_profile(SSL_CTX* context, OSSL_LIB_CTX* library, TlsProfile profile) {
    SSL_CTX_set_security_level(context, 2);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                     // A bare FIN is an orderly end; an alert into a closed socket would be
                                     // answered by a reset. Requests say their own length, so nothing is cut.
                                     SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_read_ahead(context, 1);  // one recv a flight instead of two a record
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_max_early_data(context, 0);
    SSL_CTX_set_max_cert_list(context, max_certificate_bytes);
    SSL_CTX_set_verify(context, profile == TlsProfile::web ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context, accept_certificate, nullptr);
    return SSL_CTX_set_num_tickets(context, 0) == 1 && SSL_CTX_set1_groups_list(context, groups) == 1 &&
           (profile == TlsProfile::old ? allow_old(context, library) : allow_modern(context));
}

}  // namespace

Result<TlsContext> make_tls_context(const std::vector<ServerIdentity>& identities, OSSL_LIB_CTX* library,
                                    TlsProfile profile) {
    if (identities.empty())
        return fail(
            {"P-7001", "the door has no server certificate", "", "", "Name a certificate and its key"});
    TlsContext context(SSL_CTX_new_ex(library, nullptr, TLS_server_method()), SSL_CTX_free);
    if (!context || !apply_profile(context.get(), library, profile))
        return fail(
            {"P-7004", "the TLS library can't be set up", "", openssl_reason(), "Check the OpenSSL install"});
    std::set<int> kinds;
    for (const auto& identity : identities) PROVOST_CHECK(use_identity(context.get(), identity, kinds));
    return context;
}

std::vector<IdentityDates> dates_of(SSL_CTX* context) {
    std::vector<IdentityDates> all;
    for (long which = SSL_CERT_SET_FIRST; SSL_CTX_set_current_cert(context, which) == 1;
         which = SSL_CERT_SET_NEXT) {
        const X509* const leaf = SSL_CTX_get0_certificate(context);
        const auto from = from_asn1(X509_get0_notBefore(leaf));
        const auto until = from_asn1(X509_get0_notAfter(leaf));
        const EVP_PKEY* const key = X509_get0_pubkey(leaf);
        const char* const type = key == nullptr ? nullptr : EVP_PKEY_get0_type_name(key);
        if (from && until) all.push_back({type == nullptr ? "other" : type, *from, *until});
    }
    return all;
}

}  // namespace provost
