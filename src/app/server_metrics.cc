#include "app/server_metrics.h"

#include "app/admin_desk.h"
#include "app/process_facts.h"
#include "crypto/revocation_dates.h"

#include <algorithm>

namespace provost {

namespace {

double unix_seconds(Timestamp time) {
    return static_cast<double>(to_millis(time)) / 1e3;
}

double seconds(Duration duration) {
    return std::chrono::duration<double>(duration).count();
}

std::uint64_t counter_of(const DoorState& door, std::string_view name) {
    for (const auto& [known, count] : door.counters)
        if (known == name) return count;
    return 0;
}

// A family with one sample for each door, of a counter that `server status` shows too.
void each_door(Exposition& page, const std::vector<DoorState>& doors, std::string_view counter) {
    for (const auto& door : doors) page.sample(counter_of(door, counter), {{"door", door.name}});
}

}  // namespace

std::string ServerMetrics::metrics() {
    Exposition page;
    page.gauge("provost_build_info", "1, with the program's version.");
    page.sample(std::uint64_t{1}, {{"version", PROVOST_VERSION}});
    add_visits(page);
    add_doors(page);
    add_handshakes(page);
    add_store(page);
    add_counts(page);
    add_keys(page);
    add_expiries(page);
    add_rest(page);
    add_guard(page);
    add_review(page);
    add_alerts(page);
    add_webhooks(page);
    add_updates(page);
    add_registrars(page);
    add_admin(page);
    add_process(page);
    return page.take();
}

void ServerMetrics::add_visits(Exposition& page) const {
    const auto& visits = *parts_.house.visits;
    page.counter("provost_visits_total", "Requests of phones and strangers, by the rule that decided them.");
    for (std::size_t i = 0; i < VisitMetrics::rules; ++i) {
        const auto rule = static_cast<Rule>(i);
        page.sample(visits.of(rule),
                    {{"rule", to_text(rule)}, {"outcome", is_refusal(rule) ? "refused" : "answered"}});
    }
    page.histogram("provost_visit_duration_seconds",
                   "Time to decide, record and render, without the transfer.");
    page.buckets(visits.duration());
}

void ServerMetrics::add_doors(Exposition& page) const {
    const auto doors = parts_.doors.states();
    page.gauge("provost_door_connections_open", "Connections that are open now.");
    each_door(page, doors, "open");
    page.counter("provost_door_connections_total", "Connections accepted, those shed at once among them.");
    each_door(page, doors, "accepted");
    page.counter("provost_door_connections_shed_total",
                 "Connections over a limit, closed before any TLS work.");
    each_door(page, doors, "shed");
    page.counter("provost_door_requests_total", "Requests read.");
    each_door(page, doors, "requests");
    page.counter("provost_tls_handshakes_total", "Handshakes that came to an end, whoever the peer is.");
    each_door(page, doors, "handshakes");
}

void ServerMetrics::add_handshakes(Exposition& page) const {
    const auto metrics = parts_.doors.metrics();
    page.counter("provost_tls_handshake_failures_total", "Handshakes that came to nothing, by reason.");
    for (const auto& door : metrics)
        for (std::size_t i = 0; i < handshake_faults; ++i)
            page.sample(door.counters.faults[i],
                        {{"door", door.name}, {"reason", to_text(static_cast<HandshakeFault>(i))}});
    page.histogram("provost_tls_handshake_duration_seconds", "From the connection to the handshake's end.");
    for (const auto& door : metrics) page.buckets(door.handshake_duration, {{"door", door.name}});
    const auto verdicts = parts_.doors.verdicts();
    page.counter("provost_verdict_cache_lookups_total",
                 "Certificates judged, by whether a verdict was known.");
    page.sample(verdicts.hits, {{"result", "hit"}});
    page.sample(verdicts.misses, {{"result", "miss"}});
}

void ServerMetrics::add_store(Exposition& page) const {
    const auto& store = *parts_.store;
    page.histogram("provost_store_commit_duration_seconds", "Time of a commit with its sync.");
    page.buckets(store.commit_duration.read());
    page.histogram("provost_store_commit_changes", "Changes committed together; 0 where only events were.");
    page.buckets(store.commit_changes.read());
    page.counter("provost_store_commit_failures_total", "Commits that failed; nothing of them was changed.");
    page.sample(store.commit_failures.value());
    page.gauge("provost_store_writable", "1 if the last commit went well.");
    page.sample(std::uint64_t{store.writable.load() ? 1U : 0U});
    page.counter("provost_store_events_written_total", "Events written.");
    page.sample(store.events_written.value());
    page.counter("provost_store_events_dropped_total", "Events dropped because the store could not keep up.");
    page.sample(store.events_dropped.value());
    const auto disk = read_disk_facts(parts_.data_folder);
    page.gauge("provost_store_disk_free_bytes", "Free space where the database lies.");
    page.sample(disk.free_bytes);
    page.gauge("provost_store_disk_size_bytes", "Size of the file system where the database lies.");
    page.sample(disk.size_bytes);
    page.counter("provost_secrets_purged_total", "Secrets destroyed since the start.");
    page.sample(store.secrets_purged.value());
}

// What the store does not tell now is left out: an absent sample says more than a zero.
void ServerMetrics::add_counts(Exposition& page) const {
    const auto counts = parts_.house.store.counts();
    if (!counts) return;
    page.gauge("provost_secrets_alive", "Sealed secrets in the database.");
    page.sample(counts->secrets);
    page.gauge("provost_devices", "Devices by state.");
    for (const auto& [state, count] : counts->by_state) page.sample(count, {{"state", state}});
    page.gauge("provost_tenants", "Tenants.");
    page.sample(counts->tenants);
    page.gauge("provost_outbox_waiting", "Digests that wait for the registrar.");
    page.sample(counts->outbox_waiting);
    page.gauge("provost_outbox_held", "Digests that are held until their delivery is complete.");
    page.sample(counts->outbox_held);
    const auto entries = parts_.house.store.outbox(true, {{}, 1000});
    if (!entries) return;
    const auto oldest = std::find_if(entries->begin(), entries->end(), [](const OutboxEntry& one) {
        return one.state == OutboxState::due;  // what is held waits for its phone
    });
    page.gauge("provost_outbox_oldest_age_seconds",
               "How long the oldest of them has waited; 0 if none does.");
    page.sample(oldest == entries->end() ? 0.0 : seconds(parts_.house.clock.now() - oldest->at));
}

void ServerMetrics::add_keys(Exposition& page) const {
    const auto epochs = parts_.house.keys.epochs();
    page.gauge("provost_key_holder_up", "1 if the key holder answers.");
    page.sample(std::uint64_t{epochs ? 1U : 0U});
    page.gauge("provost_key_holder_separate", "1 if it is a process of its own.");
    page.sample(std::uint64_t{parts_.key_folder.empty() ? 1U : 0U});
    page.gauge("provost_sandbox_on", "1 if this process has shut itself into its sandbox.");
    page.sample(std::uint64_t{parts_.sandboxed ? 1U : 0U});
    if (!epochs) return;
    page.gauge("provost_epoch", "Number of the current key epoch.");
    page.sample(epochs->current);
    page.gauge("provost_epoch_age_seconds", "Its age; it closes after a day.");
    page.sample(seconds(parts_.house.clock.now() - epochs->started));
}

void ServerMetrics::add_expiries(Exposition& page) {
    page.gauge("provost_identity_expiry_timestamp_seconds", "When a server certificate in force expires.");
    for (const auto& door : parts_.doors.metrics())
        for (const auto& one : door.identities)
            page.sample(unix_seconds(one.not_after), {{"door", door.name}, {"key", one.key_type}});
    if (parts_.admin != nullptr)
        for (const auto& one : parts_.admin->door().identities())
            page.sample(unix_seconds(one.not_after), {{"door", "admin"}, {"key", one.key_type}});
    const auto rows = parts_.house.store.trust();
    if (!rows) return;
    page.gauge("provost_crl_expiry_timestamp_seconds",
               "When a revocation list runs out; 'trust' is its number in the trust list.");
    std::map<std::int64_t, Timestamp> ends;
    for (const auto& row : *rows) {
        if (row.kind != "crl") continue;
        const auto known = list_ends_.find(row.id);
        const auto end = known == list_ends_.end() ? list_end(row.pem) : std::optional(known->second);
        if (!end) continue;
        ends[row.id] = *end;
        page.sample(unix_seconds(*end), {{"trust", std::to_string(row.id)}});
    }
    list_ends_ = std::move(ends);
}

void ServerMetrics::add_rest(Exposition& page) const {
    page.gauge("provost_expiry_braked", "1 while a clock jump has stopped the expiry of devices.");
    page.sample(std::uint64_t{parts_.housekeeper.braked() ? 1U : 0U});
    page.counter("provost_housekeeping_failures_total",
                 "Rounds of the housekeeper that ended with an error.");
    page.sample(parts_.housekeeping_failures->value());
    if (parts_.tripwire == nullptr) return;
    const auto counters = parts_.tripwire->counters();
    page.counter("provost_tripwire_connections_total", "Connections at the listener that serves nothing.");
    page.sample(counters.accepted);
    page.gauge("provost_tripwire_connections_open", "Those that are open now.");
    page.sample(counters.open);
}

// The names are those of every Prometheus client library.
void ServerMetrics::add_process(Exposition& page) const {
    const auto facts = read_process_facts();
    page.counter("process_cpu_seconds_total", "User and system CPU time spent.");
    page.sample(facts.cpu_seconds);
    page.gauge("process_resident_memory_bytes", "Resident memory.");
    page.sample(facts.resident_bytes);
    page.gauge("process_virtual_memory_bytes", "Virtual memory.");
    page.sample(facts.virtual_bytes);
    page.gauge("process_open_fds", "Open file descriptors.");
    page.sample(facts.open_files);
    page.gauge("process_max_fds", "How many may be open.");
    page.sample(facts.most_files);
    page.gauge("process_start_time_seconds", "When the server began.");
    page.sample(unix_seconds(parts_.started));
}

}  // namespace provost
