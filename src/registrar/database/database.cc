#include "registrar/database/backends.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <netdb.h>

namespace provost::registrar {

namespace {

struct Lookup {
    std::mutex mutex;
    std::condition_variable done;
    bool ended = false;
    std::vector<std::string> found;
};

std::vector<std::string> look_up(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0) return {};
    std::vector<std::string> found;
    for (const auto* one = list; one != nullptr && found.size() < 4; one = one->ai_next) {
        char text[NI_MAXHOST];
        if (getnameinfo(one->ai_addr, one->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0)
            found.emplace_back(text);
    }
    freeaddrinfo(list);
    return found;
}

}  // namespace

// The resolver knows no deadline, so it has a thread of its own.
std::vector<std::string> addresses_of(const std::string& host, Deadline deadline) {
    auto lookup = std::make_shared<Lookup>();
    std::thread([lookup, host] {
        auto found = look_up(host);
        const std::lock_guard lock(lookup->mutex);
        lookup->found = std::move(found);
        lookup->ended = true;
        lookup->done.notify_one();
    }).detach();
    std::unique_lock lock(lookup->mutex);
    lookup->done.wait_until(lock, deadline, [&] { return lookup->ended; });
    return lookup->found;
}

std::chrono::milliseconds left_until(Deadline deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return std::max(left, std::chrono::milliseconds(0));
}

Error unreachable(const DatabaseUrl& url, std::string why) {
    return {std::string(code::unreachable), "the registrar's database is not there", url.text(),
            std::move(why), "It is tried again; see that it runs and is reached from here"};
}

Error login_refused(const DatabaseUrl& url, std::string why) {
    return {std::string(code::login), "the registrar's database does not let the server in", url.text(),
            std::move(why), "Check user, password file, CA file and the database's name"};
}

Error schema_missing(const DatabaseUrl& url, std::string why) {
    return {std::string(code::schema), "the registrar's database lacks a table, a column or a right",
            url.text(), std::move(why),
            "Run the SQL of docs/how-to/connect-a-registrar.md in it, and see the registrar's version"};
}

Error value_refused(const DatabaseUrl& url, std::string why) {
    return {std::string(code::refused), "the registrar's database refuses the account", url.text(),
            std::move(why), "Give the line a user name and realm that it can hold"};
}

Error row_taken(const DatabaseUrl& url) {
    return {std::string(code::taken), "the account is there already", url.text(),
            "somebody else made it in the registrar",
            "Remove it there, or set adopt: true for this registrar to take it over"};
}

Error too_late(const DatabaseUrl& url) {
    return {std::string(code::late), "the registrar's database was too slow", url.text(),
            "no time was left for this account", "It is tried again"};
}

Error busy(const DatabaseUrl& url, std::string why) {
    return {std::string(code::busy), "others hold what is needed in the registrar's database", url.text(),
            std::move(why), "It is tried again"};
}

Result<std::unique_ptr<Database>> open_database(DatabaseSettings settings) {
    if (!settings.url.is_local() && settings.ca_file.empty())
        return fail({"P-8208", "a database on another machine needs a CA file", "ca_file",
                     "what is sent to it logs phones in",
                     "Name the CA that signed the server's certificate"});
    switch (settings.url.dialect) {
        case Dialect::postgresql:
            return make_postgresql(std::move(settings));
        case Dialect::mysql:
            return make_mariadb(std::move(settings));
        case Dialect::sqlite:
            break;
    }
    return make_sqlite(std::move(settings));
}

}  // namespace provost::registrar
