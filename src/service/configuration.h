// From a device and its layers to its parameters, and from those to bytes.
#pragma once

#include "domain/diagnostic_window.h"
#include "service/policy_snapshot.h"
#include "service/vendor_shelf.h"
#include "vendor/mapping.h"

#include <string_view>
#include <utility>
#include <vector>

namespace provost {

// What an override in the vendor's own words did to the parameters.
struct Overridden {
    const RawOverride* override;  // in the layer that holds it
    std::uint8_t layer;
    std::optional<std::size_t> place;  // of the parameter; nullopt: it is not sent, see `why_not`
    std::optional<Parameter> before;   // what stood there; nullopt: nothing did
    std::string why_not;
};

// A device's parameters with all that is needed to say where each comes from. `settings` and `layers` point
// into `policy`, the vendor's defaults and the device itself.
struct Configuration {
    std::shared_ptr<const PolicySnapshot> policy;
    std::shared_ptr<const Settings> implied;    // the layer above the vendor's: what a line's user implies
    std::shared_ptr<const Settings> access;     // above all others: how the device gets in again (R-A7)
    std::shared_ptr<const Settings> hardening;  // the profile's layer where the phone can't follow all of it
    std::shared_ptr<const Settings> window;     // above all others: what a diagnostic window opens (R-D2)
    std::vector<Layer> layers;
    EffectiveSettings settings;
    LiftedRules lifted;                       // rules of the hardening profile that don't hold for it
    std::vector<OverruledSetting> overruled;  // what relaxed one that does
    std::vector<SettingKey> secrets;          // those that this rendering will carry
    Parameters parameters;
    std::vector<Overridden> overridden;  // lowest layer first; points into layers like `settings`
};

// What the phone said of itself; either may be empty.
struct PhoneFacts {
    std::string_view model;
    std::string_view firmware;
};

// Lines that have a user, in rising order.
std::vector<std::uint16_t> lines_in_use(const EffectiveSettings& settings);
// The secrets such a device has: a password for each line in use, the admin's and the user's; its own, to get
// in with, where its access is by one.
std::vector<SettingKey> secrets_of(const EffectiveSettings& settings, Access access);
// Looks a line's setting up: its own, else the one for all lines. The higher layer wins.
std::string_view line_setting(const EffectiveSettings& settings, std::string_view name, std::uint16_t line);

// What follows from a line having a user where no layer says otherwise: it is in use, it authenticates as
// that user, and its key shows the display name or the user.
Settings implied_settings(const EffectiveSettings& settings);

// `device` must outlive the result. What relaxes the hardening profile without an exception that holds at
// `now`, or a diagnostic window, is taken back. Errors of mapping (P-22xx).
Result<Configuration> make_configuration(const Device& device, const VendorSpec& vendor,
                                         std::shared_ptr<const PolicySnapshot> policy, PhoneFacts facts,
                                         bool with_secrets, Timestamp now, const WindowShare& share = {});

// Secrets opened for one rendering; wiped with it.
class OpenedSecrets final : public SecretSource {
 public:
    void put(SettingKey which, Secret secret) { secrets_.emplace_back(which, std::move(secret)); }
    [[nodiscard]] const Secret* find(SettingKey which) const;  // null: not among them
    void put_hash(SettingKey which, SecretForm form, Secret hash) {
        hashes_.push_back({which, form, std::move(hash)});
    }
    [[nodiscard]] std::string_view secret(SettingKey which) const override;
    [[nodiscard]] std::string_view hashed(SettingKey which, SecretForm form) const override;

 private:
    struct Hash {
        SettingKey which;
        SecretForm form;
        Secret text;
    };
    std::vector<std::pair<SettingKey, Secret>> secrets_;
    std::vector<Hash> hashes_;
};

// Dots instead of secrets: previews, explanations, lint.
class MaskedSecrets final : public SecretSource {
 public:
    [[nodiscard]] std::string_view secret(SettingKey which) const override;
    [[nodiscard]] std::string_view hashed(SettingKey which, SecretForm form) const override;
};

}  // namespace provost
