// The questions that both a transaction and a reader may ask.
#pragma once

#include "service/store.h"
#include "storage/sqlite/database.h"

#include <optional>
#include <vector>

namespace provost::sqlite {

Result<std::optional<Device>> find_device(Database& database, MacAddress mac);
Result<std::vector<Device>> list_devices(Database& database, const DeviceFilter& filter, const Page& page);
Result<std::optional<Device>> find_device_by_token(Database& database, const Sha256& hash);
Result<std::vector<StoredSecret>> list_secrets(Database& database, MacAddress mac);
// Rows of a device's secrets, with their generations: those of its credentials, or all the others.
struct SecretRow {
    std::int64_t id = 0, generation = 0;
};
// Whose a sealed row is: the phone's, that of the credentials by which it proves itself, a registrar's, or a
// diagnostic window's.
enum class SecretsOf : std::uint8_t { phone, credentials, registrar, window };
Result<std::vector<SecretRow>> list_secret_ids(Database& database, MacAddress mac, SecretsOf whom);
Result<std::optional<StoredSecret>> find_secret(Database& database, MacAddress mac,
                                                const std::string& purpose);
// A user that is none costs as many questions as one that is.
Result<std::optional<AccessCredential>> find_credential(Database& database, const std::string& user);
Result<std::vector<OutboxEntry>> list_outbox(Database& database, bool unsent_only, const Page& page);

// Oldest first after an id, or newest first.
Result<std::vector<Event>> list_events(Database& database, const EventFilter& filter, std::int64_t after,
                                       std::size_t limit);
Result<std::vector<Event>> list_last_events(Database& database, const EventFilter& filter, std::size_t limit);

Result<Counts> count_all(Database& database);
Result<std::optional<DeviceRating>> find_rating(Database& database, MacAddress mac);
Result<std::vector<RatedGroup>> group_ratings(Database& database, std::optional<TenantId> tenant);
Result<std::string> find_note(Database& database, const std::string& name);  // empty if there is none
Result<std::vector<MacAddress>> list_stale(Database& database, TenantId tenant, Timestamp before,
                                           std::size_t limit);
Result<std::vector<MacAddress>> list_due(Database& database, Timestamp now, std::size_t limit);

}  // namespace provost::sqlite
