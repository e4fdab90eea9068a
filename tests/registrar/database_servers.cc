#include "tests/contract/database_servers.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace provost::contract {

namespace fs = std::filesystem;
using registrar::Database;
using registrar::DatabaseUrl;
using registrar::Dialect;

namespace {

std::uint16_t free_port() {
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    const bool found = bind(probe, generic, size) == 0 && getsockname(probe, generic, &size) == 0;
    close(probe);
    if (!found) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

// Its newest version.
fs::path postgresql_program(const std::string& name) {
    fs::path found;
    std::error_code none;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none))
        if (fs::exists(version.path() / "bin" / name)) found = std::max(found, version.path() / "bin" / name);
    if (found.empty()) throw std::runtime_error(name + " is missing: see packaging/packages-test.txt");
    return found;
}

}  // namespace

DatabaseServer::DatabaseServer(const char* user) : user_(user), port_(free_port()) {
    char name[] = "/tmp/provost-database-XXXXXX";
    if (mkdtemp(name) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    if (getuid() != 0) return;
    const auto* const entry = getpwnam(user);
    if (entry == nullptr) throw std::runtime_error(user_ + ": no such user, see packaging/packages-test.txt");
    if (chown(name, entry->pw_uid, entry->pw_gid) != 0 || chmod(name, 0755) != 0)
        throw std::runtime_error("the temporary folder can't be given away");
}

DatabaseServer::~DatabaseServer() {
    end_signal_ = SIGQUIT;  // without tidying up
    if (user_ == "mysql") end_signal_ = SIGKILL;
    stop();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

pid_t DatabaseServer::spawn(std::vector<std::string> command) const {
    std::vector<char*> arguments;
    for (auto& one : command) arguments.push_back(one.data());
    arguments.push_back(nullptr);
    const auto log = folder_ / "log";
    const auto* const entry = getuid() == 0 ? getpwnam(user_.c_str()) : nullptr;
    const pid_t child = fork();
    if (child != 0) return child;
    if (entry != nullptr &&
        (setgroups(0, nullptr) != 0 || setgid(entry->pw_gid) != 0 || setuid(entry->pw_uid) != 0))
        _exit(126);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    dup2(out, 1);
    dup2(out, 2);
    if (chdir(folder_.c_str()) != 0) _exit(126);
    execvp(arguments[0], arguments.data());
    _exit(127);
}

void DatabaseServer::run(std::vector<std::string> command) const {
    const auto shown = command.front();
    int status = 0;
    waitpid(spawn(std::move(command)), &status, 0);
    if (status == 0) return;
    std::ifstream log(folder_ / "log");
    throw std::runtime_error(shown + " failed, see packaging/packages-test.txt\n" +
                             std::string(std::istreambuf_iterator<char>(log), {}));
}

void DatabaseServer::make_certificate() const {
    run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
         "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "server.key",
         "-out", "server.crt"});
    run({"chmod", "0600", "server.key"});
}

