// What the contract of the connectors that write into a database is tried on, beside that of all.
#pragma once

#include "tests/contract/account_lab.h"
#include "tests/contract/database_servers.h"

namespace provost::contract {

// A registrar's database with its tables, and the hands of those who work in it beside Provost.
class RegistrarLab : public AccountLab {
 public:
    using AccountLab::open;
    virtual std::unique_ptr<Registrar> open(bool adopt) = 0;
    std::unique_ptr<Registrar> open() final { return open(false); }
    virtual registrar::Database& admin() = 0;
    // Somebody makes an account by hand, with a clear password.
    virtual void make_foreign(const RegistrarAccount& account) = 0;
    virtual int clear_passwords() = 0;  // rows that have one
    // Another holds the account's row until `admin` commits.
    virtual void lock_row(const RegistrarAccount& account) = 0;
    // As the registrar writes it, by its own clock.
    virtual void phone_registers(const RegistrarAccount& account, Timestamp renewed, Timestamp until) = 0;
    virtual void delete_behind_our_back(const RegistrarAccount& account) = 0;
};

struct LabMaker {
    const char* name;
    std::function<std::unique_ptr<RegistrarLab>()> make;
};

inline void PrintTo(const LabMaker& maker, std::ostream* out) {
    *out << maker.name;
}

}  // namespace provost::contract
