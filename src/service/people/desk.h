// What everything about signing in stands on: limits, keys, counters of failed tries, challenges.
#pragma once

#include "crypto/password_hash.h"
#include "guard/budget.h"
#include "guard/login_throttle.h"
#include "guard/session_guesses.h"
#include "service/house.h"
#include "service/people/browser_mark.h"
#include "service/people/challenges.h"

#include <atomic>
#include <memory>
#include <string>

namespace provost {

inline constexpr Duration session_idle = std::chrono::minutes(15);

struct SignInSettings {
    std::string origin;              // "https://admin.example.net:8443", as browsers send it
    std::string rp_id;               // "admin.example.net": what passkeys are bound to
    std::string issuer = "Provost";  // what an authenticator's app shows
    Duration idle = session_idle;
    Duration whole = std::chrono::hours(8);        // of a session, whatever it does
    Duration fresh = std::chrono::minutes(5);      // how long a proof is good for what asks for one
    Duration half = std::chrono::minutes(5);       // from the password to the second factor
    Duration one_time = std::chrono::minutes(30);  // a one-time login, and the session it opens
};

// Who is at the other end.
struct WebPeer {
    std::string source;        // address
    std::string agent;         // User-Agent, as sent
    std::string browser_mark;  // cookie of an earlier login; empty: none
};

inline constexpr int most_code_failures = 5;  // of a session: then it ends

class SignInDesk {
 public:
    // P-5030, P-5033: the key holder.
    static Result<std::unique_ptr<SignInDesk>> open(House& house, SignInSettings settings);

    [[nodiscard]] Timestamp now() const { return house.clock.now(); }
    [[nodiscard]] PeopleStore& people() const { return house.store.people(); }

    // A row of events and one of the audit trail, at once or soon. What strangers cause is written within a
    // budget; the next that is written says how many were not.
    Status tell(Event event);
    void tell_of_failure(Event event);

    House& house;
    const SignInSettings settings;
    PasswordHasher hasher;
    LoginThrottle throttle;
    SessionGuesses guesses;
    PasskeyChallenges challenges;
    const BrowserMarks marks;
    const Secret session_key;  // of the CSRF tokens

 private:
    SignInDesk(House& house, SignInSettings settings, Secret browser_key, Secret session_key);

    SharedBucket failures_{Budget{5, 200}};
    std::atomic<std::uint64_t> untold_ = 0;
};

// "login.done" and the like: who, from where.
Event person_event(std::string kind, const std::string& actor, const std::string& source, Timestamp now);
// A try at an account by whoever it was: no actor, the account in the detail. null: there is none.
Event failed_try(std::string kind, const Person* account, const std::string& source, std::string why);
// Of what a person did itself: an event of its tenant.
Event person_event(std::string kind, const Person& person, const std::string& source, Timestamp now);

}  // namespace provost
