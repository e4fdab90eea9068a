#include "registrar/asterisk/asterisk.h"

#include "crypto/random.h"
#include "registrar/database/dialect.h"
#include "registrar/digest_lookup.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace provost::registrar {

namespace {

using Names = std::array<std::string_view, 1>;
constexpr Names id{"id"};

constexpr std::array<std::string_view, 3> digest_columns{"auth_type", "username", "realm"};

// "^3B" for ';' in what Asterisk writes into a database.
std::string plain_contact(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        const auto* const from = text.data() + i + 1;
        if (text[i] == '^' && i + 2 < text.size() &&
            std::from_chars(from, from + 2, value, 16).ptr == from + 2) {
            plain += static_cast<char>(value);
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

// The MD5 of "MD5:hex,SHA-256:hex", or of the hexadecimal digits alone.
std::string md5_of(std::string_view held) {
    if (const auto at = held.find("MD5:"); at != std::string_view::npos) held.remove_prefix(at + 4);
    return std::string(held.substr(0, held.find(',')));
}

class AsteriskTables final : public AccountTables {
 public:
    explicit AsteriskTables(AsteriskSettings settings) : settings_(std::move(settings)) {}

    [[nodiscard]] RegistrarAbilities abilities() const override {
        return {true, true, true, settings_.digests == AsteriskDigests::digest};
    }

    // In any realm: the id is the user's name, so two of them would be one.
    Result<bool> exists(Database& database, const RegistrarAccount& account) override {
        PROVOST_TRY(const auto others,
                    database.ask("SELECT realm FROM provost_accounts WHERE username = ? AND realm <> ?",
                                 {account.user, account.realm}));
        if (!others.empty())
            return fail({"P-8206", "a registrar can't have such an account", account.user,
                         "it has the same user in the realm " + others.front().front() +
                             ", and Asterisk knows users by name alone",
                         "Give one of the two lines another line.auth_user"});
        PROVOST_TRY(const auto rows, database.ask("SELECT (SELECT COUNT(*) FROM ps_auths WHERE id = ?) +"
                                                  " (SELECT COUNT(*) FROM ps_endpoints WHERE id = ?) +"
                                                  " (SELECT COUNT(*) FROM ps_aors WHERE id = ?)",
                                                  {account.user, account.user, account.user}));
        return !rows.empty() && rows.front().front() != "0";
    }

    Status put(Database& database, const OutboxEntry& entry, bool fresh) override {
        PROVOST_CHECK(put_auth(database, entry, fresh));
        PROVOST_CHECK(put_aor(database, entry.user));
        return put_endpoint(database, entry.user);
    }

    // An endpoint without `auth` is open to everybody, so it goes first. One that was taken over keeps what
    // its administrator made of it, and an auth that nobody can answer.
    Status remove(Database& database, const RegistrarAccount& account, bool made) override {
        if (!made) return lock(database, account);
        PROVOST_CHECK(database.run("DELETE FROM ps_endpoints WHERE id = ?", {account.user}));
        PROVOST_CHECK(database.run("DELETE FROM ps_aors WHERE id = ?", {account.user}));
        return database.run("DELETE FROM ps_auths WHERE id = ?", {account.user});
    }

    Result<std::vector<HeldDigest>> digests(Database& database,
                                            std::span<const RegistrarAccount> accounts) override {
        const std::string column = in_one_column() ? "password_digest" : "md5_cred";
        PROVOST_TRY(auto found, look_up_digests(database,
                                                "SELECT username, realm, COALESCE(" + column +
                                                    ", '') FROM ps_auths WHERE id IN ",
                                                accounts));
        for (auto& one : found) one.ha1 = md5_of(one.ha1);
        return found;
    }

    [[nodiscard]] std::string registrations_sql(Dialect dialect) const override {
        return "SELECT p.username, p.realm, c.uri, '', COALESCE(c.user_agent, ''), " + renewed_sql(dialect) +
               ", " + until_sql(dialect) +
               " FROM ps_contacts c JOIN provost_accounts p ON p.username = c.endpoint"
               " LEFT JOIN ps_aors a ON a.id = c.endpoint WHERE " +
               until_sql(dialect) + " > " + now_sql(dialect);
    }

    // Asterisk keeps the end only. At the earliest it began as long before as a registration may last; 7200 s
    // is Asterisk's own limit. A phone that registers for less seems to have come earlier than it did.
    [[nodiscard]] std::string renewed_sql(Dialect dialect) const override {
        return "(" + until_sql(dialect) + " - COALESCE(a.maximum_expiration, 7200))";
    }

    void tidy(Registration& registration) const override {
        registration.contact = plain_contact(registration.contact);
    }

 private:
    static std::string until_sql(Dialect dialect) { return integer_sql(dialect, "c.expiration_time"); }

    [[nodiscard]] bool in_one_column() const { return settings_.digests == AsteriskDigests::digest; }

    // `password` is emptied: whoever made the account may have left one, and it would be taken.
    Status put_auth(Database& database, const OutboxEntry& entry, bool fresh) const {
        const auto both = "MD5:" + entry.ha1_md5 + ",SHA-256:" + entry.ha1_sha256;
        std::vector<std::string_view> names(digest_columns.begin(), digest_columns.end());
        std::vector<Value> values{entry.user, in_one_column() ? "userpass" : "md5", entry.user, entry.realm};
        if (in_one_column()) {
            names.insert(names.end(), {"password_digest", "supported_algorithms_uas"});
            values.insert(values.end(), {std::string_view(both), "MD5,SHA-256"});
        } else {
            names.emplace_back("md5_cred");
            values.emplace_back(entry.ha1_md5);
        }
        const Columns columns{"ps_auths", id, names};
        PROVOST_TRY(
            [[maybe_unused]] const auto rows,
            database.ask(fresh ? insert_sql(columns) : upsert_sql(database.dialect(), columns), values));
        return database.run("UPDATE ps_auths SET password = NULL WHERE id = ? AND password IS NOT NULL",
                            {entry.user});
    }

    Status put_aor(Database& database, const std::string& user) const {
        static constexpr std::array<std::string_view, 4> names{"max_contacts", "remove_existing",
                                                               "default_expiration", "maximum_expiration"};
        const std::int64_t contacts = settings_.max_contacts, expiration = settings_.expiration;
        return database.run(
            insert_if_missing_sql(database.dialect(), {"ps_aors", id, names}),
            {user, contacts, std::string_view("yes"), std::min<std::int64_t>(expiration, 3600), expiration});
    }

    Status put_endpoint(Database& database, const std::string& user) const {
        static constexpr std::array<std::string_view, 6> names{"auth",     "aors",  "context",
                                                               "disallow", "allow", "identify_by"};
        PROVOST_CHECK(database.run(insert_if_missing_sql(database.dialect(), {"ps_endpoints", id, names}),
                                   {user, user, user, settings_.context, std::string_view("all"),
                                    settings_.allow, std::string_view("username,auth_username")}));
        if (!settings_.transport.empty())
            PROVOST_CHECK(
                database.run("UPDATE ps_endpoints SET transport = ? WHERE id = ? AND transport IS NULL",
                             {settings_.transport, user}));
        return require_auth(database, user);
    }

    // Drawn anew: whoever knows the last password must not be able to make this one of it.
    Status lock(Database& database, const RegistrarAccount& account) const {
        std::array<std::uint8_t, 32> drawn{};
        random_bytes(drawn);
        OutboxEntry locked;
        locked.user = account.user;
        locked.realm = account.realm;
        locked.ha1_sha256 = to_hex(drawn);
        random_bytes(drawn);
        locked.ha1_md5 = to_hex(drawn).substr(0, 32);
        PROVOST_CHECK(put_auth(database, locked, false));
        return require_auth(database, account.user);
    }

    static Status require_auth(Database& database, const std::string& user) {
        return database.run("UPDATE ps_endpoints SET auth = ? WHERE id = ? AND (auth IS NULL OR auth <> ?)",
                            {user, user, user});
    }

    AsteriskSettings settings_;
};

Status check(const AsteriskSettings& settings) {
    PROVOST_CHECK(check_time_zone(settings.sql.time_zone));
    if (settings.max_contacts >= 1 && settings.max_contacts <= 100 && settings.expiration >= 60 &&
        settings.expiration <= 86'400)
        return {};
    return fail({"P-8208", "a limit of the registrar is out of range", "asterisk", "",
                 "max_contacts: 1 to 100; expiration: 60 to 86400 seconds"});
}

}  // namespace

Result<std::unique_ptr<Registrar>> open_asterisk(AsteriskSettings settings) {
    PROVOST_CHECK(check(settings));
    PROVOST_TRY(auto database, open_database(std::move(settings.sql.database)));
    const bool adopt = settings.sql.adopt;
    return make_sql_registrar(std::move(database), std::make_unique<AsteriskTables>(std::move(settings)),
                              adopt);
}

}  // namespace provost::registrar
