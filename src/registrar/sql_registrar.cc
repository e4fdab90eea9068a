#include "registrar/sql_registrar.h"

#include "base/bytes.h"
#include "crypto/digest.h"
#include "registrar/account_check.h"
#include "registrar/database/dialect.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace provost::registrar {

namespace {

constexpr std::array<std::string_view, 2> marker_keys{"username", "realm"};
constexpr std::array<std::string_view, 1> marker_values{"made"};
constexpr Columns marker{"provost_accounts", marker_keys, marker_values};

constexpr std::size_t most_rows = 1000;  // in one answer
constexpr std::size_t widest_name = 64;  // the columns' width; a file's database does not enforce it

enum class Owner : std::uint8_t { nobody_known, made, adopted };

// Nothing is known of any entry: the connection, the schema, or the transaction is in the way.
bool concerns_all(const Error& error) {
    return error.code == code::unreachable || error.code == code::login || error.code == code::schema;
}

std::int64_t number(const std::string& text) {
    return std::strtoll(text.c_str(), nullptr, 10);
}

class SqlRegistrar final : public Registrar {
 public:
    SqlRegistrar(std::unique_ptr<Database> database, std::unique_ptr<AccountTables> tables, bool adopt)
        : database_(std::move(database)), tables_(std::move(tables)), adopt_(adopt) {}

    [[nodiscard]] RegistrarAbilities abilities() const override { return tables_->abilities(); }

    Result<std::vector<Status>> push(std::span<const OutboxEntry> entries) override {
        return connected([&] { return in_transaction(entries); });
    }

    Result<std::vector<HeldAccount>> accounts(const RegistrarAccount& after, std::size_t limit) override {
        return connected([&] { return page(after, std::min(limit, most_rows)); });
    }

    Result<std::vector<Registration>> registrations(Timestamp since, std::size_t limit) override {
        return connected([&]() -> Result<std::vector<Registration>> {
            const auto renewed = tables_->renewed_sql(database_->dialect());
            PROVOST_TRY(auto rows, database_->ask(tables_->registrations_sql(database_->dialect()) + " AND " +
                                                      renewed + " >= ? ORDER BY " + renewed + limited(limit),
                                                  {to_millis(since) / 1000}));
            return read(std::move(rows));
        });
    }

    Result<std::vector<Registration>> registrations_of(const RegistrarAccount& account) override {
        return connected([&]() -> Result<std::vector<Registration>> {
            PROVOST_TRY(auto rows,
                        database_->ask(tables_->registrations_sql(database_->dialect()) +
                                           " AND p.username = ? AND p.realm = ?" + limited(most_rows),
                                       {account.user, account.realm}));
            return read(std::move(rows));
        });
    }

    Result<std::optional<Secret>> digest(const RegistrarAccount& account) override {
        if (!abilities().gives_digests)
            return fail({"P-8210", "this registrar keeps no MD5 digest", "", "",
                         "Phones that challenge a NOTIFY can't be answered from it"});
        return connected([&]() -> Result<std::optional<Secret>> {
            PROVOST_TRY(auto held, tables_->digests(*database_, std::span(&account, 1)));
            if (held.empty()) return std::optional<Secret>();
            std::optional<Secret> ha1 = Secret::copy_of(held.front().ha1);
            for (auto& one : held) wipe(one.ha1.data(), one.ha1.size());
            return ha1;
        });
    }

 private:
    // A connection that broke while nobody used it is noticed at its next use only: that once is made up for.
    template <class Work>
    auto connected(Work work) -> decltype(work()) {
        const auto deadline = std::chrono::steady_clock::now() + call_limit;
        const bool old = database_->connected();
        PROVOST_CHECK(database_->ready(deadline));
        auto done = work();
        if (done || !old || database_->connected()) return done;
        PROVOST_CHECK(database_->ready(deadline));
        return work();
    }

    static std::string limited(std::size_t limit) {
        return " LIMIT " + std::to_string(std::min(limit, most_rows));
    }

    Result<std::vector<Status>> in_transaction(std::span<const OutboxEntry> entries) {
        PROVOST_CHECK(database_->order("BEGIN"));
        auto told = tell_all(entries);
        if (told)
            if (auto kept = database_->order("COMMIT"); !kept) told = fail(std::move(kept).error());
        // Nobody knows how a transaction stands that could not even be undone.
        if (!told && !(database_->connected() && database_->order("ROLLBACK"))) database_->drop();
        return told;
    }

    // Account by account, always in the same order, so that two who tell the same do not wait for each other.
    // When time runs out the entries that are left say so, and what was done is kept.
    Result<std::vector<Status>> tell_all(std::span<const OutboxEntry> entries) {
        std::vector<std::size_t> order(entries.size());
        std::iota(order.begin(), order.end(), 0);
        std::ranges::stable_sort(order, {}, [&](std::size_t i) { return account_of(entries[i]); });
        std::vector<Status> results(entries.size());
        bool late = false;
        for (const auto i : order) {
            auto& told = results[i];
            if (late) {
                told = fail(too_late());
                continue;
            }
            told = check_entry(entries[i], widest_name);
            if (told) told = tell_apart(entries[i]);
            if (told) continue;
            if (concerns_all(told.error())) return fail(std::move(told).error());
            late = told.error().code == code::late;
        }
        return results;
    }

