#include "service/people/desk.h"

#include "crypto/random.h"
#include "domain/text.h"

namespace provost {

namespace {

ScatterSeed random_seed() {
    ScatterSeed seed{};
    random_bytes(seed);
    return seed;
}

}  // namespace

Event person_event(std::string kind, const std::string& actor, const std::string& source, Timestamp now) {
    Event event;
    event.at = now;
    event.kind = std::move(kind);
    event.actor = actor;
    event.source = source;
    return event;
}

Event person_event(std::string kind, const Person& person, const std::string& source, Timestamp now) {
    auto event = person_event(std::move(kind), person.login, source, now);
    event.tenant = person.tenant.value_or(0);
    return event;
}

Event failed_try(std::string kind, const Person* account, const std::string& source, std::string why) {
    auto event = person_event(std::move(kind), std::string(), source, {});
    event.detail = account == nullptr ? "no such account" : account->login + ": " + why;
    if (account != nullptr) event.tenant = account->tenant.value_or(0);
    return event;
}

Result<std::unique_ptr<SignInDesk>> SignInDesk::open(House& house, SignInSettings settings) {
    PROVOST_TRY(auto browser_key, house.keys.derive("browser-marks", {}));
    PROVOST_TRY(auto session_key, house.keys.derive("session-tokens", {}));
    return std::unique_ptr<SignInDesk>(
        new SignInDesk(house, std::move(settings), std::move(browser_key), std::move(session_key)));
}

SignInDesk::SignInDesk(House& of, SignInSettings with, Secret browser_key, Secret csrf_key)
    : house(of),
      settings(std::move(with)),
      throttle(random_seed()),
      guesses(random_seed()),
      marks(std::move(browser_key)),
      session_key(std::move(csrf_key)) {}

Status SignInDesk::tell(Event event) {
    return house.store.apply([event = std::move(event)](Transaction& transaction) -> Status {
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

void SignInDesk::tell_of_failure(Event event) {
    event.at = now();
    if (!failures_.take(event.at)) {
        ++untold_;
        return;
    }
    if (const auto untold = untold_.exchange(0); untold != 0)
        event.detail +=
            (event.detail.empty() ? "" : "; ") + std::to_string(untold) + " more were not written";
    house.store.submit_later([event = std::move(event)](Transaction& transaction) -> Status {
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

}  // namespace provost
