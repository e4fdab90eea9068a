// What a browser keeps from a login to be known again at the next. It lets nobody in: it says that whoever
// tries is where the account's owner was, and is counted apart from strangers.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/secret.h"
#include "domain/person.h"

#include <optional>
#include <string>
#include <string_view>

namespace provost {

class BrowserMarks {
 public:
    static constexpr auto lasts = std::chrono::hours(24 * 180);

    explicit BrowserMarks(Secret key) : key_(std::move(key)) {}

    [[nodiscard]] std::string make(PersonId person, Timestamp now) const;
    // What to count it by; nullopt: not one of this person's, or too old.
    [[nodiscard]] std::optional<Sha256> read(std::string_view mark, PersonId person, Timestamp now) const;
    // What a passkey is told instead of the person's number.
    [[nodiscard]] Bytes user_handle(PersonId person) const;

 private:
    [[nodiscard]] Sha256 mac(std::string_view what, PersonId person, ByteView payload) const;

    const Secret key_;
};

}  // namespace provost
