// Tokens by which programs use the REST API: "prv_", a public handle, 256 secret bits and a checksum. Scoped
// to a role, a tenant and reading, they end by themselves within 90 days.
#pragma once

#include "service/house.h"
#include "service/people_store.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

class ApiTokens {
 public:
    static constexpr auto longest = std::chrono::hours(24 * 90);

    explicit ApiTokens(House& house) : house_(house) {}

    struct Draft {
        std::string name, role, tenant;  // as People::Draft; role empty: the actor's own
        std::string lasts;               // "30d", the default, at most 90d
        bool write = false;
        bool sensitive = false;
    };
    struct Created {
        ApiToken token;
        std::string text;  // told once
    };
    Result<Created> create(const Draft& draft, const Actor& actor);  // P-8615, P-8614
    [[nodiscard]] Result<std::vector<ApiToken>> list(const Actor& actor);
    Status remove(std::int64_t id, const Actor& actor);  // P-8617

    // Whose it is; nullopt: nobody's, ended, or its owner may not any more.
    struct Found {
        Actor actor;
        std::string handle;
    };
    [[nodiscard]] Result<std::optional<Found>> find(std::string_view text, const std::string& source);
    [[nodiscard]] bool lives(const std::string& handle);  // whether it still is one

 private:
    [[nodiscard]] Result<bool> good(const ApiToken& token) const;

    House& house_;
};

}  // namespace provost
