// What the contract of the connectors is tried on.
#pragma once

#include "crypto/digest.h"
#include "service/registrar.h"
#include "tests/contract/database_servers.h"

#include <functional>
#include <memory>
#include <ostream>

namespace provost::contract {

// A registrar's database with its tables, and the hands of those who work in it beside Provost.
class RegistrarLab {
 public:
    virtual ~RegistrarLab() = default;

    virtual std::unique_ptr<Registrar> open(bool adopt) = 0;
    virtual registrar::Database& admin() = 0;
    // Somebody makes an account by hand, with a clear password.
    virtual void make_foreign(const RegistrarAccount& account) = 0;
    // All that is stored of it and could let a phone in; empty: nothing.
    virtual std::string stored(const RegistrarAccount& account) = 0;
    virtual int clear_passwords() = 0;  // rows that have one
    virtual int rows() = 0;             // accounts of any owner
    // Another holds the account's row until `admin` commits.
    virtual void lock_row(const RegistrarAccount& account) = 0;
    // As the registrar writes it, by its own clock.
    virtual void phone_registers(const RegistrarAccount& account, Timestamp renewed, Timestamp until) = 0;
    virtual void delete_behind_our_back(const RegistrarAccount& account) = 0;
    virtual void leave() = 0;  // the database is away
    virtual void come_back() = 0;
};

struct LabMaker {
    const char* name;
    std::function<std::unique_ptr<RegistrarLab>()> make;
};

inline void PrintTo(const LabMaker& maker, std::ostream* out) {
    *out << maker.name;
}

// A phone's account; `password` is what it would log in with.
inline OutboxEntry entry_of(const std::string& user, const std::string& password,
                            const std::string& realm = "sip.example") {
    OutboxEntry entry;
    entry.user = user;
    entry.realm = realm;
    entry.ha1_md5 = ha1_md5(user, realm, Secret::copy_of(password));
    entry.ha1_sha256 = ha1_sha256(user, realm, Secret::copy_of(password));
    return entry;
}

inline OutboxEntry withdrawal_of(const std::string& user, const std::string& realm = "sip.example") {
    OutboxEntry entry;
    entry.user = user;
    entry.realm = realm;
    entry.withdraw = true;
    return entry;
}

}  // namespace provost::contract
