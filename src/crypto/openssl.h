// Owners of OpenSSL's objects, and its words for what went wrong. For .cc files that speak to OpenSSL.
#pragma once

#include "base/clock.h"
#include "base/error.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace provost {

template <auto free_function>
struct OpensslFree {
    template <class T>
    void operator()(T* object) const noexcept {
        free_function(object);
    }
};

inline void free_certificates(STACK_OF(X509) * stack) {
    sk_X509_pop_free(stack, X509_free);
}
inline void free_lists(STACK_OF(X509_CRL) * stack) {
    sk_X509_CRL_pop_free(stack, X509_CRL_free);
}
inline void free_openssl_memory(void* memory) {
    OPENSSL_free(memory);
}

using BioHandle = std::unique_ptr<BIO, OpensslFree<BIO_free_all>>;
using X509Handle = std::unique_ptr<X509, OpensslFree<X509_free>>;
using CrlHandle = std::unique_ptr<X509_CRL, OpensslFree<X509_CRL_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;
using X509Stack = std::unique_ptr<STACK_OF(X509), OpensslFree<free_certificates>>;
using CrlStack = std::unique_ptr<STACK_OF(X509_CRL), OpensslFree<free_lists>>;
using OpensslBytes = std::unique_ptr<unsigned char, OpensslFree<free_openssl_memory>>;

// Reads from `text` without copying it: `text` must outlive the handle. Null for texts of 2 GiB and more.
BioHandle read_from(std::string_view text);
BioHandle write_to_memory();
std::string_view written(BIO* memory);

std::optional<Timestamp> from_asn1(const ASN1_TIME* time);  // nullopt if it is no time

// RFC 2253, as OpenSSL prints it.
std::string to_text(const X509_NAME* name);

// For PEM readers: nobody is there to be asked for a passphrase.
int no_passphrase(char* buffer, int size, int writing, void* user);

// Leaves the thread's error queue as it was: a leftover would be taken for an error of the TLS connection.
class QuietErrors {
 public:
    QuietErrors() { ERR_set_mark(); }
    ~QuietErrors() { ERR_pop_to_mark(); }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;
};

// The error on top of this thread's queue in OpenSSL's words; empties the queue.
std::string openssl_reason();
Error openssl_failure(std::string code, std::string what);

}  // namespace provost
