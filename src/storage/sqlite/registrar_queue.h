// The queues of the registrars (service/registrar_queue.h) in their table.
#pragma once

#include "service/registrar_queue.h"
#include "storage/sqlite/database.h"

namespace provost::sqlite {

Result<std::vector<QueuedEntry>> list_queue_due(Database& database, const std::string& registrar,
                                                Timestamp now, std::size_t limit);
Result<std::optional<Timestamp>> find_next_due(Database& database, const std::string& registrar);
Result<QueueState> read_queue_state(Database& database, const std::string& registrar);
Result<std::vector<QueuedEntry>> list_refused(Database& database, const std::string& registrar,
                                              std::size_t limit);
Result<std::optional<OutboxEntry>> find_account(Database& database, const RegistrarAccount& account);
Result<std::vector<OutboxEntry>> list_accounts(Database& database, const RegistrarAccount& after,
                                               std::size_t limit);
Result<std::optional<Timestamp>> find_told(Database& database, const std::string& registrar,
                                           std::int64_t entry);

class QueueChanges final : public RegistrarQueueChanges {
 public:
    explicit QueueChanges(Database& database) : database_(database) {}

    Result<std::optional<OutboxEntry>> account(const RegistrarAccount& account) override;
    Result<std::vector<OutboxEntry>> held(MacAddress device) override;
    Result<std::vector<OutboxEntry>> living(MacAddress device) override;
    Status make_void_before(const OutboxEntry& newer, bool held_only) override;
    Status make_void(const OutboxEntry& entry) override;
    Result<std::int64_t> release(const OutboxEntry& entry) override;
    Status queue(const OutboxEntry& entry, const std::vector<std::string>& registrars,
                 Timestamp now) override;
    Status told(const std::string& registrar, std::int64_t entry, Timestamp now) override;
    Status refused(const std::string& registrar, const OutboxEntry& entry, const std::string& trouble,
                   Timestamp due) override;
    Result<std::int64_t> replay(const std::string& registrar, const std::string& user,
                                Timestamp now) override;
    Status tell_again(const std::string& registrar, const OutboxEntry& withdrawal, Timestamp now) override;

    [[nodiscard]] bool blanked() const { return blanked_; }  // digests, which must leave the journal
    [[nodiscard]] bool queued() const { return queued_; }

 private:
    Status blank(const OutboxEntry& entry);
    Status settle(std::int64_t id, Timestamp now);

    Database& database_;
    bool blanked_ = false, queued_ = false;
};

}  // namespace provost::sqlite
