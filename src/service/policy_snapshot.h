// Tenants, sites and model settings as the phones' way reads them: an immutable picture, replaced after each
// change.
#pragma once

#include "domain/hardening.h"
#include "service/door_traits.h"
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

    // Whether it is that tenant, or one below it.
    [[nodiscard]] bool is_within(TenantId top) const;
};

class PolicySnapshot {
 public:
    // Builds the picture from the store's rows. P-6020 for a tree with a loop or a missing parent.
    static Result<std::shared_ptr<const PolicySnapshot>> make(std::vector<Tenant> tenants,
                                                              std::vector<Site> sites,
                                                              std::vector<ModelSettings> models,
                                                              HardeningProfile hardening,
                                                              std::vector<HardeningException> exceptions = {},
                                                              std::vector<DoorTraits> doors = {});

    [[nodiscard]] const TenantView* tenant(TenantId id) const;
    [[nodiscard]] const TenantView* tenant(std::string_view slug) const;
    // That tenant and those below it, by number.
    [[nodiscard]] std::vector<TenantId> within(TenantId top) const;
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
    // Those that hold for this device at `now`. Costs nothing for each that is about another device.
    [[nodiscard]] std::vector<const HardeningException*> exceptions_for(const Device& device,
                                                                        Timestamp now) const;
    // Adds the rules of the profile that they lift.
    void lift(const Device& device, Timestamp now, LiftedRules& lifted) const;
    [[nodiscard]] const Site* site(TenantId tenant, const std::string& name) const;
    [[nodiscard]] const std::vector<Tenant>& tenants() const { return tenants_; }
    // The first door that takes this way in from this vendor's phones; null: none does.
    [[nodiscard]] const DoorTraits* door_for(Access access, std::string_view vendor) const;
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
    std::unordered_map<std::uint64_t, std::vector<const HardeningException*>>
        exceptions_of_device_;  // by MAC
    std::unordered_map<TenantId, std::vector<const HardeningException*>> exceptions_of_tenant_;
    Settings hardening_layer_;
    bool has_raw_ = false;  // some tenant, site or model has overrides
    std::vector<DoorTraits> doors_;
    std::unordered_map<TenantId, TenantView> views_;
    std::unordered_map<std::string_view, TenantId> by_slug_;
    std::map<std::pair<TenantId, std::string_view>, const Site*> site_index_;
    std::map<std::pair<TenantId, std::string_view>, std::vector<const ModelSettings*>> model_index_;
};

// Where the current picture hangs: readers take it without waiting for writers.
class PolicyBoard {
 public:
    // The server's doors, as the configuration has them; before the first refresh.
    void set_doors(std::vector<DoorTraits> doors) { doors_ = std::move(doors); }
    [[nodiscard]] std::shared_ptr<const PolicySnapshot> current() const { return current_.load(); }
    // Reads the store anew. On an error the old picture stays.
    Status refresh(Store& store, const HardeningProfile& hardening);

 private:
    std::atomic<std::shared_ptr<const PolicySnapshot>> current_;
    std::mutex refreshing_;
    std::vector<DoorTraits> doors_;
};

}  // namespace provost
