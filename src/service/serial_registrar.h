// A registrar that any thread may ask: one call at a time.
#pragma once

#include "service/registrar.h"

#include <memory>
#include <mutex>

namespace provost {

class SerialRegistrar final : public Registrar {
 public:
    explicit SerialRegistrar(std::unique_ptr<Registrar> inner)
        : inner_(std::move(inner)), abilities_(inner_->abilities()) {}

    [[nodiscard]] RegistrarAbilities abilities() const override { return abilities_; }
    Result<std::vector<Status>> push(std::span<const OutboxEntry> entries) override {
        const std::lock_guard lock(mutex_);
        return inner_->push(entries);
    }
    Result<std::vector<HeldAccount>> accounts(const RegistrarAccount& after, std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        return inner_->accounts(after, limit);
    }
    Result<std::vector<Registration>> registrations(Timestamp since, std::size_t limit) override {
        const std::lock_guard lock(mutex_);
        return inner_->registrations(since, limit);
    }
    Result<std::vector<Registration>> registrations_of(const RegistrarAccount& account) override {
        const std::lock_guard lock(mutex_);
        return inner_->registrations_of(account);
    }
    Result<std::optional<Secret>> digest(const RegistrarAccount& account) override {
        const std::lock_guard lock(mutex_);
        return inner_->digest(account);
    }

 private:
    const std::unique_ptr<Registrar> inner_;
    const RegistrarAbilities abilities_;
    std::mutex mutex_;
};

}  // namespace provost
