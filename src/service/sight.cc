#include "service/sight.h"

#include "crypto/digest.h"
#include "service/devices.h"
#include "service/tenants.h"

#include <algorithm>

namespace provost {

namespace {

std::vector<TenantId> path_of(const TenantView* view) {
    std::vector<TenantId> path;
    if (view != nullptr)
        for (const auto* const tenant : view->lineage) path.push_back(tenant->id);
    return path;
}

}  // namespace

Sight::Sight(const Actor& actor, std::shared_ptr<const PolicySnapshot> policies)
    : actor_(actor), policies_(std::move(policies)) {}

std::optional<TenantIds> Sight::tenants() const {
    if (is_whole()) return std::nullopt;
    TenantIds seen;
    for (const auto& tenant : policies_->tenants())
        if (sees(tenant.id)) seen.push_back(tenant.id);
    std::ranges::sort(seen);
    return seen;
}

bool Sight::sees(TenantId tenant) const {
    return is_whole() || provost::sees(actor_, path_to(tenant));
}

std::vector<TenantId> Sight::path_to(TenantId tenant) const {
    return path_of(policies_->tenant(tenant));
}

std::vector<TenantId> Sight::path_to(const std::string& slug) const {
    return path_of(policies_->tenant(slug));
}

Result<const TenantView*> Sight::tenant(const std::string& slug) const {
    const auto* const view = policies_->tenant(slug);
    if (view != nullptr && sees(view->tenant.id)) return view;
    std::vector<std::string_view> slugs;
    for (const auto& tenant : policies_->tenants())
        if (sees(tenant.id)) slugs.push_back(tenant.slug);
    return fail(no_tenant(slug, slugs));
}

const TenantView* Sight::own() const {
    return is_whole() ? nullptr : policies_->tenant(*actor_.tenant);
}

Result<Device> Sight::device(Store& store, MacAddress mac) const {
    PROVOST_TRY(auto device, store.device(mac));
    if (!device || !sees(device->tenant)) return fail(no_device(mac));
    return std::move(*device);
}

Error foreign_device(MacAddress mac) {
    return {"P-2510", "this phone belongs to another customer", "mac", "",
            "Ask the platform team; reference " +
                to_hex(sha256("import reference " + mac.lower())).substr(0, 8) + "."};
}

}  // namespace provost
