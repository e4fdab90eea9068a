// For benchmarks: HTTPS to a server on this machine. Whatever does not work ends the program and says why.
#pragma once

#include <memory>
#include <string>

#include <openssl/ssl.h>

namespace provost {

struct FreeTls {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};

// Whom a client trusts and what it shows: PEM files.
class HttpsClient {
 public:
    explicit HttpsClient(const std::string& authority, const std::string& identity = {});
    [[nodiscard]] SSL_CTX* context() const { return context_.get(); }

 private:
    std::unique_ptr<SSL_CTX, FreeTls> context_;
};

// A TCP connection to a port of this machine, without delay.
int dial(int port);

struct HttpsReply {
    int status = 0;
    std::string body;
};

// One connection, TLS 1.3, verified; closed in order when it goes.
class HttpsLine {
 public:
    HttpsLine(const HttpsClient& client, int port);
    HttpsLine(HttpsLine&& other) noexcept;
    ~HttpsLine();
    // A whole request; waits for the whole answer.
    HttpsReply ask(const std::string& request);

 private:
    int fd_;
    std::unique_ptr<SSL, FreeTls> ssl_;
};

}  // namespace provost
