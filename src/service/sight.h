// What an actor may see of the tenants' tree (R-F2). What is out of sight is answered for as if it were not
// there: in a path, in a body, in a list, and in what an error offers instead.
#pragma once

#include "domain/role_table.h"
#include "service/policy_snapshot.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace provost {

class Sight {
 public:
    Sight(const Actor& actor, std::shared_ptr<const PolicySnapshot> policies);

    [[nodiscard]] bool is_whole() const { return !actor_.tenant; }
    [[nodiscard]] bool sees(TenantId tenant) const;  // false for 0, and for one that is gone, unless whole
    // From the root down to the tenant; empty: there is none.
    [[nodiscard]] std::vector<TenantId> path_to(TenantId tenant) const;
    [[nodiscard]] std::vector<TenantId> path_to(const std::string& slug) const;
    // Those in sight, by number; nullopt: all, and what belongs to none.
    [[nodiscard]] std::optional<TenantIds> tenants() const;
    // P-2010 with the nearest one in sight, the same whether it is out of sight or not there.
    [[nodiscard]] Result<const TenantView*> tenant(const std::string& slug) const;
    // The one that the actor is bound to; null: it is bound to none.
    [[nodiscard]] const TenantView* own() const;
    // The device itself; P-2027, the same whether it is out of sight or not there.
    [[nodiscard]] Result<Device> device(Store& store, MacAddress mac) const;
    [[nodiscard]] const Actor& actor() const { return actor_; }

 private:
    Actor actor_;
    std::shared_ptr<const PolicySnapshot> policies_;
};

// "This phone belongs to another customer": names none, but the platform's people find the phone by the
// reference.
Error foreign_device(MacAddress mac);

}  // namespace provost
