#include "app/library_versions.h"

#include "registrar/database/versions.h"

#include <boost/version.hpp>
#include <curl/curl.h>
#include <libfyaml.h>
#include <openssl/crypto.h>
#include <pugixml.hpp>
#include <seccomp.h>
#include <sodium.h>
#include <sqlite3.h>
#include <zlib.h>

namespace provost {

namespace {

std::string dotted(int number) {  // 1150 is 1.15, as pugixml counts
    return std::to_string(number / 1000) + "." + std::to_string(number % 1000 / 10);
}

std::string boost_version() {
    return std::to_string(BOOST_VERSION / 100'000) + "." + std::to_string(BOOST_VERSION / 100 % 1000) + "." +
           std::to_string(BOOST_VERSION % 100);
}

std::string seccomp_version_text() {
    const auto* const version = seccomp_version();
    return std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
           std::to_string(version->micro);
}

}  // namespace

std::vector<Library> libraries() {
    return {{"openssl", OpenSSL_version(OPENSSL_VERSION_STRING), "TLS, certificates, key wrapping"},
            {"libsodium", sodium_version_string(), "sealing, random numbers"},
            {"libseccomp", seccomp_version_text(), "the sandbox"},
            {"sqlite3", sqlite3_libversion(), "the store"},
            {"postgresql-15", registrar::postgresql_client_version(), "registrars' databases"},
            {"mariadb", registrar::mariadb_client_version(), "registrars' databases"},
            {"boost1.81", boost_version(), "event loops, JSON"},
            {"curl", curl_version_info(CURLVERSION_NOW)->version, "alerts, audit heads, the release feed"},
            {"libfyaml", fy_library_version(), "vendor files, configuration"},
            {"pugixml", dotted(PUGIXML_VERSION), "XML that is read back"},
            {"zlib", zlibVersion(), "pictures of what phones fetched"}};
}

}  // namespace provost
