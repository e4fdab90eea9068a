// Registrars of each kind, for the contracts: databases with their tables, FreeSWITCH, a program of the
// operator's.
#pragma once

#include "registrar/sql_registrar.h"
#include "tests/contract/registrar_lab.h"

namespace provost::contract {

// Where the database is, and how it goes away.
class Home {
 public:
    virtual ~Home() = default;
    virtual registrar::DatabaseUrl url() = 0;
    virtual void leave() = 0;
    virtual void come_back() = 0;
};

std::unique_ptr<Home> home_in(registrar::Dialect dialect);

std::unique_ptr<RegistrarLab> kamailio_lab(registrar::Dialect dialect, bool sha256);
std::unique_ptr<RegistrarLab> opensips_lab(registrar::Dialect dialect);
std::unique_ptr<RegistrarLab> asterisk_lab(registrar::Dialect dialect, bool digest);
std::unique_ptr<AccountLab> freeswitch_lab();
std::unique_ptr<AccountLab> webhook_lab();

// What the labs share: the home, and the administrator's connection, made anew when the server was away.
class LabBase : public RegistrarLab {
 public:
    explicit LabBase(registrar::Dialect dialect) : home_(home_in(dialect)), dialect_(dialect) {}

    registrar::Database& admin() override {
        if (admin_ == nullptr) admin_ = connect(home_->url());
        return *admin_;
    }
    void leave() override {
        admin_.reset();
        home_->leave();
    }
    void come_back() override { home_->come_back(); }

 protected:
    int count(const std::string& sql) { return std::stoi(must(admin(), sql).front().front()); }
    [[nodiscard]] const char* text() const;  // of the dialect, as files are named
    void own_table();                        // provost_accounts
    [[nodiscard]] registrar::SqlSettings settings(bool adopt);
    // A wall clock's time in the registrar's zone, as an expression.
    [[nodiscard]] std::string wall(Timestamp time) const;

    std::unique_ptr<Home> home_;
    registrar::Dialect dialect_;
    std::string zone_;  // said to the connector; the registrar's clock shows it
    std::unique_ptr<registrar::Database> admin_;
};

}  // namespace provost::contract
