// People's passwords: argon2id (RFC 9106) over the password and a pepper that is not in the database.
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <chrono>
#include <semaphore>
#include <string>

namespace provost {

// Any thread. 64 MiB, three passes and one lane for each hash (SECURITY section 6), so few at the same time.
class PasswordHasher {
 public:
    static constexpr std::ptrdiff_t at_once = 2;
    // In the queue for one of them. Strangers are sent away sooner, lest they hold the doors' workers.
    static constexpr auto patience = std::chrono::seconds(5);
    static constexpr auto strangers_patience = std::chrono::seconds(1);

    // As the PHC string format has it, with a salt of its own. P-8618: too many wait.
    Result<std::string> hash(const Secret& password, const Secret& pepper);
    // Who asks: strangers wait for each other, so that one place is left for people who are known here.
    enum class Asker : std::uint8_t { stranger, known };
    // Takes as long for an empty `stored`, which nothing fits.
    struct Compared {
        const std::string& stored;
        const Secret& password;
        const Secret& pepper;
    };
    Result<bool> fits(const Compared& compared, Asker asker);

 private:
    template <std::ptrdiff_t most>
    class Turn;
    std::counting_semaphore<at_once> turns_{at_once};
    std::counting_semaphore<1> strangers_{1};
};

}  // namespace provost
