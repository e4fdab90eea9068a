// Administration of people (R-F2): who may sign in, as what, and where. Nobody chooses another's password:
// who needs a new one gets a one-time login and sets it up alone.
#pragma once

#include "service/house.h"
#include "service/people_store.h"

#include <optional>
#include <string>
#include <vector>

namespace provost {

// What is told once, to be opened in a browser. The part after '#' never reaches a server's log.
struct LoginLink {
    std::string path;  // "/login#token=..."
    Timestamp until{};
    std::string login;
};

class People {
 public:
    explicit People(House& house) : house_(house) {}

    struct Entry {
        Person person;
        Factors factors;
    };
    [[nodiscard]] Result<std::vector<Entry>> list(const Actor& actor);  // those it may see
    [[nodiscard]] Result<Entry> find(PersonId id, const Actor& actor);  // P-8611
    [[nodiscard]] Result<Entry> find(const std::string& login, const Actor& actor);

    // Texts as they were typed; empty: as it is. `tenant` is a slug, "*" for all.
    struct Draft {
        std::string login, name, role, tenant, state;
    };
    // With the link that its person signs in by first. P-8612: the draft; P-8614: beyond what the actor may.
    struct Created {
        Entry entry;
        LoginLink link;
    };
    Result<Created> create(const Draft& draft, const Actor& actor);
    // A role, tenant or state that changes ends its sessions and tokens. P-8613: the last platform admin.
    Result<Entry> change(PersonId id, const Draft& draft, std::optional<std::int64_t> version,
                         const Actor& actor);
    Status remove(PersonId id, const Actor& actor);  // P-8613
    // Its factors and sessions go, and a new link is made.
    Result<LoginLink> reset(PersonId id, const Actor& actor);
    Status end_sessions(PersonId id, const Actor& actor);

 private:
    Result<Entry> with_factors(Person person);
    Status take_draft(const Draft& draft, const Actor& actor, Person& person) const;
    Status check_sight(const Actor& actor, const Person& person) const;
    Result<Entry> find_to_manage(PersonId id, const Actor& actor);  // P-8611

    House& house_;
};

inline constexpr auto one_time_login_lasts = std::chrono::minutes(30);

// For the start: where no platform admin can sign in, a link for one is made. nullopt: somebody can.
Result<std::optional<LoginLink>> first_login(House& house);
// For whoever is on the host: a new link for a platform admin, made where there is none of that login
// ("admin" where it is empty). Its factors and sessions go. P-8612, P-8614: there is such a person of another
// role.
Result<LoginLink> reset_admin(House& house, const std::string& login, const std::string& actor);

}  // namespace provost
