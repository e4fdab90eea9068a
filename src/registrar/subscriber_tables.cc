#include "registrar/subscriber_tables.h"

#include "registrar/database/dialect.h"
#include "registrar/digest_lookup.h"

#include <algorithm>
#include <array>

namespace provost::registrar {

namespace {

constexpr std::array<std::string_view, 2> keys{"username", "domain"};

bool is_sha256(ColumnFill fill) {
    return fill == ColumnFill::sha256;
}

class SubscriberTables final : public AccountTables {
 public:
    explicit SubscriberTables(SubscriberSchema schema) : schema_(std::move(schema)) {
        names_.emplace_back("password");
        for (const auto& column : schema_.columns) names_.push_back(column.name);
    }

    [[nodiscard]] RegistrarAbilities abilities() const override {
        RegistrarAbilities abilities;
        abilities.tells_registrations = true;
        // What Provost remembers of an account is about its MD5.
        abilities.lists_accounts = abilities.gives_digests = schema_.columns.front().fill == ColumnFill::md5;
        abilities.sha256 = std::ranges::any_of(schema_.columns, is_sha256, &DigestColumn::fill);
        return abilities;
    }

    Result<bool> exists(Database& database, const RegistrarAccount& account) override {
        PROVOST_TRY(const auto rows,
                    database.ask("SELECT COUNT(*) FROM subscriber WHERE username = ? AND domain = ?",
                                 {account.user, account.realm}));
        return !rows.empty() && rows.front().front() != "0";
    }

    // `password` is emptied: whoever made the account may have left one.
    Status put(Database& database, const OutboxEntry& entry, bool fresh) override {
        std::vector<std::string> digests;
        for (const auto& column : schema_.columns) digests.push_back(content(column, entry));
        std::vector<Value> values{entry.user, entry.realm, std::string_view()};
        values.insert(values.end(), digests.begin(), digests.end());
        const Columns columns{"subscriber", keys, names_};
        const auto sql = fresh ? insert_sql(columns) : upsert_sql(database.dialect(), columns);
        PROVOST_TRY([[maybe_unused]] const auto rows, database.ask(sql, values));
        return {};
    }

    Status remove(Database& database, const RegistrarAccount& account, bool /*made*/) override {
        return database.run("DELETE FROM subscriber WHERE username = ? AND domain = ?",
                            {account.user, account.realm});
    }

    // RTRIM: columns of a fixed width come back filled up with blanks.
    Result<std::vector<HeldDigest>> digests(Database& database,
                                            std::span<const RegistrarAccount> accounts) override {
        return look_up_digests(database,
                               "SELECT RTRIM(username), RTRIM(domain), RTRIM(" +
                                   std::string(schema_.columns.front().name) +
                                   ") FROM subscriber WHERE username IN ",
                               accounts);
    }

    // Without domains the registrar leaves that column empty, and the user alone says whose row it is.
    [[nodiscard]] std::string registrations_sql(Dialect dialect) const override {
        const auto until = until_sql(dialect);
        return "SELECT p.username, p.realm, RTRIM(l.contact), RTRIM(COALESCE(l.received, '')),"
               " RTRIM(l.user_agent), " +
               renewed_sql(dialect) + ", " + until +
               " FROM location l JOIN provost_accounts p ON p.username = l.username"
               " WHERE (p.realm = l.domain OR (COALESCE(l.domain, '') = '' AND"
               " (SELECT COUNT(*) FROM provost_accounts q WHERE q.username = p.username) = 1)) AND " +
               until + " > " + now_sql(dialect);
    }

    [[nodiscard]] std::string renewed_sql(Dialect dialect) const override {
        return epoch_sql(dialect, "l.last_modified", schema_.time_zone);
    }

 private:
    [[nodiscard]] std::string until_sql(Dialect dialect) const {
        if (schema_.expires_is_number) return integer_sql(dialect, "l.expires");
        return epoch_sql(dialect, "l.expires", schema_.time_zone);
    }

    static std::string content(const DigestColumn& column, const OutboxEntry& entry) {
        switch (column.fill) {
            case ColumnFill::md5:
                return entry.ha1_md5;
            case ColumnFill::sha256:
                return entry.ha1_sha256;
            case ColumnFill::unusable_md5:
                return unusable_digest(entry.ha1_sha256, column.name, 32);
            case ColumnFill::unusable_sha256:
                break;
        }
        return unusable_digest(entry.ha1_sha256, column.name, 64);
    }

    SubscriberSchema schema_;
    std::vector<std::string_view> names_;
};

}  // namespace

std::unique_ptr<AccountTables> make_subscriber_tables(SubscriberSchema schema) {
    return std::make_unique<SubscriberTables>(std::move(schema));
}

}  // namespace provost::registrar
