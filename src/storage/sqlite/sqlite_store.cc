#include "storage/sqlite/sqlite_store.h"

#include "storage/sqlite/audit_reads.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/bans.h"
#include "storage/sqlite/care_reader.h"
#include "storage/sqlite/diagnostic_windows.h"
#include "storage/sqlite/fetched.h"
#include "storage/sqlite/file_lock.h"
#include "storage/sqlite/fleet_page.h"
#include "storage/sqlite/fleet_search.h"
#include "storage/sqlite/import_reader.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/people_reader.h"
#include "storage/sqlite/reader_pool.h"
#include "storage/sqlite/reads.h"
#include "storage/sqlite/registrar_queue.h"
#include "storage/sqlite/rows.h"
#include "storage/sqlite/tallies.h"
#include "storage/sqlite/writer.h"

namespace provost {

namespace {

using sqlite::Database;

// The queues of the registrars, each question on a reader of its own.
class QueueReader final : public RegistrarQueue {
 public:
    explicit QueueReader(sqlite::ReaderPool& readers) : readers_(readers) {}
    Result<std::vector<QueuedEntry>> due(const std::string& registrar, Timestamp now,
                                         std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::list_queue_due(*reader, registrar, now, limit);
    }
    Result<std::optional<Timestamp>> next_due(const std::string& registrar) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::find_next_due(*reader, registrar);
    }
    Result<QueueState> state(const std::string& registrar) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::read_queue_state(*reader, registrar);
    }
    Result<std::vector<QueuedEntry>> refused(const std::string& registrar, std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::list_refused(*reader, registrar, limit);
    }
    Result<std::optional<OutboxEntry>> account(const RegistrarAccount& account) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::find_account(*reader, account);
    }
    Result<std::vector<OutboxEntry>> accounts(const RegistrarAccount& after, std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::list_accounts(*reader, after, limit);
    }
    Result<std::optional<Timestamp>> told(const std::string& registrar, std::int64_t entry) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::find_told(*reader, registrar, entry);
    }

 private:
    sqlite::ReaderPool& readers_;
};

class FleetReader final : public FleetReads {
 public:
    explicit FleetReader(sqlite::ReaderPool& readers) : readers_(readers) {}
    Result<FleetPage> page(const FleetQuestion& question) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::read_fleet_page(*reader, question);
    }
    Result<std::vector<FleetGroup>> groups(const FleetFilter& filter) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::read_fleet_groups(*reader, filter);
    }
    Result<std::vector<FoundDevice>> search(const SearchTerms& terms,
                                            const std::optional<std::vector<TenantId>>& tenants,
                                            std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::search_fleet(*reader, terms, tenants, limit);
    }
    Result<std::vector<MacAddress>> held_keys(const std::optional<std::vector<TenantId>>& tenants,
                                              std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::list_held(*reader, tenants, limit);
    }
    Result<std::vector<TallyRow>> tallies(TenantId tenant, TallySpan span, Timestamp from,
                                          Timestamp to) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::list_tallies(*reader, tenant, span, from, to);
    }
    Result<std::vector<std::pair<std::string, std::int64_t>>> overdue(TenantId tenant, Timestamp due,
                                                                      std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::read_overdue(*reader, tenant, due, limit);
    }

 private:
    sqlite::ReaderPool& readers_;
};

class WindowReader final : public DiagnosticWindows {
 public:
    explicit WindowReader(sqlite::ReaderPool& readers) : readers_(readers) {}
    Result<std::optional<DiagnosticWindow>> of(MacAddress device) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::find_window(*reader, device);
    }
    Result<std::vector<MacAddress>> due(Timestamp now, std::size_t limit) override {
        PROVOST_TRY(auto reader, readers_.borrow());
        return sqlite::list_windows_due(*reader, now, limit);
    }

 private:
    sqlite::ReaderPool& readers_;
};

class SqliteStore final : public Store {
 public:
    SqliteStore(sqlite::FileLock lock, std::unique_ptr<sqlite::Writer> writer,
                const std::filesystem::path& file, std::size_t readers)
        : lock_(std::move(lock)), writer_(std::move(writer)), readers_(file, readers) {}

