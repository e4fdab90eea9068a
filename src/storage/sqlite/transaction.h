// A Transaction of the one writer's connection.
#pragma once

#include "service/store.h"
#include "storage/sqlite/audit_trail.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/device_cares.h"
#include "storage/sqlite/diagnostic_windows.h"
#include "storage/sqlite/import_rows.h"
#include "storage/sqlite/people.h"
#include "storage/sqlite/reads.h"
#include "storage/sqlite/registrar_queue.h"

namespace provost::sqlite {

class SqliteTransaction final : public Transaction {
 public:
    SqliteTransaction(Database& database, AuditTrail& trail)
        : database_(database),
          trail_(trail),
          queue_(database),
          people_(database),
          windows_(database),
          cares_(database),
          imports_(database) {}

    Result<std::optional<Device>> device(MacAddress mac) override;
    Status insert_device(const Device& device) override;
    Status update_device(const Device& device) override;
    Status delete_device(MacAddress mac) override;

    Result<std::optional<Tenant>> tenant(TenantId id) override;
    Result<TenantId> insert_tenant(const Tenant& tenant) override;
    Status update_tenant(const Tenant& tenant) override;
    Status delete_tenant(TenantId id) override;
    Status put_site(const Site& site) override;
    Status put_model_settings(const ModelSettings& settings) override;

    Status put_secret(const StoredSecret& secret) override;
    Result<std::vector<StoredSecret>> secrets(MacAddress mac) override;
    Status destroy_secrets(MacAddress mac) override;
    Status destroy_secret(MacAddress mac, const std::string& purpose) override;
    Result<std::vector<StoredSecret>> secrets_of_epoch(std::int64_t epoch, std::size_t limit) override;

    Status put_credential(const AccessCredential& credential) override;
    Result<std::optional<AccessCredential>> credential(const std::string& user) override;
    Status drop_credentials(MacAddress mac, std::int64_t from, std::int64_t below) override;

    Result<std::int64_t> put_outbox(const OutboxEntry& entry) override;
    RegistrarQueueChanges& registrar_queue() override { return queue_; }
    PeopleChanges& people() override { return people_; }
    DiagnosticWindowChanges& diagnostic_windows() override { return windows_; }
    DeviceCareChanges& device_cares() override { return cares_; }
    ImportRecordChanges& imports() override { return imports_; }
    Result<std::int64_t> insert_delivery(const DeliveryRecord& record) override;
    Result<std::optional<DeliveryRecord>> delivery(std::int64_t id) override;
    Status end_delivery(std::int64_t id, Transfer transfer, Timestamp at) override;
    Result<std::int64_t> insert_event(const Event& event) override;
    Status audit(AuditEntry entry) override { return trail_.append(std::move(entry)); }

    Result<std::int64_t> insert_exception(const HardeningException& exception) override;
    Status delete_exception(std::int64_t id) override;

    Result<std::optional<Ban>> ban(const Network& network) override;
    Result<std::int64_t> put_ban(const Ban& ban) override;
    Status delete_ban(std::int64_t id) override;
    Status drop_bans(Timestamp before) override;

    Result<std::int64_t> insert_trust(const TrustRecord& record) override;
    Status delete_trust(std::int64_t id) override;

    Status put_fetched(const FetchedPicture& picture) override;
    Status note_fleet(Timestamp now) override;
    Result<std::string> note(const std::string& name) override;
    Status put_note(const std::string& name, const std::string& value) override;

    // Something was blanked or replaced whose old bytes must leave the journal.
    [[nodiscard]] bool destroyed() const { return destroyed_ || queue_.blanked(); }
    [[nodiscard]] bool queued() const { return queue_.queued(); }  // a registrar is to be told something
    [[nodiscard]] std::size_t purged() const { return purged_; }   // secrets blanked

 private:
    Status change_one(Query query, const char* what);  // P-6005 if no row was there to change
    Status destroy_all(MacAddress mac, SecretsOf whom);
    Status destroy_one(std::int64_t id);  // a row of secrets

    // What the indexes hold of the device that was read last.
    struct Indexed {
        MacAddress mac;
        TenantId tenant;
        DeviceState state;
        std::optional<Timestamp> due;
        std::optional<Sha256> token;
        bool operator==(const Indexed&) const = default;
    };
    static Indexed indexed(const Device& device);

    Database& database_;
    AuditTrail& trail_;
    QueueChanges queue_;
    PeopleRows people_;
    WindowChanges windows_;
    CareChanges cares_;
    ImportChanges imports_;
    std::optional<Indexed> read_;
    std::vector<std::string> read_words_;  // that the device is found by
    bool destroyed_ = false;
    std::size_t purged_ = 0;
};

}  // namespace provost::sqlite
