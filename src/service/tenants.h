// Tenants, their sites and their models' settings.
#pragma once

#include "service/house.h"
#include "service/operations.h"

namespace provost {

class TenantService final : public Tenants {
 public:
    explicit TenantService(House& house) : house_(house) {}
    Result<Tenant> create(const Draft& draft, const std::string& actor) override;
    Result<Tenant> change(const std::string& slug, const Draft& draft, std::optional<std::int64_t> version,
                          const std::string& actor) override;
    Status remove(const std::string& slug, const std::string& actor) override;
    Status put_site(const std::string& tenant, const std::string& site, const RawSettings& settings,
                    const std::string& actor) override;
    Status put_model(const std::string& tenant, const std::string& vendor, const std::string& model,
                     const RawSettings& settings, const std::string& actor) override;

 private:
    [[nodiscard]] Result<Tenant> find(const std::string& slug) const;
    Status store(const Change& change);

    House& house_;
};

// Settings as typed by a person, checked one by one; an empty text removes one. The first mistake is the
// error. Leaves overrides ("raw...") to apply_raw_settings.
Status apply_settings(const RawSettings& raw, Settings& settings);
Status apply_policy(const RawSettings& raw, PolicyOverrides& policy);
// P-2010 with the nearest of `slugs` as the fix.
Error no_tenant(const std::string& slug, const std::vector<std::string_view>& slugs);
Result<const TenantView*> find_tenant(const PolicySnapshot& policies, const std::string& slug);
// The audit row of a change by a person.
Event change_event(std::string kind, const std::string& actor, Timestamp now);

}  // namespace provost
