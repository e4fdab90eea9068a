// What the contract of all connectors is tried on: a registrar of whatever kind, seen from its own side.
#pragma once

#include "crypto/digest.h"
#include "service/registrar.h"

#include <functional>
#include <memory>
#include <ostream>

namespace provost::contract {

class AccountLab {
 public:
    virtual ~AccountLab() = default;

    virtual std::unique_ptr<Registrar> open() = 0;
    // The entry as the outbox has it by the time the registrar is told.
    virtual OutboxEntry queued(OutboxEntry entry) {
        entry.id = ++queued_;
        return entry;
    }
    // All that is there of an account and could let a phone in; empty: nothing.
    virtual std::string stored(const RegistrarAccount& account) = 0;
    virtual int rows() = 0;    // accounts of any owner
    virtual void leave() = 0;  // it can't be told anything
    virtual void come_back() = 0;

 private:
    std::int64_t queued_ = 0;
};

struct AccountLabMaker {
    std::string name;
    std::function<std::unique_ptr<AccountLab>()> make;
};

inline void PrintTo(const AccountLabMaker& maker, std::ostream* out) {
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
