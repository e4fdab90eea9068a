#include "service/credentials.h"

#include "crypto/md5_crypt.h"
#include "crypto/random.h"
#include "service/credential_judge.h"
#include "service/diagnostics_visit.h"
#include "service/house.h"
#include "service/outbox.h"

#include <array>

namespace provost {

namespace {

struct Account {
    std::string user, realm;
};

Result<Account> account_of(const EffectiveSettings& settings, std::uint16_t line) {
    Account account;
    account.user = line_setting(settings, "line.auth_user", line);
    if (account.user.empty()) account.user = line_setting(settings, "line.user", line);
    account.realm = line_setting(settings, "line.realm", line);
    if (account.realm.empty()) account.realm = line_setting(settings, "line.registrar_host", line);
    if (!account.realm.empty()) return account;
    return fail({"P-2401", "line " + std::to_string(line) + " has no registrar",
                 "line." + std::to_string(line) + ".registrar_host", "a digest needs its realm",
                 "Set line.registrar_host on the tenant, or on the device."});
}

OutboxEntry outbox_entry(const CredentialOwner& owner, std::uint16_t line, Account account) {
    OutboxEntry entry;
    entry.at = owner.now;
    entry.tenant = owner.device.tenant;
    entry.device = owner.device.mac;
    entry.generation = owner.device.generation;
    entry.line = "line." + std::to_string(line);
    entry.user = std::move(account.user);
    entry.realm = std::move(account.realm);
    return entry;
}

Status seal_into(Transaction& transaction, KeyHolder& keys, SecretBinding binding, const Secret& secret) {
    PROVOST_TRY(auto sealed, keys.seal(binding, secret));
    return transaction.put_secret({std::move(binding), std::move(sealed)});
}

// The copies that the digest passes through are wiped: for the registrar it is as good as the password.
Status make_digests(const Configuration& configuration, OpenedSecrets& opened) {
    static const SettingId ha1 = find_setting("line.ha1").value();
    static const SettingId password = find_setting("line.password").value();
    for (const auto which : configuration.secrets) {
        const auto* const clear = which.id == ha1 ? opened.find({password, which.index}) : nullptr;
        if (clear == nullptr) continue;
        PROVOST_TRY(const auto account, account_of(configuration.settings, which.index));
        std::string digest = ha1_md5(account.user, account.realm, *clear);
        opened.put(which, Secret::copy_of(digest));
        wipe(digest.data(), digest.size());
    }
    return {};
}

// For phones that take a hash of a password that is typed at them. The salt is the device's, so that a file
// that is fetched again is the same.
void make_hashes(const Configuration& configuration, const std::vector<StoredSecret>& stored,
                 OpenedSecrets& opened) {
    for (const auto& parameter : configuration.parameters) {
        if (!parameter.is_secret || parameter.form == SecretForm::clear) continue;
        const auto* const clear = opened.find(parameter.secret);
        if (clear == nullptr || stored.empty()) continue;  // the renderer misses what is not made
        const auto& binding = stored.front().binding;
        const auto salt = crypt_salt(binding.device.lower() + " " + std::to_string(binding.generation) + " " +
                                     to_text(parameter.secret));
        auto hash = md5_crypt(*clear, salt);
        if (!hash.empty()) opened.put_hash(parameter.secret, parameter.form, Secret::copy_of(hash));
        wipe(hash.data(), hash.size());
    }
}

SecretBinding binding_of(const Device& device, SettingKey which) {
    return {device.tenant, device.mac, to_text(which), device.generation};
}

// Which setting of the file a sealed secret fills.
std::string_view filled_by(std::string_view purpose) {
    static constexpr std::string_view of_window = "diagnostics.";
    static_assert(window_purpose.starts_with(of_window));
    if (purpose.starts_with(of_window)) purpose.remove_prefix(of_window.size());
    return purpose;
}

Result<StoredSecret> seal_digest(KeyHolder& keys, const Device& device, DigestAlgorithm algorithm,
                                 const Secret& password) {
    SecretBinding binding{device.tenant, device.mac, digest_purpose(device.generation, algorithm),
                          device.generation};
    auto text = algorithm == DigestAlgorithm::md5 ? ha1_md5(device.access_user, access_realm, password)
                                                  : ha1_sha256(device.access_user, access_realm, password);
    const auto ha1 = Secret::copy_of(text);
    wipe(text.data(), text.size());
    PROVOST_TRY(auto sealed, keys.seal(binding, ha1));
    return StoredSecret{std::move(binding), std::move(sealed)};
}

// What it takes to know the password again, and nothing more: for Digest its HA1, which is as good as the
// password and so is sealed; for Basic a hash, which is good for nothing else.
Status keep_verifier(Transaction& transaction, KeyHolder& keys, const Device& device,
                     const Secret& password) {
    AccessCredential credential;
    credential.user = device.access_user;
    credential.device = device.mac;
    credential.generation = device.generation;
    if (device.access == Access::basic) credential.basic = sha256(password);
    if (device.access == Access::digest)
        for (const auto algorithm : {DigestAlgorithm::md5, DigestAlgorithm::sha256}) {
            PROVOST_TRY(auto digest, seal_digest(keys, device, algorithm, password));
            credential.digests.push_back(std::move(digest));
        }
    return transaction.put_credential(credential);
}

}  // namespace

Result<Secret> generate_secret(const SecretSpec& spec, SettingKey which) {
    static const SettingId admin = find_setting("security.admin_password").value();
    static const SettingId user = find_setting("security.user_password").value();
    if (which.id == admin || which.id == user)
        return generate_password(spec.admin_password_alphabet, spec.admin_password_length,
                                 device_password_bits);
    return generate_password(spec.password_alphabet, spec.sip_password_length, sip_password_bits);
}

void renew_access_user(Transition& transition) {
    static constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    static_assert(256 % alphabet.size() == 0, "each letter is as likely");
    static constexpr int length = 20;  // 100 bits: never twice, and nobody guesses one
    auto& device = transition.device;
    if (transition.secrets != SecretFate::make_fresh || !is_by_password(device.access)) return;
    std::array<std::uint8_t, length> drawn{};
    random_bytes(drawn);
    device.access_user.clear();
    for (const auto byte : drawn) device.access_user += alphabet[byte % alphabet.size()];
}

Status issue_secrets(Transaction& transaction, KeyHolder& keys, const CredentialOwner& owner) {
    PROVOST_CHECK(transaction.destroy_secrets(owner.device.mac));
    const auto& rotation = owner.device.rotation;
    // One that is to rotate proves itself once more with what it has.
    if (owner.device.state == DeviceState::armed && !rotation)
        PROVOST_CHECK(transaction.drop_all_credentials(owner.device.mac));
    static const SettingId line_password = find_setting("line.password").value();
    static const SettingId own_password = find_setting("provisioning.password").value();
    for (const auto which : secrets_of(owner.settings, owner.device.access)) {
        PROVOST_TRY(const auto secret, generate_secret(owner.vendor.secrets, which));
        PROVOST_CHECK(seal_into(transaction, keys, binding_of(owner.device, which), secret));
        if (which.id == own_password) PROVOST_CHECK(keep_verifier(transaction, keys, owner.device, secret));
        if (which.id != line_password) continue;
        PROVOST_TRY(auto account, account_of(owner.settings, which.index));
        auto entry = outbox_entry(owner, which.index, std::move(account));
        entry.ha1_md5 = ha1_md5(entry.user, entry.realm, secret);
        entry.ha1_sha256 = ha1_sha256(entry.user, entry.realm, secret);
        PROVOST_CHECK(
            post_entry(transaction, owner.registrars, std::move(entry), rotation && rotation->at_once));
    }
    return {};
}

Status apply_transition(Transaction& transaction, KeyHolder& keys, const Transition& transition,
                        const CredentialOwner& owner) {
    const auto& next = transition.device;
    if (transition.delivered) PROVOST_CHECK(release_held(transaction, owner.registrars, next, owner.now));
    if (transition.secrets == SecretFate::destroy) {
        PROVOST_CHECK(transaction.destroy_secrets(next.mac));
        PROVOST_CHECK(drop_held(transaction, next.mac));
    }
    if (transition.secrets == SecretFate::make_fresh) PROVOST_CHECK(issue_secrets(transaction, keys, owner));
    if (next.state == DeviceState::retired) {
        PROVOST_CHECK(transaction.drop_all_credentials(next.mac));
        PROVOST_CHECK(forget_window(transaction, next.mac));
    }
    if (next.state == DeviceState::expired || next.state == DeviceState::retired)
        PROVOST_CHECK(withdraw_living(transaction, owner.registrars, next, owner.now));
    return transaction.update_device(next);
}

Status carry_out(Transaction& transaction, const House& house, const Transition& transition, Timestamp now) {
    static const VendorSpec unknown;
    const auto& device = transition.device;
    const auto* const vendor = house.vendors->find(device.vendor);
    const auto& spec = vendor == nullptr ? unknown : *vendor;
    const auto policies = house.policies.current();
    const auto settings = merge(policies->layers(device, spec.defaults));
    return apply_transition(transaction, house.keys, transition,
                            {device, spec, settings, *house.registrars, now});
}

Result<OpenedSecrets> open_secrets(KeyHolder& keys, const std::vector<StoredSecret>& stored,
                                   const Configuration& configuration) {
    OpenedSecrets opened;
    PROVOST_TRY(auto secrets, keys.open_all(stored));
    for (std::size_t i = 0; i < stored.size(); ++i) {
        PROVOST_TRY(const auto which, parse_setting_key(filled_by(stored[i].binding.purpose)));
        opened.put(which, std::move(secrets[i]));
    }
    PROVOST_CHECK(make_digests(configuration, opened));
    make_hashes(configuration, stored, opened);
    return opened;
}

}  // namespace provost
