// The part of the store that says who was told what: for each registrar a queue of outbox entries. Within an
// account the order is that of the entries; what a registrar refuses keeps back that account alone.
#pragma once

#include "base/result.h"
#include "service/records.h"
#include "service/registrar.h"

#include <optional>
#include <string>
#include <vector>

namespace provost {

// An entry that a registrar is to be told.
struct QueuedEntry {
    OutboxEntry entry;
    Timestamp due{};      // not before
    int tries = 0;        // that the registrar refused
    std::string trouble;  // what it said at the last of them
};

struct QueueState {
    std::int64_t waiting = 0;         // entries not told yet
    std::int64_t refused = 0;         // those of them that the registrar has refused
    std::optional<Timestamp> oldest;  // when the first of them was made
};

// Reads, as those of Store.
class RegistrarQueue {
 public:
    virtual ~RegistrarQueue() = default;
    // What is due, each account's in its order and no account's before its earlier ones.
    virtual Result<std::vector<QueuedEntry>> due(const std::string& registrar, Timestamp now,
                                                 std::size_t limit) = 0;
    virtual Result<std::optional<Timestamp>> next_due(const std::string& registrar) = 0;  // nullopt: none
    virtual Result<QueueState> state(const std::string& registrar) = 0;
    // What was refused, the oldest first: for people.
    virtual Result<std::vector<QueuedEntry>> refused(const std::string& registrar, std::size_t limit) = 0;

    // Of an account, or of all in the order of (user, realm): the newest entry that is neither held nor void.
    // That is what the registrars have, once it is sent.
    virtual Result<std::optional<OutboxEntry>> account(const RegistrarAccount& account) = 0;
    virtual Result<std::vector<OutboxEntry>> accounts(const RegistrarAccount& after, std::size_t limit) = 0;
    // When this registrar was told an entry; nullopt: it was not.
    virtual Result<std::optional<Timestamp>> told(const std::string& registrar, std::int64_t entry) = 0;
};

// Inside a transaction.
class RegistrarQueueChanges {
 public:
    virtual ~RegistrarQueueChanges() = default;
    virtual Result<std::optional<OutboxEntry>> account(const RegistrarAccount& account) = 0;
    virtual Result<std::vector<OutboxEntry>> held(MacAddress device) = 0;
    // The newest entry of each account whose credentials are this device's, and good.
    virtual Result<std::vector<OutboxEntry>> living(MacAddress device) = 0;
    // The device's older entries of the same account that are not sent are void: those that are held, or all.
    virtual Status make_void_before(const OutboxEntry& newer, bool held_only) = 0;
    // Its digests are blanked, and nobody is told it any more.
    virtual Status make_void(const OutboxEntry& entry) = 0;
    // What was held is due. It gets a new number, which it returns: numbers are the order of telling.
    virtual Result<std::int64_t> release(const OutboxEntry& entry) = 0;

    // Who is to be told: those of them that were told already stay so, others that wait no longer do. Where
    // all were told, the entry is sent.
    virtual Status queue(const OutboxEntry& entry, const std::vector<std::string>& registrars,
                         Timestamp now) = 0;
    // The registrar has it. With the last one the entry is sent: its digests are blanked, and what the
    // account had before is forgotten. Nothing where it became void meanwhile.
    virtual Status told(const std::string& registrar, std::int64_t entry, Timestamp now) = 0;
    // The registrar refused it: the whole account waits until `due`.
    virtual Status refused(const std::string& registrar, const OutboxEntry& entry, const std::string& trouble,
                           Timestamp due) = 0;
    // What waits is due now, all of it or an account user's. How much that is.
    virtual Result<std::int64_t> replay(const std::string& registrar, const std::string& user,
                                        Timestamp now) = 0;
    // It is told an entry again that it was told before, which has no digests.
    virtual Status tell_again(const std::string& registrar, const OutboxEntry& withdrawal, Timestamp now) = 0;
};

}  // namespace provost
