// The port to the database. Reads may come from any thread; every change is one Change, applied whole or not
// at all.
#pragma once

#include "base/result.h"
#include "guard/ban_list.h"
#include "service/audit_keys.h"
#include "service/device_cares.h"
#include "service/diagnostic_windows.h"
#include "service/fleet_reads.h"
#include "service/import_records.h"
#include "service/people_store.h"
#include "service/records.h"
#include "service/registrar_queue.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace provost {

// Inside one transaction of the one writer. Methods see the transaction's own changes. Not thread-safe.
class Transaction {
 public:
    virtual ~Transaction() = default;

    virtual Result<std::optional<Device>> device(MacAddress mac) = 0;
    virtual Status insert_device(const Device& device) = 0;  // P-6001 if the MAC is there
    virtual Status update_device(const Device& device) = 0;  // all fields
    virtual Status delete_device(MacAddress mac) = 0;        // with its secrets and credentials

    virtual Result<std::optional<Tenant>> tenant(TenantId id) = 0;
    virtual Result<TenantId> insert_tenant(const Tenant& tenant) = 0;  // P-6002 if the slug is there
    virtual Status update_tenant(const Tenant& tenant) = 0;
    virtual Status delete_tenant(TenantId id) = 0;  // P-6003 if it has devices or children
    virtual Status put_site(const Site& site) = 0;
    virtual Status put_model_settings(const ModelSettings& settings) = 0;

    virtual Status put_secret(const StoredSecret& secret) = 0;  // replaces the same purpose
    // What a delivery may carry; not what verifies the device's own password.
    virtual Result<std::vector<StoredSecret>> secrets(MacAddress mac) = 0;
    // Blanks ciphertexts and wrapped keys, then deletes the rows. The next checkpoint truncates the journal.
    virtual Status destroy_secrets(MacAddress mac) = 0;
    // The same for one of any purpose; nothing where there is none.
    virtual Status destroy_secret(MacAddress mac, const std::string& purpose) = 0;
    // Those of credentials too.
    virtual Result<std::vector<StoredSecret>> secrets_of_epoch(std::int64_t epoch, std::size_t limit) = 0;

    virtual Status put_credential(const AccessCredential& credential) = 0;  // P-6007 if the user is there
    virtual Result<std::optional<AccessCredential>> credential(const std::string& user) = 0;
    // A device's credentials of generations in this half-open range, with their sealed digests, which are
    // blanked first.
    virtual Status drop_credentials(MacAddress mac, std::int64_t from, std::int64_t below) = 0;
    Status drop_all_credentials(MacAddress mac) { return drop_credentials(mac, 0, INT64_MAX); }

    virtual Result<std::int64_t> put_outbox(const OutboxEntry& entry) = 0;  // its id
    virtual RegistrarQueueChanges& registrar_queue() = 0;
    virtual PeopleChanges& people() = 0;
    virtual DiagnosticWindowChanges& diagnostic_windows() = 0;
    virtual DeviceCareChanges& device_cares() = 0;
    virtual ImportRecordChanges& imports() = 0;
    virtual Result<std::int64_t> insert_delivery(const DeliveryRecord& record) = 0;
    virtual Result<std::optional<DeliveryRecord>> delivery(std::int64_t id) = 0;
    virtual Status end_delivery(std::int64_t id, Transfer transfer, Timestamp at) = 0;
    // An act: it goes into the audit trail too.
    virtual Result<std::int64_t> insert_event(const Event& event) = 0;
    // One more entry of the audit trail. Where it can't be written the change must fail: no audit, no secret.
    virtual Status audit(AuditEntry entry) = 0;

    // Writes nothing where only the time differs from what is there.
    virtual Status put_fetched(const FetchedPicture& picture) = 0;

    virtual Result<std::int64_t> insert_exception(const HardeningException& exception) = 0;
    virtual Status delete_exception(std::int64_t id) = 0;  // P-6005

