#include "service/policy_snapshot.h"

#include "service/policy_overlay.h"

#include <algorithm>

namespace provost {

void overlay(const PolicyOverrides& overrides, Policy& policy) {
    if (overrides.minimum_rating) policy.minimum_rating = *overrides.minimum_rating;
    if (overrides.window) policy.window = *overrides.window;
    if (overrides.grace) policy.grace = *overrides.grace;
    if (overrides.repeat_window) policy.repeat_window = *overrides.repeat_window;
    if (overrides.rotate_every) policy.rotate_every = *overrides.rotate_every;
    if (overrides.repeat_limit) policy.repeat_limit = *overrides.repeat_limit;
    if (overrides.access) policy.access = *overrides.access;
    if (overrides.fallback_networks) policy.fallback_networks = *overrides.fallback_networks;
}

namespace {

constexpr std::size_t deepest_tree = 8;

using TenantIndex = std::unordered_map<TenantId, const Tenant*>;

Result<TenantView> view_of(const Tenant& tenant, const TenantIndex& index) {
    TenantView view{tenant, {}, {&tenant}};
    for (auto parent = tenant.parent; parent; parent = view.lineage.back()->parent) {
        const auto found = index.find(*parent);
        if (found == index.end() || view.lineage.size() >= deepest_tree)
            return fail({"P-6020", "the tree above tenant '" + tenant.slug + "' is broken", "tenant",
                         "a parent is missing, or the tree is deeper than 8 or has a loop"});
        view.lineage.push_back(found->second);
    }
    std::reverse(view.lineage.begin(), view.lineage.end());
    for (const auto* one : view.lineage) overlay(one->policy, view.policy);
    return view;
}

// Whether an exception of the device's own tenant, of one above it, or of the device itself is about it.
bool covers(const HardeningException& exception, const Device& device) {
    if (exception.device) return *exception.device == device.mac && exception.tenant == device.tenant;
    if (!exception.site.empty() && (exception.tenant != device.tenant || exception.site != device.site))
        return false;
    if (!exception.vendor.empty() && exception.vendor != device.vendor) return false;
    return exception.model.empty() || exception.model == device.model;
}

}  // namespace

Result<std::shared_ptr<const PolicySnapshot>> PolicySnapshot::make(
    std::vector<Tenant> tenants, std::vector<Site> sites, std::vector<ModelSettings> models,
    HardeningProfile hardening, std::vector<HardeningException> exceptions, std::vector<DoorTraits> doors) {
    auto snapshot = std::make_shared<PolicySnapshot>();
    snapshot->tenants_ = std::move(tenants);
    snapshot->sites_ = std::move(sites);
    snapshot->models_ = std::move(models);
    snapshot->hardening_ = std::move(hardening);
    snapshot->exceptions_ = std::move(exceptions);
    snapshot->doors_ = std::move(doors);
    snapshot->hardening_layer_ = snapshot->hardening_.layer();
    const auto has_raw = [](const auto& record) { return !record.raw.empty(); };
    snapshot->has_raw_ = std::ranges::any_of(snapshot->tenants_, has_raw) ||
                         std::ranges::any_of(snapshot->sites_, has_raw) ||
                         std::ranges::any_of(snapshot->models_, has_raw);
    for (const auto& one : snapshot->exceptions_)
        (one.device ? snapshot->exceptions_of_device_[one.device->value()]
                    : snapshot->exceptions_of_tenant_[one.tenant])
            .push_back(&one);
    TenantIndex index;
    for (const auto& tenant : snapshot->tenants_) index[tenant.id] = &tenant;
    for (const auto& tenant : snapshot->tenants_) {
        PROVOST_TRY(auto view, view_of(tenant, index));
        snapshot->views_.emplace(tenant.id, std::move(view));
        snapshot->by_slug_.emplace(tenant.slug, tenant.id);
    }
    for (const auto& site : snapshot->sites_) snapshot->site_index_[{site.tenant, site.name}] = &site;
    for (const auto& model : snapshot->models_)
        snapshot->model_index_[{model.tenant, model.vendor}].push_back(&model);
    return snapshot;
}

const TenantView* PolicySnapshot::tenant(TenantId id) const {
    const auto found = views_.find(id);
    return found == views_.end() ? nullptr : &found->second;
}

const TenantView* PolicySnapshot::tenant(std::string_view slug) const {
    const auto found = by_slug_.find(slug);
    return found == by_slug_.end() ? nullptr : tenant(found->second);
}

bool TenantView::is_within(TenantId top) const {
    return std::ranges::find(lineage, top, &Tenant::id) != lineage.end();
}

std::vector<TenantId> PolicySnapshot::within(TenantId top) const {
    std::vector<TenantId> within;
    for (const auto& one : tenants_)
        if (tenant(one.id)->is_within(top)) within.push_back(one.id);
    std::ranges::sort(within);
    return within;
}

const Site* PolicySnapshot::site(TenantId tenant, const std::string& name) const {
    const auto found = site_index_.find({tenant, name});
    return found == site_index_.end() ? nullptr : found->second;
}

const DoorTraits* PolicySnapshot::door_for(Access access, std::string_view vendor) const {
    const auto found = std::find_if(doors_.begin(), doors_.end(), [&](const DoorTraits& door) {
        return door.access.allows(access) && door.serves(vendor);
    });
    return found == doors_.end() ? nullptr : &*found;
}

template <class Put>
void PolicySnapshot::each_place(const Device& device, const Put& put) const {
    const auto* const view = tenant(device.tenant);
    if (view == nullptr) return;
    for (const auto* one : view->lineage) put(LayerKind::tenant, one->slug, *one);
    if (const auto* const here = site(device.tenant, device.site)) put(LayerKind::site, here->name, *here);
    for (const auto* one : view->lineage) {
        const auto found = model_index_.find({one->id, device.vendor});
        if (found == model_index_.end()) continue;
        for (const auto* model : found->second)
            if (model->model == device.model) put(LayerKind::model, model->model, *model);
    }
}

std::vector<Layer> PolicySnapshot::layers(const Device& device, const Settings& vendor_defaults) const {
    std::vector<Layer> layers;
    layers.reserve(8);
    layers.push_back({LayerKind::vendor, device.vendor, &vendor_defaults});
    layers.push_back({LayerKind::hardening, "hardening profile", &hardening_layer_});
    if (tenant(device.tenant) == nullptr) return layers;
    each_place(device, [&](LayerKind kind, std::string_view name, const auto& record) {
        layers.push_back({kind, name, &record.settings});
    });
    layers.push_back({LayerKind::device, "device", &device.settings});
    return layers;
}

std::vector<PolicySnapshot::RawLayer> PolicySnapshot::raw_layers(const Device& device) const {
    std::vector<RawLayer> layers;
    if (has_raw_)
        each_place(device, [&](LayerKind, std::string_view, const auto& record) {
            if (!record.raw.empty()) layers.push_back({&record.settings, &record.raw});
        });
    if (!device.raw.empty()) layers.push_back({&device.settings, &device.raw});
    return layers;
}

std::vector<const HardeningException*> PolicySnapshot::exceptions_for(const Device& device,
                                                                      Timestamp now) const {
    std::vector<const HardeningException*> found;
    if (exceptions_.empty()) return found;
    const auto* const view = tenant(device.tenant);
    if (view == nullptr) return found;
    const auto add = [&](const auto& index, auto key) {
        const auto listed = index.find(key);
        if (listed == index.end()) return;
        for (const auto* one : listed->second)
            if (one->holds(now) && covers(*one, device)) found.push_back(one);
    };
    for (const auto* one : view->lineage) add(exceptions_of_tenant_, one->id);
    add(exceptions_of_device_, device.mac.value());
    return found;
}

void PolicySnapshot::lift(const Device& device, Timestamp now, LiftedRules& lifted) const {
    for (const auto* one : exceptions_for(device, now))
        if (const auto* const rule = hardening_.find(one->rule)) lifted.lift(hardening_.place(*rule));
}

Status PolicyBoard::refresh(Store& store, const HardeningProfile& hardening) {
    const std::lock_guard lock(refreshing_);
    PROVOST_TRY(auto tenants, store.tenants());
    PROVOST_TRY(auto sites, store.sites());
    PROVOST_TRY(auto models, store.model_settings());
    PROVOST_TRY(auto exceptions, store.exceptions());
    PROVOST_TRY(auto snapshot, PolicySnapshot::make(std::move(tenants), std::move(sites), std::move(models),
                                                    hardening, std::move(exceptions), doors_));
    current_.store(std::move(snapshot));
    return {};
}

}  // namespace provost