    void submit(Change change, ChangeDone done) override {
        writer_->submit(std::move(change), std::move(done));
    }
    void submit_later(Change change) override { writer_->submit_later(std::move(change)); }
    Status apply(Change change) override { return writer_->apply(std::move(change)); }
    void record(Event event) override { writer_->record(std::move(event)); }
    Status checkpoint() override { return writer_->checkpoint(); }

    Result<std::optional<Device>> device(MacAddress mac) override {
        return read([&](Database& database) { return sqlite::find_device(database, mac); });
    }
    Result<std::optional<Device>> device_by_token(const Sha256& hash) override {
        return read([&](Database& database) { return sqlite::find_device_by_token(database, hash); });
    }
    Result<std::optional<AccessCredential>> credential(const std::string& user) override {
        return read([&](Database& database) { return sqlite::find_credential(database, user); });
    }
    Result<std::vector<Device>> devices(const DeviceFilter& filter, const Page& page) override {
        return read([&](Database& database) { return sqlite::list_devices(database, filter, page); });
    }
    Result<std::vector<Tenant>> tenants() override {
        return read_rows("SELECT " + std::string(sqlite::tenant_columns) + " FROM tenants ORDER BY id",
                         sqlite::read_tenant);
    }
    Result<std::vector<Site>> sites() override {
        return read_rows("SELECT tenant, name, settings FROM sites ORDER BY tenant, name", sqlite::read_site);
    }
    Result<std::vector<ModelSettings>> model_settings() override {
        return read_rows(
            "SELECT tenant, vendor, model, settings FROM model_settings ORDER BY tenant, vendor, model",
            sqlite::read_model_settings);
    }
    Result<std::vector<StoredSecret>> secrets(MacAddress mac) override {
        return read([&](Database& database) { return sqlite::list_secrets(database, mac); });
    }
    Result<std::optional<StoredSecret>> secret(MacAddress mac, const std::string& purpose) override {
        return read([&](Database& database) { return sqlite::find_secret(database, mac, purpose); });
    }
    Result<std::vector<OutboxEntry>> outbox(bool unsent_only, const Page& page) override {
        return read([&](Database& database) { return sqlite::list_outbox(database, unsent_only, page); });
    }
    RegistrarQueue& registrar_queue() override { return queue_; }
    PeopleStore& people() override { return people_; }
    FleetReads& fleet() override { return fleet_; }
    DiagnosticWindows& diagnostic_windows() override { return windows_; }
    DeviceCares& device_cares() override { return cares_; }
    ImportRecords& imports() override { return imports_; }
    void on_queued(std::function<void()> ring) override { writer_->on_queued(std::move(ring)); }
    Result<std::vector<MacAddress>> stale_credentials(TenantId tenant, Timestamp before,
                                                      std::size_t limit) override {
        return read([&](Database& database) { return sqlite::list_stale(database, tenant, before, limit); });
    }
    Result<std::vector<DeliveryRecord>> deliveries(MacAddress mac, std::size_t limit) override {
        return read_rows("SELECT " + std::string(sqlite::delivery_columns) +
                             " FROM deliveries WHERE device = ?1 ORDER BY id DESC LIMIT ?2",
                         sqlite::read_delivery, mac, limit);
    }
    Result<std::vector<Event>> events(const EventFilter& filter, std::int64_t after,
                                      std::size_t limit) override {
        return read([&](Database& database) { return sqlite::list_events(database, filter, after, limit); });
    }
    Result<std::vector<Event>> last_events(const EventFilter& filter, std::size_t limit) override {
        return read([&](Database& database) { return sqlite::list_last_events(database, filter, limit); });
    }
    Result<std::optional<FetchedPicture>> fetched(MacAddress mac) override {
        return read([&](Database& database) { return sqlite::read_fetched(database, mac); });
    }
    Result<std::vector<TrustRecord>> trust() override {
        return read_rows("SELECT " + std::string(sqlite::trust_columns) + " FROM trust ORDER BY id",
                         sqlite::read_trust);
    }
    Result<std::vector<HardeningException>> exceptions() override {
        return read_rows("SELECT " + std::string(sqlite::exception_columns) + " FROM exceptions ORDER BY id",
                         sqlite::read_exception);
    }
    Result<AuditPage> audit(const AuditFilter& filter, std::int64_t before, std::size_t limit) override {
        return read([&](Database& database) { return sqlite::list_audit(database, filter, before, limit); });
    }
    Result<AuditTail> audit_tail() override { return read(sqlite::read_audit_tail); }
    Result<AuditTail> ratchet_audit() override { return writer_->ratchet_audit(); }
    Result<std::vector<Ban>> bans() override { return read(sqlite::list_bans); }
    Result<std::vector<SeenSource>> sources(Timestamp since, std::size_t limit) override {
        return read([&](Database& database) { return sqlite::list_sources(database, since, limit); });
    }
    Result<Counts> counts() override { return read(sqlite::count_all); }
    Result<std::optional<DeviceRating>> rating(MacAddress mac) override {
        return read([&](Database& database) { return sqlite::find_rating(database, mac); });
    }
    Result<std::vector<RatedGroup>> ratings(std::optional<TenantId> tenant) override {
        return read([&](Database& database) { return sqlite::group_ratings(database, tenant); });
    }
    Result<std::string> note(const std::string& name) override {
        return read([&](Database& database) { return sqlite::find_note(database, name); });
    }
    Result<std::vector<MacAddress>> due(Timestamp now, std::size_t limit) override {
        return read([&](Database& database) { return sqlite::list_due(database, now, limit); });
    }
    Result<std::int64_t> due_count(Timestamp now) override {
        return read([&](Database& database) {
            return database.number("SELECT count(*) FROM devices WHERE due <= ?1", now);
        });
    }
    Status backup_to(const std::string& path) override {
        return read([&](Database& database) { return sqlite::copy_database(database, path); });
    }

