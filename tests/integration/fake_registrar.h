// A registrar in memory that can be away, refuse accounts, and die in the middle of a batch.
#pragma once

#include "service/registrar.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace provost::testing_house {

// What it has and all that it ever took; outlives the connector, as a real one does.
struct FakeServer {
    bool away = false;
    std::set<std::string> refuses;  // users
    int dies_after = -1;            // entries it takes before the connection breaks; -1: it holds
    std::map<RegistrarAccount, std::string> accounts;
    std::vector<OutboxEntry> took;  // in the order it took them
    int calls = 0;
    std::vector<Registration> registered;
};

class FakeRegistrar final : public Registrar {
 public:
    explicit FakeRegistrar(FakeServer& server) : server_(server) {}

    [[nodiscard]] RegistrarAbilities abilities() const override { return {true, true, false, true}; }
    Result<std::vector<Status>> push(std::span<const OutboxEntry> entries) override {
        ++server_.calls;
        if (server_.away) return fail(gone());
        std::vector<Status> outcomes;
        int took = 0;
        for (const auto& entry : entries) {
            if (server_.dies_after >= 0 && took++ >= server_.dies_after) return fail(gone());
            if (server_.refuses.contains(entry.user)) {
                outcomes.emplace_back(fail({"P-8111", "refused"}));
                continue;
            }
            if (entry.withdraw)
                server_.accounts.erase({entry.user, entry.realm});
            else
                server_.accounts[{entry.user, entry.realm}] = entry.ha1_md5;
            server_.took.push_back(entry);
            outcomes.emplace_back();
        }
        return outcomes;
    }
    Result<std::vector<HeldAccount>> accounts(const RegistrarAccount& after, std::size_t limit) override {
        std::vector<HeldAccount> page;
        for (auto at = server_.accounts.upper_bound(after);
             at != server_.accounts.end() && page.size() < limit; ++at)
            page.push_back({at->first, fingerprint_of(at->second)});
        return page;
    }
    Result<std::vector<Registration>> registrations(Timestamp since, std::size_t limit) override {
        if (server_.away) return fail(gone());
        std::vector<Registration> page;
        for (const auto& one : server_.registered)
            if (one.renewed >= since && page.size() < limit) page.push_back(one);
        return page;
    }
    Result<std::vector<Registration>> registrations_of(const RegistrarAccount&) override {
        return std::vector<Registration>();
    }
    Result<std::optional<Secret>> digest(const RegistrarAccount&) override { return std::nullopt; }

 private:
    static Error gone() { return {"P-8112", "the registrar is not there"}; }
    FakeServer& server_;
};

}  // namespace provost::testing_house