void DatabaseServer::start() {
    if (!prepared_) prepare();
    launch();
    auto database = registrar::open_database({administrator(""), {}, {}}).value();
    for (int i = 0; i < 300; ++i) {
        if (database->ready(std::chrono::steady_clock::now() + registrar::call_limit)) {
            if (!prepared_) add_login();
            prepared_ = true;
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    std::ifstream log(folder_ / "log");
    throw std::runtime_error("the database server does not come up\n" +
                             std::string(std::istreambuf_iterator<char>(log), {}));
}

void DatabaseServer::stop() {
    if (pid_ <= 0) return;
    kill(pid_, end_signal_);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = 0;
}

DatabaseUrl DatabaseServer::fresh() {
    const auto name = "registrar" + std::to_string(++made_);
    must(*connect(administrator("")), "CREATE DATABASE " + name);
    return administrator(name);
}

namespace {

class PostgresqlServer final : public DatabaseServer {
 public:
    PostgresqlServer() : DatabaseServer("postgres") { end_signal_ = SIGINT; }  // waits for no client

    [[nodiscard]] DatabaseUrl administrator(const std::string& database) const override {
        DatabaseUrl url;
        url.dialect = Dialect::postgresql;
        url.user = "root";
        url.port = port_;
        url.name = database.empty() ? "postgres" : database;
        url.socket = folder_;
        return url;
    }

 private:
    void prepare() override {
        run({postgresql_program("initdb"), "-D", "data", "-U", "root", "-A", "trust", "-N", "-E", "UTF8",
             "--locale=C.UTF-8"});
        make_certificate();
        run({"sh", "-c",
             "printf 'local all all trust\\nhost all all 127.0.0.1/32 scram-sha-256\\n' > data/pg_hba.conf"});
    }
    void launch() override {
        pid_ = spawn({postgresql_program("postgres"),
                      "-D",
                      "data",
                      "-k",
                      folder_,
                      "-p",
                      std::to_string(port_),
                      "-h",
                      "127.0.0.1",
                      "-c",
                      "fsync=off",
                      "-c",
                      "ssl=on",
                      "-c",
                      "ssl_cert_file=../server.crt",
                      "-c",
                      "ssl_key_file=../server.key",
                      "-c",
                      "shared_buffers=16MB",
                      "-c",
                      "timezone=America/New_York"});
    }
    void add_login() override {
        must(*connect(administrator("")),
             std::string("CREATE ROLE provost LOGIN PASSWORD '") + password + "'");
    }
};

class MariadbServer final : public DatabaseServer {
 public:
    MariadbServer() : DatabaseServer("mysql") {}

    [[nodiscard]] DatabaseUrl administrator(const std::string& database) const override {
        DatabaseUrl url;
        url.dialect = Dialect::mysql;
        url.user = "root";
        url.name = database.empty() ? "mysql" : database;
        url.socket = folder_ / "socket";
        return url;
    }

 private:
    void prepare() override {
        run({"mariadb-install-db", "--no-defaults", "--datadir=" + (folder_ / "data").string(),
             "--auth-root-authentication-method=normal", "--skip-test-db",
             "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=16M",
             "--innodb-log-file-size=8M"});
        make_certificate();
    }
    void launch() override {
        pid_ = spawn({"mariadbd", "--no-defaults", "--datadir=" + (folder_ / "data").string(),
                      "--socket=" + (folder_ / "socket").string(), "--port=" + std::to_string(port_),
                      "--bind-address=127.0.0.1", "--pid-file=" + (folder_ / "pid").string(),
                      "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=16M",
                      "--innodb-log-file-size=8M", "--default-time-zone=-04:00",
                      "--character-set-server=latin1", "--ssl-cert=" + (folder_ / "server.crt").string(),
                      "--ssl-key=" + (folder_ / "server.key").string()});
    }
    void add_login() override {
        must(*connect(administrator("")),
             std::string("CREATE USER provost@'127.0.0.1' IDENTIFIED BY '") + password + "'");
    }
};

}  // namespace

DatabaseServer& postgresql_server() {
    static PostgresqlServer server;
    static const bool started = (server.start(), true);
    return (void)started, server;
}

DatabaseServer& mariadb_server() {
    static MariadbServer server;
    static const bool started = (server.start(), true);
    return (void)started, server;
}

std::unique_ptr<Database> connect(DatabaseUrl url, const char* password) {
    auto database = registrar::open_database({std::move(url), Secret::copy_of(password), {}}).value();
    const auto ready = database->ready(std::chrono::steady_clock::now() + std::chrono::hours(1));
    if (!ready) throw std::runtime_error(ready.error().text());
    return database;
}

std::vector<registrar::Row> must(Database& database, const std::string& sql,
                                 std::initializer_list<registrar::Value> values) {
    auto rows = database.ask(sql, values);
    if (!rows) throw std::runtime_error(sql + ": " + rows.error().text());
    return *rows;
}

void run_script(Database& database, const fs::path& file) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error(file.string() + " is missing: see packaging/packages-test.txt");
    std::string line, statement;
    while (std::getline(in, line)) {
        if (line.starts_with("--")) continue;
        statement += line + "\n";
        if (!line.ends_with(';')) continue;
        must(database, statement);
        statement.clear();
    }
}

}  // namespace provost::contract
