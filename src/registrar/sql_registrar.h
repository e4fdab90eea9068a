// What the connectors that write into a registrar's database share: transactions, whose an account is, and
// how an error is dealt with. What the tables of a kind look like is AccountTables' affair.
//
// Provost's accounts are listed in a table of its own beside the registrar's, provost_accounts
// (docs/how-to/connect-a-registrar.md). What is not in it was made by somebody else: it is not changed, not
// deleted and not listed, unless the operator said `adopt: true`.
#pragma once

#include "registrar/database/database.h"
#include "service/registrar.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace provost::registrar {

// What every kind of registrar with a database is told.
struct SqlSettings {
    DatabaseSettings database;
    bool adopt = false;  // take over accounts that somebody else made
    std::string
        time_zone;  // of the registrar's clock, as "Europe/Berlin"; empty: that of its database's machine
};

struct HeldDigest {
    RegistrarAccount account;
    std::string ha1;
};

// The tables of one kind of registrar. Called in a transaction; account and digests have passed
// check_entry().
class AccountTables {
 public:
    virtual ~AccountTables() = default;

    [[nodiscard]] virtual RegistrarAbilities abilities() const = 0;
    virtual Result<bool> exists(Database& database, const RegistrarAccount& account) = 0;
    // `fresh`: there is no such account; one that came meanwhile is P-8205.
    virtual Status put(Database& database, const OutboxEntry& entry, bool fresh) = 0;
    // So that nobody can log in any more. `made`: Provost made it; else it was taken over.
    virtual Status remove(Database& database, const RegistrarAccount& account, bool made) = 0;
    // In any order; accounts that are not there are left out.
    virtual Result<std::vector<HeldDigest>> digests(Database& database,
                                                    std::span<const RegistrarAccount> accounts) = 0;
    // Rows of user, realm, contact, received, user agent, renewed and until in seconds since 1970, of
    // Provost's accounts `p`; more conditions may follow a WHERE.
    [[nodiscard]] virtual std::string registrations_sql(Dialect dialect) const = 0;
    [[nodiscard]] virtual std::string renewed_sql(Dialect dialect) const = 0;  // an expression for such a row
    virtual void tidy(Registration& /*registration*/) const {}
};

std::unique_ptr<Registrar> make_sql_registrar(std::unique_ptr<Database> database,
                                              std::unique_ptr<AccountTables> tables, bool adopt);

// P-8208: not the name of a time zone.
Status check_time_zone(const std::string& zone);

// A digest that no password leads to, for columns beside the true one that must not be empty: what a
// registrar makes of an empty one is not ours to hope. The same for the same HA1; who knows that may log in
// anyway, and nobody else can make it.
std::string unusable_digest(std::string_view ha1, std::string_view column, std::size_t length);

}  // namespace provost::registrar
