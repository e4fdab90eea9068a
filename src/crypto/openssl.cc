#include "crypto/openssl.h"

#include <climits>
#include <utility>

namespace provost {

BioHandle read_from(std::string_view text) {
    if (text.size() > INT_MAX) return nullptr;
    return BioHandle(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

BioHandle write_to_memory() {
    return BioHandle(BIO_new(BIO_s_mem()));
}

std::string_view written(BIO* memory) {
    char* start = nullptr;
    const long size = BIO_get_mem_data(memory, &start);
    return {start, size > 0 ? static_cast<std::size_t>(size) : 0};
}

std::optional<Timestamp> from_asn1(const ASN1_TIME* time) {
    int days = 0;
    int seconds = 0;
    const std::unique_ptr<ASN1_TIME, OpensslFree<ASN1_TIME_free>> epoch(ASN1_TIME_set(nullptr, 0));
    if (time == nullptr || ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) return std::nullopt;
    return Timestamp(std::chrono::days(days) + std::chrono::seconds(seconds));
}

std::string to_text(const X509_NAME* name) {
    const BioHandle out = write_to_memory();
    if (out == nullptr || X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253) < 0) return {};
    return std::string(written(out.get()));
}

int no_passphrase(char*, int, int, void*) {
    return -1;
}

std::string openssl_reason() {
    const unsigned long error = ERR_peek_last_error();
    const char* const words = error == 0 ? nullptr : ERR_reason_error_string(error);
    ERR_clear_error();
    return words == nullptr ? "no reason given" : words;
}

Error openssl_failure(std::string code, std::string what) {
    return {.code = std::move(code), .what = std::move(what), .why = openssl_reason()};
}

}  // namespace provost
