// The chain of rules that every connection passes, step by step. Each check is a few looks into tables of a
// fixed size.
#pragma once

#include "base/mac_address.h"
#include "guard/ban_list.h"
#include "guard/limit.h"
#include "guard/source.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace provost {

struct GateSettings {
    ScatterSeed seed{};
    Networks allow;  // only operators fill it
    AllLimits limits = default_limits();
    std::size_t slots = 65'536;  // of each table, 16 bytes each
    Duration known_for = std::chrono::hours(24 * 7);
};

// Any thread. Time is an argument.
class Gate {
 public:
    explicit Gate(GateSettings settings);

    [[nodiscard]] Source meet(const IpAddress& address) const;

    // Each gives the rule that stops the peer, if one does.
    using Stop = std::optional<Limit>;
    [[nodiscard]] Stop connects(const Source& source, Timestamp now);    // before any TLS work
    [[nodiscard]] Stop begins_tls(const Source& source, Timestamp now);  // its first bytes are here
    // After the handshake; `proved` is the device that its certificate is, if any. Here, not before, a known
    // source's bans and failures stop those who prove nothing, and nobody else.
    [[nodiscard]] Stop is_judged(const Source& source, std::optional<MacAddress> proved, Timestamp now);
    [[nodiscard]] Stop asks(const Source& source, std::optional<MacAddress> proved, Timestamp now);
    // A device of it proved itself and is about to be answered.
    [[nodiscard]] Stop asks_of_tenant(const Source& source, std::int64_t tenant, Timestamp now);
    void note_answer(const Source& source, std::int64_t tenant, std::int64_t kibibytes, Timestamp now);

    // What came of a request.
    void note_proof(const Source& source, Timestamp now);  // a registered device was served
    void note_failure(const Source& source, std::optional<MacAddress> proved, Timestamp now);
    // What a connection brought and took since the last time it was noted.
    void note_bytes(const Source& source, std::optional<MacAddress> proved, std::int64_t kibibytes,
                    Timestamp now);

    [[nodiscard]] bool knows(const Source& source, Timestamp now) const;
    // Replaces the list; whoever holds the old one goes on with it.
    void set_bans(std::shared_ptr<const BanList> bans) { bans_.store(std::move(bans)); }

    // How often a rule stopped somebody; how often it would have, where it is in dry run.
    [[nodiscard]] std::uint64_t stopped(Limit limit) const;
    [[nodiscard]] std::uint64_t would_have_stopped(Limit limit) const;
    [[nodiscard]] bool is_dry(Limit limit) const {
        return settings_.limits[static_cast<std::size_t>(limit)].dry_run;
    }
    [[nodiscard]] std::size_t bytes() const;  // of all tables

 private:
    Stop stop(Limit limit);  // counts; nothing in dry run
    Stop take(Limit limit, std::uint64_t key, Timestamp now);
    Stop take_shared(Limit limit, Timestamp now);
    Stop spent(Limit limit, std::uint64_t key, Timestamp now);
    Stop spent_shared(Limit limit, Timestamp now);
    Stop refused_lately(const Source& source, Timestamp now);
    Stop took_too_much(const Source& source, Timestamp now);
    [[nodiscard]] std::uint64_t key_of(MacAddress device) const;
    [[nodiscard]] std::uint64_t key_of(std::int64_t tenant) const;
    Stop take_chain(const Source& source, Timestamp now, Limit first);
    [[nodiscard]] bool knows_network(const Source& source, Timestamp now) const;
    [[nodiscard]] bool seen_lately(std::uint64_t key, Timestamp now) const;
    BucketTable& table(Limit limit) { return *tables_[static_cast<std::size_t>(limit)]; }
    SharedBucket& shared(Limit limit) { return *shared_[static_cast<std::size_t>(limit)]; }

    const GateSettings settings_;
    std::array<std::unique_ptr<BucketTable>, limit_count> tables_;   // of limits by key
    std::array<std::unique_ptr<SharedBucket>, limit_count> shared_;  // of the others
    SlotTable known_;
    std::atomic<std::shared_ptr<const BanList>> bans_ = std::make_shared<const BanList>();
    std::array<std::atomic<std::uint64_t>, limit_count> stopped_{}, would_stop_{};
};

}  // namespace provost
