// Real database servers for tests: each lives in a temporary folder, is reached from this machine alone, and
// ends with the program. They refuse to run as root, so root runs them as the user that their package made.
#pragma once

#include "registrar/database/database.h"

#include <csignal>
#include <filesystem>
#include <string>

#include <sys/types.h>

namespace provost::contract {

class DatabaseServer {
 public:
    virtual ~DatabaseServer();
    DatabaseServer(const DatabaseServer&) = delete;
    DatabaseServer& operator=(const DatabaseServer&) = delete;

    void start();  // throws if it does not come up
    void stop();
    // A database of its own, empty, and its URL for the user that may do everything.
    registrar::DatabaseUrl fresh();
    [[nodiscard]] std::uint16_t port() const { return port_; }  // on 127.0.0.1, for `provost` with password()
    [[nodiscard]] std::filesystem::path ca_file() const { return folder_ / "server.crt"; }
    static constexpr const char* password = "canary of a database";
    [[nodiscard]] virtual registrar::DatabaseUrl administrator(const std::string& database) const = 0;

 protected:
    explicit DatabaseServer(const char* user);
    virtual void launch() = 0;                         // sets pid_
    void run(std::vector<std::string> command) const;  // to its end; throws if it fails
    [[nodiscard]] pid_t spawn(std::vector<std::string> command) const;
    void make_certificate() const;

    std::filesystem::path folder_;
    std::string user_;
    std::uint16_t port_ = 0;
    pid_t pid_ = 0;
    int end_signal_ = SIGTERM;

 private:
    int made_ = 0;
    bool prepared_ = false;
    virtual void prepare() = 0;
    virtual void add_login() = 0;
};

// The program's one of each, started at first use.
DatabaseServer& postgresql_server();
DatabaseServer& mariadb_server();

// Runs the statements of a file, each ended by ';' at a line's end.
void run_script(registrar::Database& database, const std::filesystem::path& file);
std::unique_ptr<registrar::Database> connect(registrar::DatabaseUrl url, const char* password = "");
// A statement that must succeed.
std::vector<registrar::Row> must(registrar::Database& database, const std::string& sql,
                                 std::initializer_list<registrar::Value> values = {});

}  // namespace provost::contract
