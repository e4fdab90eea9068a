#include "crypto/library_context.h"

#include "crypto/certificate_authority.h"
#include "crypto/openssl.h"

#include <string_view>
#include <vector>

#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/provider.h>

namespace provost {

namespace {

constexpr const char* provider_name = "provost-narrow";

// The provider whose algorithms the narrow one passes on. An algorithm's functions are called with the
// context of the provider that offers it; they need the stock provider's, so there is no place for a context
// of our own and these two are found as constants of the process instead.
OSSL_PROVIDER* stock_provider() {
    static OSSL_PROVIDER* const stock = OSSL_PROVIDER_load(nullptr, "default");
    return stock;
}

bool is_wanted_decoder(const OSSL_ALGORITHM& decoder) {
    const std::string_view names = decoder.algorithm_names;
    const std::string_view properties = decoder.property_definition;
    const std::string_view first = names.substr(0, names.find(':'));
    return (first == "RSA" || first == "EC") && properties.find("input=der") != std::string_view::npos &&
           properties.find("structure=SubjectPublicKeyInfo") != std::string_view::npos;
}

std::vector<OSSL_ALGORITHM> choose_decoders() {
    int no_cache = 0;
    std::vector<OSSL_ALGORITHM> chosen;
    const OSSL_ALGORITHM* all = OSSL_PROVIDER_query_operation(stock_provider(), OSSL_OP_DECODER, &no_cache);
    for (; all != nullptr && all->algorithm_names != nullptr; ++all)
        if (is_wanted_decoder(*all)) chosen.push_back(*all);
    chosen.push_back({nullptr, nullptr, nullptr, nullptr});  // the end, to OpenSSL
    return chosen;
}

const OSSL_ALGORITHM* narrow_decoders() {
    static const std::vector<OSSL_ALGORITHM> chosen = choose_decoders();
    return chosen.data();
}

const OSSL_ALGORITHM* query_operation(void*, int operation, int* no_cache) {
    if (operation != OSSL_OP_DECODER)
        return OSSL_PROVIDER_query_operation(stock_provider(), operation, no_cache);
    *no_cache = 0;
    return narrow_decoders();
}

void unquery_operation(void*, int operation, const OSSL_ALGORITHM* algorithms) {
    if (operation != OSSL_OP_DECODER)
        OSSL_PROVIDER_unquery_operation(stock_provider(), operation, algorithms);
}

int get_capabilities(void*, const char* capability, OSSL_CALLBACK* callback, void* argument) {
    return OSSL_PROVIDER_get_capabilities(stock_provider(), capability, callback, argument);
}

const OSSL_PARAM* gettable_params(void*) {
    return OSSL_PROVIDER_gettable_params(stock_provider());
}

int get_params(void*, OSSL_PARAM params[]) {
    return OSSL_PROVIDER_get_params(stock_provider(), params);
}

template <class Function>
OSSL_DISPATCH entry(int id, Function* function) {
    return {id, reinterpret_cast<void (*)()>(function)};
}

// provider(7): what a provider gives to the core, and what the core keeps as its context.
int start_provider(const OSSL_CORE_HANDLE*, const OSSL_DISPATCH*, const OSSL_DISPATCH** offered,
                   void** context) {
    static const OSSL_DISPATCH functions[] = {entry(OSSL_FUNC_PROVIDER_QUERY_OPERATION, query_operation),
                                              entry(OSSL_FUNC_PROVIDER_UNQUERY_OPERATION, unquery_operation),
                                              entry(OSSL_FUNC_PROVIDER_GET_CAPABILITIES, get_capabilities),
                                              entry(OSSL_FUNC_PROVIDER_GETTABLE_PARAMS, gettable_params),
                                              entry(OSSL_FUNC_PROVIDER_GET_PARAMS, get_params),
                                              {0, nullptr}};
    if (stock_provider() == nullptr) return 0;
    *offered = functions;
    *context = OSSL_PROVIDER_get0_provider_ctx(stock_provider());
    return 1;
}

// Whether the context decodes the public key of a certificate as the stock one does.
bool decodes(OSSL_LIB_CTX* context, KeyType type) {
    const auto key = generate_key(type);
    if (!key) return false;
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key->get(), &der);
    const OpensslBytes owned(der);
    const unsigned char* start = der;
    const KeyHandle decoded(size > 0 ? d2i_PUBKEY_ex(nullptr, &start, size, context, nullptr) : nullptr);
    return decoded != nullptr && EVP_PKEY_eq(decoded.get(), key->get()) == 1;
}

}  // namespace

LibraryContext make_narrow_context() {
    const QuietErrors quiet;
    OSSL_LIB_CTX* const context = OSSL_LIB_CTX_new();
    if (context == nullptr) return nullptr;
    OSSL_PROVIDER* const narrow = OSSL_PROVIDER_add_builtin(context, provider_name, start_provider) == 1
                                      ? OSSL_PROVIDER_load(context, provider_name)
                                      : nullptr;
    LibraryContext made(context, [narrow](OSSL_LIB_CTX* dying) {
        if (narrow != nullptr) OSSL_PROVIDER_unload(narrow);
        OSSL_LIB_CTX_free(dying);
    });
    const bool works =
        narrow != nullptr && decodes(context, KeyType::ec_p256) && decodes(context, KeyType::rsa_1024);
    return works ? made : nullptr;
}

}  // namespace provost
