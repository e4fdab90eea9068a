#include "tests/registrar/labs.h"

#include "registrar/asterisk/asterisk.h"
#include "registrar/kamailio/kamailio.h"
#include "registrar/opensips/opensips.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace provost::contract {

namespace fs = std::filesystem;
using registrar::Dialect;

namespace {

const fs::path source = PROVOST_SOURCE_DIR;
const fs::path kamailio_scripts = "/usr/share/kamailio";

class ServerHome final : public Home {
 public:
    explicit ServerHome(DatabaseServer& server) : server_(server), url_(server.fresh()) {}
    registrar::DatabaseUrl url() override { return url_; }
    void leave() override { server_.stop(); }
    void come_back() override { server_.start(); }

 private:
    DatabaseServer& server_;
    registrar::DatabaseUrl url_;
};

class FileHome final : public Home {
 public:
    FileHome() {
        char name[] = "/tmp/provost-registrar-XXXXXX";
        folder_ = mkdtemp(name);
        close(open((folder_ / "db").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    }
    ~FileHome() override { fs::remove_all(folder_); }
    registrar::DatabaseUrl url() override {
        return registrar::parse_database_url("sqlite:" + (folder_ / "db").string()).value();
    }
    void leave() override { fs::rename(folder_ / "db", folder_ / "away"); }
    void come_back() override { fs::rename(folder_ / "away", folder_ / "db"); }

 private:
    fs::path folder_;
};

std::string seconds(Timestamp time) {
    return std::to_string(to_millis(time) / 1000);
}

class SubscriberLab : public LabBase {
 public:
    using LabBase::LabBase;

    void make_foreign(const RegistrarAccount& account) override {
        must(admin(), "INSERT INTO subscriber (username, domain, password) VALUES (?, ?, 'canary')",
             {account.user, account.realm});
    }
    int clear_passwords() override { return count("SELECT COUNT(*) FROM subscriber WHERE password <> ''"); }
    int rows() override { return count("SELECT COUNT(*) FROM subscriber"); }
    void delete_behind_our_back(const RegistrarAccount& account) override {
        must(admin(), "DELETE FROM subscriber WHERE username = ? AND domain = ?",
             {account.user, account.realm});
    }
    void lock_row(const RegistrarAccount& account) override {
        ASSERT_TRUE(admin().order("BEGIN"));
        must(admin(), "UPDATE subscriber SET domain = domain WHERE username = ? AND domain = ?",
             {account.user, account.realm});
    }

 protected:
    std::string joined(const std::string& columns, const RegistrarAccount& account) {
        std::string text;
        for (const auto& row :
             must(admin(), "SELECT " + columns + " FROM subscriber WHERE username = ? AND domain = ?",
                  {account.user, account.realm}))
            for (const auto& cell : row) text += cell + "|";
        return text;
    }
};

class KamailioLab final : public SubscriberLab {
 public:
    KamailioLab(Dialect dialect, bool sha256) : SubscriberLab(dialect), sha256_(sha256) {
        const auto* const folder = dialect == Dialect::postgresql ? "postgres"
                                   : dialect == Dialect::mysql    ? "mysql"
                                                                  : "db_sqlite";
        for (const auto* const file : {"standard-create.sql", "auth_db-create.sql", "usrloc-create.sql"})
            run_script(admin(), kamailio_scripts / folder / file);
        own_table();
        if (sha256 && dialect == Dialect::postgresql) zone_ = "Europe/Berlin";
    }
    std::unique_ptr<Registrar> open(bool adopt) override {
        return registrar::open_kamailio({settings(adopt), sha256_}).value();
    }
    std::string stored(const RegistrarAccount& account) override {
        return joined("password, ha1, ha1b", account);
    }
    void phone_registers(const RegistrarAccount& account, Timestamp renewed, Timestamp until) override {
        const auto contact = "sip:" + account.user + "@192.0.2.7:5060;transport=tls";
        must(admin(),
             "INSERT INTO location (ruid, username, domain, contact, expires, last_modified, user_agent)"
             " VALUES (?, ?, ?, ?, " +
                 wall(until) + ", " + wall(renewed) + ", 'Phone 1.0')",
             {account.user, account.user, account.realm, contact});
    }

 private:
    bool sha256_;
};

class OpensipsLab final : public SubscriberLab {
 public:
    explicit OpensipsLab(Dialect dialect) : SubscriberLab(dialect) {
        run_script(admin(), source / "tests/contract/schemas" / ("opensips." + std::string(text()) + ".sql"));
        own_table();
    }
    std::unique_ptr<Registrar> open(bool adopt) override {
        return registrar::open_opensips(settings(adopt)).value();
    }
    std::string stored(const RegistrarAccount& account) override {
        return joined("password, ha1, ha1_sha256, ha1_sha512t256", account);
    }
    void phone_registers(const RegistrarAccount& account, Timestamp renewed, Timestamp until) override {
        const auto contact = "sip:" + account.user + "@192.0.2.7:5060;transport=tls";
        must(admin(),
             "INSERT INTO location (username, domain, contact, expires, last_modified, user_agent)"
             " VALUES (?, ?, ?, " +
                 seconds(until) + ", " + wall(renewed) + ", 'Phone 1.0')",
             {account.user, account.realm, contact});
    }
};

class AsteriskLab final : public LabBase {
 public:
    AsteriskLab(Dialect dialect, bool digest) : LabBase(dialect), digest_(digest) {
        run_script(admin(), source / "tests/contract/schemas" / ("asterisk." + std::string(text()) + ".sql"));
        own_table();
    }
    std::unique_ptr<Registrar> open(bool adopt) override {
        registrar::AsteriskSettings asterisk{settings(adopt)};
        if (!digest_) asterisk.digests = registrar::AsteriskDigests::md5;
        return registrar::open_asterisk(std::move(asterisk)).value();
    }
    void make_foreign(const RegistrarAccount& account) override {
        must(admin(),
             "INSERT INTO ps_auths (id, auth_type, username, password) VALUES (?, 'userpass', ?, 'canary')",
             {account.user, account.user});
        must(admin(), "INSERT INTO ps_endpoints (id, auth, aors, context) VALUES (?, ?, ?, 'by-hand')",
             {account.user, account.user, account.user});
        must(admin(), "INSERT INTO ps_aors (id, max_contacts) VALUES (?, 5)", {account.user});
    }
    std::string stored(const RegistrarAccount& account) override {
        std::string found;
        for (const auto& row : must(admin(),
                                    "SELECT a.auth_type, a.password, a.password_digest, a.md5_cred, a.realm,"
                                    " e.auth, e.context FROM ps_endpoints e LEFT JOIN ps_auths a"
                                    " ON a.id = e.auth WHERE e.id = ?",
                                    {account.user}))
            for (const auto& cell : row) found += cell + "|";
        return found;
    }
    int clear_passwords() override {
        return count("SELECT COUNT(*) FROM ps_auths WHERE password IS NOT NULL");
    }
    int rows() override {
        const int endpoints = count("SELECT COUNT(*) FROM ps_endpoints");
        EXPECT_EQ(count("SELECT COUNT(*) FROM ps_endpoints e JOIN ps_auths a ON a.id = e.auth"), endpoints)
            << "open";
        EXPECT_EQ(count("SELECT COUNT(*) FROM ps_auths"), endpoints);
        EXPECT_EQ(count("SELECT COUNT(*) FROM ps_aors"), endpoints);
        return endpoints;
    }
    void delete_behind_our_back(const RegistrarAccount& account) override {
        for (const auto* const table : {"ps_endpoints", "ps_aors", "ps_auths"})
            must(admin(), std::string("DELETE FROM ") + table + " WHERE id = ?", {account.user});
    }
    void lock_row(const RegistrarAccount& account) override {
        ASSERT_TRUE(admin().order("BEGIN"));
        must(admin(), "UPDATE ps_auths SET nonce_lifetime = 31 WHERE id = ?", {account.user});
    }
    void phone_registers(const RegistrarAccount& account, Timestamp /*renewed*/, Timestamp until) override {
        const auto uri = "sip:" + account.user + "@192.0.2.7:5060^3Btransport=tls";
        must(admin(),
             "INSERT INTO ps_contacts (id, uri, expiration_time, user_agent, endpoint) VALUES (?, ?, " +
                 seconds(until) + ", 'Phone 1.0', ?)",
             {account.user, uri, account.user});
    }

 private:
    bool digest_;
};

}  // namespace

std::unique_ptr<Home> home_in(Dialect dialect) {
    if (dialect == Dialect::sqlite) return std::make_unique<FileHome>();
    return std::make_unique<ServerHome>(dialect == Dialect::mysql ? mariadb_server() : postgresql_server());
}

const char* LabBase::text() const {
    if (dialect_ == Dialect::sqlite) return "sqlite";
    return dialect_ == Dialect::mysql ? "mysql" : "postgresql";
}

void LabBase::own_table() {
    run_script(admin(),
               source / "packaging/registrars" / ("provost_accounts." + std::string(text()) + ".sql"));
}

registrar::SqlSettings LabBase::settings(bool adopt) {
    registrar::SqlSettings settings;
    settings.database.url = home_->url();
    settings.adopt = adopt;
    settings.time_zone = zone_;
    return settings;
}

// The servers of the tests live in New York's time; a file holds days in UTC.
std::string LabBase::wall(Timestamp time) const {
    if (dialect_ == Dialect::mysql) return "FROM_UNIXTIME(" + seconds(time) + ")";
    if (dialect_ == Dialect::sqlite) return "(" + seconds(time) + " - 0.5) / 86400.0 + 2440587.5";
    const auto zone = zone_.empty() ? "America/New_York" : zone_;
    return "to_timestamp(" + seconds(time) + ") AT TIME ZONE '" + zone + "'";
}

std::unique_ptr<RegistrarLab> kamailio_lab(Dialect dialect, bool sha256) {
    return std::make_unique<KamailioLab>(dialect, sha256);
}

std::unique_ptr<RegistrarLab> opensips_lab(Dialect dialect) {
    return std::make_unique<OpensipsLab>(dialect);
}

std::unique_ptr<RegistrarLab> asterisk_lab(Dialect dialect, bool digest) {
    return std::make_unique<AsteriskLab>(dialect, digest);
}

}  // namespace provost::contract
