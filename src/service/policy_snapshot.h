// Tenants, sites and model settings as the phones' way reads them: an immutable picture, replaced after each
// change.
#pragma once

#include "domain/hardening.h"
#include "service/store.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace provost {

struct TenantView {
    Tenant tenant;
    Policy policy;                       // with what the tree above says
    std::vector<const Tenant*> lineage;  // from the root down to the tenant itself
};

class PolicySnapshot {
 public:
    // Builds the picture from the store's rows. P-6020 for a tree with a loop or a missing parent.
    static Result<std::shared_ptr<const PolicySnapshot>> make(
        std::vector<Tenant> tenants, std::vector<Site> sites, std::vector<ModelSettings> models,
        HardeningProfile hardening, std::vector<HardeningException> exceptions = {});

    [[nodiscard]] const TenantView* tenant(TenantId id) const;
    [[nodiscard]] const TenantView* tenant(std::string_view slug) const;
    // Every layer of a device, lowest first. `vendor_defaults` and `device` must outlive the result.
    [[nodiscard]] std::vector<Layer> layers(const Device& device, const Settings& vendor_defaults) const;
    // Those of its layers that hold overrides in vendors' own words, lowest first, each told by the settings
    // that it stands beside. `device` must outlive the result.
    struct RawLayer {
        const Settings* beside;
        const RawOverrides* overrides;  // not empty
    };
    [[nodiscard]] std::vector<RawLayer> raw_layers(const Device& device) const;
    [[nodiscard]] const HardeningProfile& hardening() const { return hardening_; }
    [[nodiscard]] const std::vector<HardeningException>& exceptions() const { return exceptions_; }
    // Whether an exception is about this device. Whether it holds at some time is for `until` to say.
    [[nodiscard]] bool covers(const HardeningException& exception, const Device& device) const;
    // Adds the rules of the profile that exceptions lift for this device at `now`.
    void lift(const Device& device, Timestamp now, LiftedRules& lifted) const;
    [[nodiscard]] const Site* site(TenantId tenant, const std::string& name) const;
    [[nodiscard]] const std::vector<Tenant>& tenants() const { return tenants_; }
    [[nodiscard]] const std::vector<Site>& sites() const { return sites_; }
    [[nodiscard]] const std::vector<ModelSettings>& models() const { return models_; }

 private:
    // Calls put(kind, name, record) for each tenant, site and model of a device's layers, lowest first.
    template <class Put>
    void each_place(const Device& device, const Put& put) const;

    std::vector<Tenant> tenants_;
    std::vector<Site> sites_;
    std::vector<ModelSettings> models_;
    HardeningProfile hardening_;
    std::vector<HardeningException> exceptions_;
    Settings hardening_layer_;
    bool has_raw_ = false;  // some tenant, site or model has overrides
    std::unordered_map<TenantId, TenantView> views_;
    std::unordered_map<std::string_view, TenantId> by_slug_;
    std::map<std::pair<TenantId, std::string_view>, const Site*> site_index_;
    std::map<std::pair<TenantId, std::string_view>, std::vector<const ModelSettings*>> model_index_;
};

// Where the current picture hangs: readers take it without waiting for writers.
class PolicyBoard {
 public:
    [[nodiscard]] std::shared_ptr<const PolicySnapshot> current() const { return current_.load(); }
    // Reads the store anew. On an error the old picture stays.
    Status refresh(Store& store, const HardeningProfile& hardening);

 private:
    std::atomic<std::shared_ptr<const PolicySnapshot>> current_;
    std::mutex refreshing_;
};

}  // namespace provost
