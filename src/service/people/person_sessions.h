// Where somebody else is signed in, as an administrator sees and ends it (ASVS 7.4.5).
#pragma once

#include "service/house.h"
#include "service/people_store.h"

#include <vector>

namespace provost {

class PersonSessions {
 public:
    explicit PersonSessions(House& house) : house_(house) {}

    // Those that are not over, newest first, for who may see the person. P-8611.
    Result<std::vector<Session>> list(PersonId id, const Actor& actor);
    // For who may manage the person. P-8610, P-8611.
    Status end(PersonId id, std::int64_t session, const Actor& actor);

 private:
    House& house_;
};

}  // namespace provost
