#include "service/drift.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t accounts_at_once = 500;

// One of two ordered lists, a page in memory at a time.
template <class Record, class Read, class AccountOf>
class Pages {
 public:
    Pages(Read read, AccountOf account_of) : read_(std::move(read)), account_of_(std::move(account_of)) {}

    // Null at the end. P-8103 where the list is not in order.
    Result<const Record*> peek() {
        if (at_ == page_.size() && !done_) PROVOST_CHECK(turn());
        return at_ == page_.size() ? nullptr : &page_[at_];
    }
    void pass() { ++at_; }
    [[nodiscard]] RegistrarAccount account() const { return account_of_(page_[at_]); }

 private:
    Status turn() {
        PROVOST_TRY(page_, read_(last_));
        at_ = 0;
        done_ = page_.size() < accounts_at_once;
        for (const auto& one : page_) {
            auto account = account_of_(one);
            if (account <= last_ && account != RegistrarAccount())
                return fail({"P-8103", "the registrar lists its accounts out of order", account.user, "",
                             "Compare its database's collation with the connector's page"});
            last_ = std::move(account);
        }
        return {};
    }

    Read read_;
    AccountOf account_of_;
    std::vector<Record> page_;
    std::size_t at_ = 0;
    bool done_ = false;
    RegistrarAccount last_;
};

class Check {
 public:
    Check(House& house, std::string name, Registrar& registrar, bool repair)
        : house_(house), name_(std::move(name)), registrar_(registrar), repair_(repair) {}

    Result<DriftReport> run() {
        auto theirs = pages<HeldAccount>(
            [this](const RegistrarAccount& after) { return registrar_.accounts(after, accounts_at_once); },
            [](const HeldAccount& one) { return one.account; });
        auto ours = pages<OutboxEntry>(
            [this](const RegistrarAccount& after) {
                return house_.store.registrar_queue().accounts(after, accounts_at_once);
            },
            [](const OutboxEntry& one) { return account_of(one); });
        for (;;) {
            PROVOST_TRY(const auto* const held, theirs.peek());
            PROVOST_TRY(const auto* const entry, ours.peek());
            if (held == nullptr && entry == nullptr) return std::move(report_);
            const bool only_theirs = entry == nullptr || (held && theirs.account() < ours.account());
            const bool only_ours = held == nullptr || (entry && ours.account() < theirs.account());
            if (held && !only_ours) ++report_.accounts;
            PROVOST_CHECK(compare(only_ours ? nullptr : held, only_theirs ? nullptr : entry));
            if (!only_ours) theirs.pass();
            if (!only_theirs) ours.pass();
        }
    }

 private:
    template <class Record, class Read, class AccountOf>
    static Pages<Record, Read, AccountOf> pages(Read read, AccountOf account_of) {
        return {std::move(read), std::move(account_of)};
    }

    Status compare(const HeldAccount* held, const OutboxEntry* entry) {
        const bool ours = entry && house_.registrars->serves(name_, entry->tenant, entry->realm);
        if (!ours) return held ? note({DriftKind::foreign, held->account, {}}) : Status();
        const auto account = account_of(*entry);
        if (!entry->sent) {
            ++report_.waiting;
        } else if (entry->withdraw) {
            return held ? withdraw_again(*entry) : Status();
        } else if (!held) {
            return note({DriftKind::missing, account, entry->device});
        } else if (entry->fingerprint != held->fingerprint) {
            return note({DriftKind::different, account, entry->device});
        } else {
            ++report_.alike;
        }
        return {};
    }

    Status note(Drift drift) {
        ++report_.found;
        report_.repaired += drift.repaired ? 1 : 0;
        if (report_.drifts.size() < DriftReport::most_drifts) report_.drifts.push_back(std::move(drift));
        return {};
    }

    // The account may have new credentials by now: they are not to be withdrawn.
    Status withdraw_again(const OutboxEntry& withdrawal) {
        Drift drift{DriftKind::not_gone, account_of(withdrawal), withdrawal.device};
        if (repair_)
            PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
                auto& queue = transaction.registrar_queue();
                PROVOST_TRY(const auto newest, queue.account(drift.account));
                drift.repaired = newest && newest->id == withdrawal.id;
                if (!drift.repaired) return {};
                return queue.tell_again(name_, withdrawal, house_.clock.now());
            }));
        return note(std::move(drift));
    }

    House& house_;
    const std::string name_;
    Registrar& registrar_;
    const bool repair_;
    DriftReport report_;
};

}  // namespace

std::string_view to_text(DriftKind kind) {
    static constexpr std::array<std::string_view, 4> names = {"missing", "different", "not-gone", "foreign"};
    return names.at(static_cast<std::size_t>(kind));
}

Result<DriftReport> check_registrar(House& house, const std::string& name, Registrar& registrar,
                                    bool repair) {
    if (!registrar.abilities().lists_accounts)
        return fail({"P-8102", "registrar '" + name + "' can't be compared", "registrar",
                     "its kind does not list accounts"});
    return Check(house, name, registrar, repair).run();
}

}  // namespace provost
