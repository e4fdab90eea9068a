// Which registrars there are, and which of them serve whose accounts: by the configuration, for as long as
// the server runs.
#pragma once

#include "service/policy_snapshot.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct RegistrarScope {
    std::string name;
    std::vector<std::string> tenants;  // slugs, each with all below it; empty: all
    std::vector<std::string> realms;   // empty: all
};

class RegistrarDirectory {
 public:
    RegistrarDirectory() = default;
    RegistrarDirectory(const PolicyBoard& policies, std::vector<RegistrarScope> scopes)
        : policies_(&policies), scopes_(std::move(scopes)) {}

    [[nodiscard]] bool empty() const { return scopes_.empty(); }
    [[nodiscard]] bool serves(std::string_view registrar, TenantId tenant, std::string_view realm) const;
    // Names of those that do, in the configuration's order.
    [[nodiscard]] std::vector<std::string> serving(TenantId tenant, std::string_view realm) const;

 private:
    const PolicyBoard* policies_ = nullptr;
    std::vector<RegistrarScope> scopes_;
};

}  // namespace provost
