#include "service/configuration.h"

#include "service/raw_settings.h"
#include "vendor/hardening_fit.h"

#include <algorithm>

namespace provost {

namespace {

SettingId id_of(std::string_view name) {
    return find_setting(name).value();
}

// The digests of lines whose vendor takes them; they are made of the passwords when those are opened.
void add_digest_keys(const VendorSpec& vendor, const EffectiveSettings& settings,
                     std::vector<SettingKey>& secrets) {
    static const SettingId ha1 = id_of("line.ha1");
    const auto is_ha1 = [](const ParameterRule& rule) { return rule.setting == ha1; };
    if (std::none_of(vendor.parameters.begin(), vendor.parameters.end(), is_ha1)) return;
    for (const auto line : lines_in_use(settings)) secrets.push_back({ha1, line});
}

std::uint8_t hardening_layer(const std::vector<Layer>& layers) {
    const auto is_hardening = [](const Layer& layer) { return layer.kind == LayerKind::hardening; };
    return static_cast<std::uint8_t>(std::find_if(layers.begin(), layers.end(), is_hardening) -
                                     layers.begin());
}

// What the phone can't do of the profile is neither asked of it nor looked for.
void fit_to_phone(Configuration& made, const VendorSpec& vendor, std::string_view model) {
    auto fit = fit_hardening(made.policy->hardening(), vendor, model);
    made.lifted = std::move(fit.cannot);
    if (!fit.layer) return;
    made.hardening = std::make_shared<const Settings>(std::move(*fit.layer));
    made.layers[hardening_layer(made.layers)].settings = made.hardening.get();
}

// Where the device comes again, and as whom: ours to say, whatever a layer says.
void add_access(Configuration& made, const Device& device) {
    static const SettingId user = id_of("provisioning.user");
    static const SettingId url = id_of("provisioning.url");
    if (!is_by_password(device.access)) return;
    Settings access;
    if (!device.access_user.empty()) put(access, {user, 0}, device.access_user);
    const auto* const door = made.policy->door_for(device.access, device.vendor);
    if (door != nullptr && !door->url.empty()) put(access, {url, 0}, door->url);
    made.access = std::make_shared<const Settings>(std::move(access));
    made.layers.push_back({LayerKind::device, "access", made.access.get()});
}

// While a diagnostic window is open its rule of the profile is lifted, as by an exception for this device.
void open_interface(Configuration& made) {
    static const SettingId web_ui = id_of("security.web_ui");
    Settings window;
    put(window, {web_ui, 0}, "on");
    made.window = std::make_shared<const Settings>(std::move(window));
    made.layers.push_back({LayerKind::device, "diagnostic window", made.window.get()});
    const auto& profile = made.policy->hardening();
    if (const auto* const rule = profile.of(web_ui)) made.lifted.lift(profile.place(*rule));
}

std::vector<SettingKey> secrets_of_file(const VendorSpec& vendor, const Device& device,
                                        const WindowShare& share, const Configuration& made) {
    static const SettingId admin = id_of("security.admin_password");
    if (share.alone) return {{admin, 0}};
    auto secrets = secrets_of(made.settings, device.access);
    add_digest_keys(vendor, made.settings, secrets);
    return secrets;
}

}  // namespace

std::vector<std::uint16_t> lines_in_use(const EffectiveSettings& settings) {
    static const SettingId user = id_of("line.user");
    std::vector<std::uint16_t> lines;
    for (const auto& one : settings)
        if (one.key.id == user && one.key.index != 0) lines.push_back(one.key.index);
    return lines;
}

std::vector<SettingKey> secrets_of(const EffectiveSettings& settings, Access access) {
    static const SettingId own = id_of("provisioning.password");
    static const SettingId password = id_of("line.password");
    static const SettingId admin = id_of("security.admin_password");
    static const SettingId user = id_of("security.user_password");
    std::vector<SettingKey> secrets;
    for (const auto line : lines_in_use(settings)) secrets.push_back({password, line});
    secrets.push_back({admin, 0});
    secrets.push_back({user, 0});
    if (is_by_password(access)) secrets.push_back({own, 0});
    return secrets;
}

std::string_view line_setting(const EffectiveSettings& settings, std::string_view name, std::uint16_t line) {
    const auto id = id_of(name);
    const auto* const own = find(settings, {id, line});
    const auto* const all = find(settings, {id, 0});
    if (own == nullptr && all == nullptr) return {};
    if (own == nullptr) return all->value;
    if (all == nullptr) return own->value;
    return all->layer > own->layer ? all->value : own->value;
}

Settings implied_settings(const EffectiveSettings& settings) {
    static const SettingId enabled = id_of("line.enabled");
    static const SettingId auth_user = id_of("line.auth_user");
    static const SettingId label = id_of("line.label");
    Settings implied;
    for (const auto line : lines_in_use(settings)) {
        const std::string user(line_setting(settings, "line.user", line));
        const std::string name(line_setting(settings, "line.display_name", line));
        put(implied, {enabled, line}, "on");
        put(implied, {auth_user, line}, user);
        put(implied, {label, line}, name.empty() ? user : name);
    }
    return implied;
}

Result<Configuration> make_configuration(const Device& device, const VendorSpec& vendor,
                                         std::shared_ptr<const PolicySnapshot> policy, PhoneFacts facts,
                                         bool with_secrets, Timestamp now, const WindowShare& share) {
    Configuration made;
    made.policy = std::move(policy);
    made.layers = made.policy->layers(device, vendor.defaults);
    fit_to_phone(made, vendor, facts.model);
    add_access(made, device);
    if (share.interface_on) open_interface(made);
    made.implied = std::make_shared<const Settings>(implied_settings(merge(made.layers)));
    made.layers.insert(made.layers.begin() + 1,
                       {LayerKind::vendor, "implied by line.user", made.implied.get()});
    made.settings = merge(made.layers);
    made.policy->lift(device, now, made.lifted);
    made.overruled =
        enforce(made.policy->hardening(), made.lifted, hardening_layer(made.layers), made.settings);
    if (with_secrets) made.secrets = secrets_of_file(vendor, device, share, made);
    const MappingContext context{device.mac, facts.model, facts.firmware, &made.secrets};
    PROVOST_TRY(made.parameters, map_settings(vendor, made.settings, context));
    apply_overrides(device, vendor, facts.model, made);
    return made;
}

const Secret* OpenedSecrets::find(SettingKey which) const {
    for (const auto& [key, secret] : secrets_)
        if (key == which) return &secret;
    return nullptr;
}

std::string_view OpenedSecrets::secret(SettingKey which) const {
    const auto* const found = find(which);
    return found == nullptr ? std::string_view() : found->expose();
}

std::string_view OpenedSecrets::hashed(SettingKey which, SecretForm form) const {
    for (const auto& hash : hashes_)
        if (hash.which == which && hash.form == form) return hash.text.expose();
    return {};
}

std::string_view MaskedSecrets::secret(SettingKey) const {
    return "********";
}

std::string_view MaskedSecrets::hashed(SettingKey which, SecretForm) const {
    return secret(which);
}

}  // namespace provost