 private:
    template <class Ask>
    auto read(Ask&& ask) -> decltype(ask(std::declval<Database&>())) {
        PROVOST_TRY(auto reader, readers_.borrow());
        return ask(*reader);
    }
    template <class Record, class... Values>
    Result<std::vector<Record>> read_rows(std::string_view sql, Result<Record> (*row)(sqlite::Query&),
                                          const Values&... values) {
        return read(
            [&](Database& database) { return sqlite::read_all(database.query(sql, values...), row); });
    }

    // Readers close before the writer, whose close empties the journal, and the lock goes last.
    sqlite::FileLock lock_;
    std::unique_ptr<sqlite::Writer> writer_;
    sqlite::ReaderPool readers_;
    QueueReader queue_{readers_};
    sqlite::PeopleReader people_{readers_};
    FleetReader fleet_{readers_};
    WindowReader windows_{readers_};
    sqlite::CareReader cares_{readers_};
    sqlite::ImportReader imports_{readers_};
};

Error damaged(const std::filesystem::path& file, std::string why) {
    return {"P-6014", "the database is damaged", file.string(), std::move(why),
            "Put the newest backup in its place, and arm again the devices that wait for their secrets"};
}

Result<std::string> read_name(sqlite::Query& row) {
    std::string name;
    PROVOST_CHECK(row.read(name));
    return name;
}

// All but the audit trail, which grows for ever: of that the start looks over what came since its keys were
// written, and 'audit verify' all of it.
Status check_integrity(Database& database, const std::filesystem::path& file) {
    auto tables = sqlite::read_all(
        database.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'audit'"), read_name);
    if (!tables) return fail(damaged(file, tables.error().why));
    for (const auto& table : *tables) {
        auto query = database.query("SELECT quick_check FROM pragma_quick_check(?1) LIMIT 1", table);
        const auto row = query.next();
        std::string verdict = row ? "" : row.error().why;
        if (row && *row) PROVOST_CHECK(query.read(verdict));
        if (verdict != "ok") return fail(damaged(file, table + ": " + verdict));
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& file,
                                                 std::shared_ptr<AuditKeys> audit,
                                                 const SqliteOptions& options) {
    PROVOST_TRY(auto lock, sqlite::FileLock::take(file));
    PROVOST_TRY(auto database, Database::open(file, Database::Use::write));
    if (options.check) PROVOST_CHECK(check_integrity(database, file));
    PROVOST_CHECK(sqlite::migrate(database, file));
    PROVOST_TRY(auto writer, sqlite::Writer::start(std::move(database), std::move(audit), options));
    return std::make_unique<SqliteStore>(std::move(lock), std::move(writer), file, options.readers);
}

}  // namespace provost