    // In a savepoint of its own.
    Status tell_apart(const OutboxEntry& entry) {
        PROVOST_CHECK(database_->order("SAVEPOINT entry"));
        auto told = tell(entry);
        if (told) return database_->order("RELEASE SAVEPOINT entry");
        if (concerns_all(told.error())) return told;
        if (auto undone = database_->order("ROLLBACK TO SAVEPOINT entry"); !undone) {
            database_->drop();
            return fail(unreachable_after(std::move(undone).error()));
        }
        return told;
    }

    static Error unreachable_after(Error error) {
        error.code = code::unreachable;  // the whole transaction is lost
        return error;
    }

    Status tell(const OutboxEntry& entry) {
        const auto account = account_of(entry);
        PROVOST_TRY(const auto owner, owner_of(account));
        if (entry.withdraw) return withdraw(account, owner);
        if (owner != Owner::nobody_known) return tables_->put(*database_, entry, false);
        PROVOST_TRY(const bool there, tables_->exists(*database_, account));
        if (there && !adopt_) return fail(not_ours());
        PROVOST_CHECK(database_->run(insert_if_missing_sql(database_->dialect(), marker),
                                     {account.user, account.realm, std::int64_t{there ? 0 : 1}}));
        return tables_->put(*database_, entry, !there);
    }

    // What was never Provost's keeps its own digest, which no phone of Provost's knows.
    Status withdraw(const RegistrarAccount& account, Owner owner) {
        if (owner == Owner::nobody_known) return {};
        PROVOST_CHECK(tables_->remove(*database_, account, owner == Owner::made));
        return database_->run("DELETE FROM provost_accounts WHERE username = ? AND realm = ?",
                              {account.user, account.realm});
    }

    Result<Owner> owner_of(const RegistrarAccount& account) {
        PROVOST_TRY(const auto rows,
                    database_->ask("SELECT made FROM provost_accounts WHERE username = ? AND realm = ?",
                                   {account.user, account.realm}));
        if (rows.empty()) return Owner::nobody_known;
        return rows.front().front() == "0" ? Owner::adopted : Owner::made;
    }

    static Error too_late() {
        return {std::string(code::late), "the registrar's database was too slow", "",
                "no time was left for this account", "It is tried again"};
    }

    static Error not_ours() {
        return {std::string(code::taken), "the account is there already", "",
                "somebody else made it in the registrar",
                "Remove it there, or set adopt: true for this registrar to take it over"};
    }

    // Accounts that somebody deleted in the registrar leave gaps: a page is filled up beyond them.
    Result<std::vector<HeldAccount>> page(RegistrarAccount after, std::size_t limit) {
        std::vector<HeldAccount> found;
        while (found.size() < limit) {
            PROVOST_TRY(const auto listed, listed_after(after, limit - found.size()));
            if (listed.empty()) break;
            after = listed.back();
            PROVOST_TRY(auto held, tables_->digests(*database_, listed));
            for (auto& one : held) {
                found.push_back({std::move(one.account), fingerprint_of(one.ha1)});
                wipe(one.ha1.data(), one.ha1.size());
            }
        }
        std::ranges::sort(found, {}, &HeldAccount::account);
        return found;
    }

    Result<std::vector<RegistrarAccount>> listed_after(const RegistrarAccount& after, std::size_t limit) {
        PROVOST_TRY(auto rows,
                    database_->ask("SELECT username, realm FROM provost_accounts WHERE username > ? OR"
                                   " (username = ? AND realm > ?) ORDER BY username, realm" +
                                       limited(limit),
                                   {after.user, after.user, after.realm}));
        std::vector<RegistrarAccount> listed;
        for (auto& row : rows) listed.push_back({std::move(row[0]), std::move(row[1])});
        return listed;
    }

    std::vector<Registration> read(std::vector<Row> rows) const {
        std::vector<Registration> found;
        for (auto& row : rows) {
            Registration one;
            one.account = {std::move(row[0]), std::move(row[1])};
            one.contact = std::move(row[2]);
            one.received = std::move(row[3]);
            one.user_agent = std::move(row[4]);
            one.renewed = from_millis(number(row[5]) * 1000);
            one.until = from_millis(number(row[6]) * 1000);
            tables_->tidy(one);
            found.push_back(std::move(one));
        }
        return found;
    }

    std::unique_ptr<Database> database_;
    std::unique_ptr<AccountTables> tables_;
    bool adopt_;
};

}  // namespace

Status check_time_zone(const std::string& zone) {
    const auto fits = [](unsigned char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
               c == '_' || c == '-' || c == '+';
    };
    if (zone.size() <= 64 && std::ranges::all_of(zone, fits)) return {};
    return fail(
        {"P-8208", "not the name of a time zone", "time_zone", "", "Write it like Europe/Berlin or UTC"});
}

std::string unusable_digest(std::string_view ha1, std::string_view column, std::size_t length) {
    return to_hex(sha256("unusable " + std::string(column) + " " + std::string(ha1))).substr(0, length);
}

std::unique_ptr<Registrar> make_sql_registrar(std::unique_ptr<Database> database,
                                              std::unique_ptr<AccountTables> tables, bool adopt) {
    return std::make_unique<SqlRegistrar>(std::move(database), std::move(tables), adopt);
}

}  // namespace provost::registrar
