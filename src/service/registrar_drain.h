// Tells one registrar what the outbox has for it, and asks it which phones registered. It keeps nothing that
// the store does not know: killed anywhere, it goes on where it was, and tells at most a batch twice.
#pragma once

#include "service/house.h"
#include "service/serial_registrar.h"

#include <atomic>
#include <mutex>
#include <string>

namespace provost {

struct RegistrarState {
    std::string name, kind;
    RegistrarAbilities abilities;
    std::optional<Timestamp> away_since;  // it does not answer; nullopt: it did at the last try
    std::string trouble;                  // of the last try; empty: it went well
    std::uint64_t told = 0, refused = 0, failures = 0, confirmed = 0;  // since the start
    std::optional<Timestamp> answered;                                 // last
};

// 1 s, 2 s, 4 s ... up to 5 minutes.
Duration registrar_pause(int failures);

class RegistrarDrain {
 public:
    static constexpr std::size_t batch_size = 100;
    static constexpr Duration poll_period = std::chrono::seconds(5);
    static constexpr Duration away_is_news = std::chrono::minutes(1);

    RegistrarDrain(House& house, std::string name, std::string kind, std::unique_ptr<Registrar> registrar);

    // Does what is due, and says when to come again, unless something is queued before. One thread.
    Timestamp step(Timestamp now);
    // Any thread from here on. No pause after a failure is waited for any more.
    void hurry() { hurry_ = true; }
    [[nodiscard]] RegistrarState state() const;
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] Registrar& registrar() { return registrar_; }

 private:
    enum class Outcome : std::uint8_t { well, away, store_failed };
    Outcome drain(Timestamp now);
    Outcome tell(const std::vector<QueuedEntry>& batch, Timestamp now);
    Status note_told(const std::vector<QueuedEntry>& batch, const std::vector<Status>& answers,
                     Timestamp now);
    Status note_refusal(Transaction& transaction, const QueuedEntry& queued, const Error& why, Timestamp now);
    Outcome poll(Timestamp now);
    Outcome took(const Error& error, Outcome outcome);
    void settle(Outcome outcome, Timestamp now);
    void announce(std::string kind, std::string detail, Timestamp now);
    [[nodiscard]] Timestamp next(Timestamp now);

    House& house_;
    const std::string name_, kind_;
    SerialRegistrar registrar_;
    std::atomic<bool> hurry_{false};
    int failures_ = 0;  // one after the other
    bool told_away_ = false;
    Timestamp not_before_{}, next_poll_{};
    std::optional<Timestamp> polled_;  // by the registrar's clock
    mutable std::mutex mutex_;         // of the state
    RegistrarState state_;
};

}  // namespace provost
