#include "sip/tls_session.h"

#include "crypto/openssl.h"
#include "domain/network.h"

#include <openssl/ssl.h>
#include <poll.h>

namespace provost {

namespace {

using ContextHandle = std::unique_ptr<SSL_CTX, OpensslFree<SSL_CTX_free>>;
using SslHandle = std::unique_ptr<SSL, OpensslFree<SSL_free>>;

Error bad_material(const char* what) {
    return {"P-8304", std::string(what) + " can't be used", "", openssl_reason(),
            "Give PEM that belongs together."};
}

Status trust(SSL_CTX* context, const std::string& authorities) {
    if (authorities.empty()) {
        SSL_CTX_set_default_verify_paths(context);
        return {};
    }
    const auto bio = read_from(authorities);
    int taken = 0;
    for (;; ++taken) {
        const X509Handle one(PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr));
        if (one == nullptr) break;
        if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), one.get()) != 1) break;
    }
    if (taken == 0) return fail(bad_material("the CA certificate"));
    ERR_clear_error();  // the end of the text
    return {};
}

Status show(SSL_CTX* context, const SipTls& tls) {
    if (tls.certificate.empty()) return {};
    const auto bio = read_from(tls.certificate);
    const X509Handle own(PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr));
    if (own == nullptr || SSL_CTX_use_certificate(context, own.get()) != 1)
        return fail(bad_material("the certificate"));
    while (const X509Handle next{PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr)})
        SSL_CTX_add1_chain_cert(context, next.get());
    ERR_clear_error();
    const auto key_bio = read_from(tls.key.expose());
    const KeyHandle key(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, no_passphrase, nullptr));
    if (key == nullptr || SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        return fail(bad_material("the key"));
    return {};
}

bool expect_name(SSL* ssl, const std::string& host) {
    if (IpAddress::parse(host)) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1;
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    std::string name = host;  // what the macro of OpenSSL would cast
    return SSL_set1_host(ssl, host.c_str()) == 1 &&
           SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) == 1;
}

class OpensslSession final : public TlsSession {
 public:
    OpensslSession(ContextHandle context, SslHandle ssl)
        : context_(std::move(context)), ssl_(std::move(ssl)) {}

    StreamStep shake_hands() override {
        ERR_clear_error();
        const int done = SSL_connect(ssl_.get());
        if (done == 1) return {1, 0, {}};
        if (const auto waits = waits_for(done); waits != 0) return {0, waits, {}};
        if (const auto verdict = SSL_get_verify_result(ssl_.get()); verdict != X509_V_OK)
            return {0, 0, std::string("its certificate: ") + X509_verify_cert_error_string(verdict)};
        return {0, 0, "TLS: " + openssl_reason()};
    }
    StreamStep read(std::span<char> room) override {
        ERR_clear_error();
        return step(SSL_read(ssl_.get(), room.data(), static_cast<int>(room.size())));
    }
    StreamStep write(std::string_view bytes) override {
        ERR_clear_error();
        return step(SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())));
    }
    [[nodiscard]] std::string version() const override { return SSL_get_version(ssl_.get()); }

 private:
    [[nodiscard]] short waits_for(int done) const {
        const int error = SSL_get_error(ssl_.get(), done);
        if (error == SSL_ERROR_WANT_READ) return POLLIN;
        return error == SSL_ERROR_WANT_WRITE ? POLLOUT : 0;
    }
    [[nodiscard]] StreamStep step(int done) const {
        if (done > 0) return {static_cast<std::size_t>(done), 0, {}};
        if (const auto waits = waits_for(done); waits != 0) return {0, waits, {}};
        return {0, 0, "it closed the connection"};
    }

    ContextHandle context_;
    SslHandle ssl_;
};

}  // namespace

Result<std::unique_ptr<TlsSession>> TlsSession::open(int socket, const SipTarget& target, const SipTls& tls) {
    ContextHandle context(SSL_CTX_new(TLS_client_method()));
    if (context == nullptr) return fail(bad_material("TLS"));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    PROVOST_CHECK(trust(context.get(), tls.authorities));
    PROVOST_CHECK(show(context.get(), tls));
    SslHandle ssl(SSL_new(context.get()));
    if (ssl == nullptr || !expect_name(ssl.get(), target.host) || SSL_set_fd(ssl.get(), socket) != 1)
        return fail(bad_material("TLS"));
    return std::make_unique<OpensslSession>(std::move(context), std::move(ssl));
}

}  // namespace provost