    virtual Result<std::optional<Ban>> ban(const Network& network) = 0;  // also one that has ended
    virtual Result<std::int64_t> put_ban(const Ban& ban) = 0;  // takes the place of the network's last one
    virtual Status delete_ban(std::int64_t id) = 0;            // P-6005
    virtual Status drop_bans(Timestamp before) = 0;            // those that ended before

    // How many devices are in which state, for the history (FleetReads::tallies); what is too old goes.
    virtual Status note_fleet(Timestamp now) = 0;

    virtual Result<std::int64_t> insert_trust(const TrustRecord& record) = 0;
    virtual Status delete_trust(std::int64_t id) = 0;

    // A named value of the server's own: "clock.last", "schema.note".
    virtual Result<std::string> note(const std::string& name) = 0;  // empty if there is none
    virtual Status put_note(const std::string& name, const std::string& value) = 0;
};

struct Page {
    std::string after;  // cursor: the last key of the page before; empty: from the start
    std::size_t limit = 100;
};
using TenantIds = std::vector<TenantId>;
struct DeviceFilter {
    std::optional<TenantId> tenant;
    std::optional<TenantIds> within;  // of one of these tenants; unset: of any
    std::optional<DeviceState> state;
    std::string vendor;
    std::string mac_part;      // hexadecimal digits anywhere in the MAC: "33ff"
    bool not_rotated = false;  // asked to change its credentials, and it has not
};
struct EventFilter {
    std::optional<MacAddress> device;
    std::optional<TenantIds> within;  // of one of these tenants; unset: of any, and of none
    std::string kind, rule;
    bool refusals_only = false;
    bool without_visits = false;
};
struct AuditFilter {
    std::optional<MacAddress> device;
    std::string kind;  // exactly, or all that begin with it where it ends in '.'
    std::optional<TenantId> tenant;
    std::optional<TenantIds> within;        // of one of these, by number; unset: of any, and of none
    std::optional<Timestamp> since, until;  // half open
};
struct AuditPage {
    std::vector<AuditRow> rows;     // newest first
    std::int64_t looked_until = 0;  // the entry looked at last: what is older was not; 0: there is none
};
struct SeenSource {
    std::string address;
    Timestamp at{};
};
struct Counts {
    std::int64_t devices = 0, tenants = 0, secrets = 0, events = 0;
    std::int64_t outbox_waiting = 0, outbox_held = 0;
    std::vector<std::pair<std::string, std::int64_t>> by_state;
};

using Change = std::function<Status(Transaction&)>;
using ChangeDone = std::function<void(Status)>;

class Store {
 public:
    virtual ~Store() = default;

    // Queues a change. Those that wait together are committed together (one sync for all); where one fails
    // halfway it is undone alone, and the others may be run once more. `done` is called on the writer's
    // thread once the commit is durable, or with the change's error, or with P-6010 when the store can't
    // write (then nothing is changed). P-6011: the queue is full.
    virtual void submit(Change change, ChangeDone done) = 0;
    // The same for a change that nobody waits for: it keeps its place among the others and is written with
    // the next commit, within 100 ms.
    virtual void submit_later(Change change) = 0;
    // The same in a commit of its own, run once, waiting for it. Not from the writer's thread.
    virtual Status apply(Change change) = 0;
    // Events of visits: never waits, written within 100 ms together with what else is queued. Drops and
    // counts the oldest when 100,000 wait.
    virtual void record(Event event) = 0;

