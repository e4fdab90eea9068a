#include "service/registrar_directory.h"

#include <algorithm>

namespace provost {

namespace {

bool covers(const RegistrarScope& scope, const TenantView* tenant, std::string_view realm) {
    const auto is = [](const auto& list, std::string_view one) {
        return std::find(list.begin(), list.end(), one) != list.end();
    };
    if (!scope.realms.empty() && !is(scope.realms, realm)) return false;
    if (scope.tenants.empty()) return true;
    return tenant != nullptr && std::any_of(tenant->lineage.begin(), tenant->lineage.end(),
                                            [&](const Tenant* one) { return is(scope.tenants, one->slug); });
}

}  // namespace

bool RegistrarDirectory::serves(std::string_view registrar, TenantId tenant, std::string_view realm) const {
    const auto names = serving(tenant, realm);
    return std::find(names.begin(), names.end(), registrar) != names.end();
}

std::vector<std::string> RegistrarDirectory::serving(TenantId tenant, std::string_view realm) const {
    std::vector<std::string> names;
    if (scopes_.empty()) return names;
    const auto policies = policies_->current();
    for (const auto& scope : scopes_)
        if (covers(scope, policies->tenant(tenant), realm)) names.push_back(scope.name);
    return names;
}

}  // namespace provost
