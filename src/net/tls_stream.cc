#include "net/tls_stream.h"

#include <cerrno>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace provost {

// OpenSSL's own socket BIO raises SIGPIPE and asks the kernel once more after a short read. This one does
// neither.
struct TlsStream::Wire {
    static bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

    static int write(BIO* bio, const char* bytes, int size) {
        auto& stream = *static_cast<TlsStream*>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        const auto sent = ::send(stream.socket_, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
        if (sent >= 0) stream.bytes_ += static_cast<std::uint64_t>(sent);
        if (sent >= 0) return static_cast<int>(sent);
        if (would_block())
            BIO_set_retry_write(bio);
        else
            stream.failed_ = true;
        return -1;
    }

    static int read(BIO* bio, char* room, int size) {
        auto& stream = *static_cast<TlsStream*>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        if (stream.drained_) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const auto got = ::recv(stream.socket_, room, static_cast<std::size_t>(size), 0);
        stream.drained_ = got < size;
        if (got > 0) stream.bytes_ += static_cast<std::uint64_t>(got);
        if (got > 0) return static_cast<int>(got);
        if (got == 0)
            stream.ended_ = true;
        else if (would_block())
            BIO_set_retry_read(bio);
        else
            stream.failed_ = true;
        return got == 0 ? 0 : -1;
    }

    static long control(BIO* bio, int command, long, void*) {
        if (command == BIO_CTRL_EOF) return static_cast<TlsStream*>(BIO_get_data(bio))->ended_ ? 1 : 0;
        return command == BIO_CTRL_FLUSH || command == BIO_CTRL_DUP ? 1 : 0;
    }

    static int create(BIO* bio) {
        BIO_set_init(bio, 1);
        return 1;
    }

    static BIO_METHOD* method() {
        static BIO_METHOD* const made = [] {
            BIO_METHOD* fresh = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "phone socket");
            BIO_meth_set_write(fresh, write);
            BIO_meth_set_read(fresh, read);
            BIO_meth_set_ctrl(fresh, control);
            BIO_meth_set_create(fresh, create);
            return fresh;
        }();
        return made;
    }
};

TlsStream::TlsStream(SSL_CTX* context, int socket) : socket_(socket) {
    BIO* const wire = BIO_new(Wire::method());
    ssl_ = SSL_new(context);
    if (wire == nullptr || ssl_ == nullptr) {
        BIO_free(wire);
        SSL_free(ssl_);
        ssl_ = nullptr;
        return;
    }
    BIO_set_data(wire, this);
    SSL_set_bio(ssl_, wire, wire);
    SSL_set_accept_state(ssl_);
}

TlsStream::~TlsStream() {
    SSL_free(ssl_);
}

TlsResult TlsStream::outcome(int returned) {
    switch (SSL_get_error(ssl_, returned)) {
        case SSL_ERROR_WANT_READ:
            return TlsResult::want_read;
        case SSL_ERROR_WANT_WRITE:
            return TlsResult::want_write;
        case SSL_ERROR_ZERO_RETURN:
            return TlsResult::closed;
        default:
            break;
    }
    const bool in_order = ended_ && !failed_;
    failed_ = true;
    return in_order ? TlsResult::closed : TlsResult::broken;
}

TlsResult TlsStream::handshake() {
    ERR_clear_error();
    const int returned = SSL_do_handshake(ssl_);
    return returned == 1 ? TlsResult::done : outcome(returned);
}

HandshakeFault TlsStream::handshake_fault() const {
    const auto error = ERR_peek_error();
    if (error == 0 || ERR_GET_LIB(error) != ERR_LIB_SSL)
        return ended_ || failed_ ? HandshakeFault::left : HandshakeFault::other;
    const int reason = ERR_GET_REASON(error);
    if (reason > SSL_AD_REASON_OFFSET) return HandshakeFault::alert;
    switch (reason) {
        case SSL_R_HTTP_REQUEST:
        case SSL_R_HTTPS_PROXY_REQUEST:
        case SSL_R_WRONG_VERSION_NUMBER:
        case SSL_R_BAD_RECORD_TYPE:
            return HandshakeFault::not_tls;
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_VERSION_TOO_LOW:
        case SSL_R_NO_PROTOCOLS_AVAILABLE:
            return HandshakeFault::version;
        case SSL_R_NO_SHARED_CIPHER:
        case SSL_R_NO_SHARED_GROUPS:
        case SSL_R_NO_SUITABLE_KEY_SHARE:
        case SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS:
        case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
            return HandshakeFault::cipher;
        case SSL_R_CERTIFICATE_VERIFY_FAILED:
        case SSL_R_EXCESSIVE_MESSAGE_SIZE:
        case SSL_R_BAD_SIGNATURE:
        case SSL_R_UNKNOWN_CERTIFICATE_TYPE:
            return HandshakeFault::certificate;
        case SSL_R_UNEXPECTED_EOF_WHILE_READING:
            return HandshakeFault::left;
        default:
            return HandshakeFault::other;
    }
}

std::optional<HandshakeTrouble> TlsStream::handshake_trouble() const {
    using Kind = HandshakeTrouble::Kind;
    const int version = SSL_client_version(ssl_);
    switch (handshake_fault()) {
        case HandshakeFault::alert:
            return HandshakeTrouble{Kind::alert, ERR_GET_REASON(ERR_peek_error()) - SSL_AD_REASON_OFFSET,
                                    version};
        case HandshakeFault::version:
            return HandshakeTrouble{Kind::version, 0, version};
        case HandshakeFault::cipher:
            return HandshakeTrouble{Kind::cipher, 0, version};
        case HandshakeFault::not_tls:
            return HandshakeTrouble{Kind::not_tls, 0, 0};
        case HandshakeFault::certificate:
        case HandshakeFault::other:
            return HandshakeTrouble{Kind::other, 0, version};
        case HandshakeFault::left:
        case HandshakeFault::timed_out:
            break;
    }
    return std::nullopt;
}

TlsResult TlsStream::read(std::span<char> room, std::size_t& got) {
    ERR_clear_error();
    const int returned = SSL_read_ex(ssl_, room.data(), room.size(), &got);
    return returned == 1 ? TlsResult::done : outcome(returned);
}

TlsResult TlsStream::write(std::string_view bytes, std::size_t& written) {
    ERR_clear_error();
    const int returned = SSL_write_ex(ssl_, bytes.data(), bytes.size(), &written);
    return returned == 1 ? TlsResult::done : outcome(returned);
}

void TlsStream::send_close() {
    if (failed_ || ended_ || SSL_in_init(ssl_) != 0) return;
    char ignored = 0;
    if (::recv(socket_, &ignored, 1, MSG_PEEK) == 0)
        return;  // it has hung up: it would only answer with a reset
    ERR_clear_error();
    SSL_shutdown(ssl_);
}

std::shared_ptr<const Evidence> TlsStream::judge(JudgeCertificate& judge) {
    STACK_OF(X509)* const sent = SSL_get_peer_cert_chain(ssl_);
    auto evidence = judge.judge(SSL_get0_peer_certificate(ssl_), sent);
    // Nobody looks at the issuers again: 5 KiB for each connection that stays open.
    while (sk_X509_num(sent) > 0) X509_free(sk_X509_pop(sent));
    return evidence;
}

std::string TlsStream::description() const {
    return std::string(SSL_get_version(ssl_)) + ' ' + SSL_get_cipher_name(ssl_);
}

}  // namespace provost