    // Reads see the last commit. Any thread; each thread has its own connection.
    virtual Result<std::optional<Device>> device(MacAddress mac) = 0;
    virtual Result<std::optional<Device>> device_by_token(const Sha256& hash) = 0;  // spent or not
    virtual Result<std::optional<AccessCredential>> credential(const std::string& user) = 0;
    virtual Result<std::vector<Device>> devices(const DeviceFilter& filter, const Page& page) = 0;  // by MAC
    virtual Result<std::vector<Tenant>> tenants() = 0;
    virtual Result<std::vector<Site>> sites() = 0;
    virtual Result<std::vector<ModelSettings>> model_settings() = 0;
    virtual Result<std::vector<StoredSecret>> secrets(MacAddress mac) = 0;
    virtual Result<std::optional<StoredSecret>> secret(MacAddress mac, const std::string& purpose) = 0;
    // Unsent: those that are held among them, void ones not.
    virtual Result<std::vector<OutboxEntry>> outbox(bool unsent_only, const Page& page) = 0;
    virtual RegistrarQueue& registrar_queue() = 0;
    virtual PeopleStore& people() = 0;
    virtual FleetReads& fleet() = 0;  // lists, figures, search
    virtual DiagnosticWindows& diagnostic_windows() = 0;
    virtual DeviceCares& device_cares() = 0;
    virtual ImportRecords& imports() = 0;
    // Called on the writer's thread after each commit that left a registrar something to be told. Set before
    // the first change.
    virtual void on_queued(std::function<void()> ring) = 0;
    // Provisioned devices of a tenant that took their credentials before then and are not asked to rotate.
    virtual Result<std::vector<MacAddress>> stale_credentials(TenantId tenant, Timestamp before,
                                                              std::size_t limit) = 0;
    virtual Result<std::vector<DeliveryRecord>> deliveries(MacAddress mac,
                                                           std::size_t limit) = 0;  // newest first
    virtual Result<std::vector<Event>> events(const EventFilter& filter, std::int64_t after,
                                              std::size_t limit) = 0;
    virtual Result<std::vector<Event>> last_events(const EventFilter& filter,
                                                   std::size_t limit) = 0;  // newest first
    virtual Result<std::optional<FetchedPicture>> fetched(MacAddress mac) = 0;
    virtual Result<std::vector<TrustRecord>> trust() = 0;
    virtual Result<std::vector<HardeningException>> exceptions() = 0;
    virtual Result<std::vector<Ban>> bans() = 0;  // newest first, also those that have ended
    // Addresses where registered devices were served, each once, the latest first; up to an hour late.
    virtual Result<std::vector<SeenSource>> sources(Timestamp since, std::size_t limit) = 0;
    virtual Result<Counts> counts() = 0;
    virtual Result<std::optional<DeviceRating>> rating(
        MacAddress mac) = 0;  // nullopt: it never proved itself
    // In one pass over a tenant's own devices, or over all of them, without tenant and site then.
    virtual Result<std::vector<RatedGroup>> ratings(std::optional<TenantId> tenant) = 0;
    virtual Result<std::string> note(const std::string& name) = 0;  // empty if there is none

    // Devices whose due time has passed, oldest first. The store keeps that time, in an index, with each
    // device (the earliest of armed_until, delivering_since + 10 minutes and grace_until that its state looks
    // at), so the cost does not grow with the number of devices. Whether anything is due is for
    // domain/life_cycle to say.
    virtual Result<std::vector<MacAddress>> due(Timestamp now, std::size_t limit) = 0;
    virtual Result<std::int64_t> due_count(Timestamp now) = 0;

    // Entries older than `before` (0: the newest too). Looks at a bounded number of them, so a page may be
    // empty and yet not the last.
    virtual Result<AuditPage> audit(const AuditFilter& filter, std::int64_t before, std::size_t limit) = 0;
    virtual Result<AuditTail> audit_tail() = 0;
    // The trail's keys take a step, so that nobody can change what was written. On the writer; P-5021.
    virtual Result<AuditTail> ratchet_audit() = 0;

    // Truncates the write-ahead log, so that blanked secrets are in no file. On the writer.
    virtual Status checkpoint() = 0;
    // A consistent copy while running.
    virtual Status backup_to(const std::string& path) = 0;
};

}  // namespace provost
