#include "service/people/person_sessions.h"

#include "service/people/people.h"
#include "service/people/reach.h"
#include "service/people/sessions.h"

#include <algorithm>

namespace provost {

Result<std::vector<Session>> PersonSessions::list(PersonId id, const Actor& actor) {
    PROVOST_TRY(const auto entry, People(house_).find(id, actor));
    PROVOST_TRY(auto sessions, house_.store.people().sessions(entry.person.id));
    std::erase_if(sessions, [now = house_.clock.now()](const Session& one) {
        return now >= session_end(one, session_idle);
    });
    return sessions;
}

Status PersonSessions::end(PersonId id, std::int64_t session, const Actor& actor) {
    PROVOST_TRY(const auto entry, People(house_).find(id, actor));
    const auto& person = entry.person;
    if (!within_reach(*house_.policies.current(), actor, {person.role, person.tenant}))
        return fail({"P-8611", "there is no such person", "id", "", "List them: 'provost person list'."});
    return house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(const bool was, transaction.people().delete_session(id, session));
        if (!was) return fail(no_such_session());
        auto event = person_event("session.ended", actor.name, actor.source, house_.clock.now());
        event.tenant = person.tenant.value_or(0);
        event.detail = person.login + ", session " + std::to_string(session);
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

}  // namespace provost
