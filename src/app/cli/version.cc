#include "app/cli/command.h"

#include <iostream>

#include <boost/json.hpp>
#include <boost/version.hpp>
#include <curl/curl.h>
#include <libfyaml.h>
#include <openssl/crypto.h>
#include <pugixml.hpp>
#include <seccomp.h>
#include <sodium.h>
#include <sqlite3.h>
#include <zlib.h>

namespace provost::cli {

namespace {

// By the names of Debian's source packages, as
// https://security-tracker.debian.org/tracker/source-package/NAME lists their advisories. `running` is what
// the loaded library says; what is compiled in says it at build time.
struct Library {
    std::string name, running, use;
};

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

std::vector<Library> libraries() {
    return {{"openssl", OpenSSL_version(OPENSSL_VERSION_STRING), "TLS, certificates, key wrapping"},
            {"libsodium", sodium_version_string(), "sealing, random numbers"},
            {"libseccomp", seccomp_version_text(), "the sandbox"},
            {"sqlite3", sqlite3_libversion(), "the store"},
            {"boost1.81", boost_version(), "event loops, JSON"},
            {"curl", curl_version_info(CURLVERSION_NOW)->version, "the simulated phones"},
            {"libfyaml", fy_library_version(), "vendor files, configuration"},
            {"pugixml", dotted(PUGIXML_VERSION), "XML that is read back"},
            {"zlib", zlibVersion(), "pictures of what phones fetched"}};
}

void show(const Shell& shell, bool all) {
    if (!all && shell.output == "table") {
        std::cout << "provost " << PROVOST_VERSION << "\n";
        return;
    }
    json::array items{
        json::object{{"name", "provost"}, {"version", PROVOST_VERSION}, {"use", "this program"}}};
    if (all)
        for (const auto& one : libraries())
            items.push_back({{"name", one.name}, {"version", one.running}, {"use", one.use}});
    print_items(shell, items, {{"NAME", "name"}, {"VERSION", "version"}, {"USE", "use"}});
}

}  // namespace

void add_version(Command root, Shell& shell) {
    auto command = root.add("version", "this program's version");
    const auto all = std::make_shared<bool>(false);
    command.flag("--all", *all, "and those of the libraries it runs with");
    command.action([&shell, all] { show(shell, *all); });
}

}  // namespace provost::cli
