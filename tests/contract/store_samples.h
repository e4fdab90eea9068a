// Records to put into a store under test.
#pragma once

#include "service/store.h"

#include <cstdint>
#include <string>

// Filters name the fields they ask for; the others stay as they are.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

namespace provost::contract {

inline Timestamp at(std::int64_t seconds) {
    return Timestamp(std::chrono::seconds(1'800'000'000 + seconds));
}
inline MacAddress mac(std::uint64_t number) {
    return MacAddress(0x001565000000 + number);
}

inline Settings sample_settings() {
    Settings settings;
    put(settings, {*find_setting("line.user"), 1}, "1001");
    put(settings, {*find_setting("line.display_name"), 1}, "Grüße = \"x\" # y");
    return settings;
}

inline Tenant sample_tenant(const std::string& slug) {
    Tenant tenant;
    tenant.slug = slug;
    tenant.name = "Tenant " + slug;
    return tenant;
}

inline Device sample_device(std::uint64_t number, TenantId tenant) {
    Device device;
    device.mac = mac(number);
    device.tenant = tenant;
    device.vendor = "yealink";
    return device;
}

inline Device full_device(std::uint64_t number, TenantId tenant) {
    Device device = sample_device(number, tenant);
    device.site = "berlin";
    device.model = "T54W";
    device.secret_mode = SecretMode::rotate;
    device.settings = sample_settings();
    device.state = DeviceState::delivering;
    device.generation = 7;
    device.armed_until = at(100);
    device.delivering_since = at(50);
    device.delivery_attempts = 2;
    device.grace_until = at(60);
    device.pinned_key = Sha256{1, 2, 3};
    device.held_key = Sha256{4, 5, 6};
    device.firmware = "96.86.0.70";
    device.last_seen = at(49);
    device.last_source = "2001:db8::1";
    device.version = 3;
    device.access = Access::digest;
    device.access_user = "k7r2";
    device.token = {Sha256{7, static_cast<std::uint8_t>(number)}, at(90),
                    parse_networks("192.0.2.0/24,2001:db8::/32", "test").value(), at(55)};
    return device;
}

inline StoredSecret sample_secret(MacAddress device, const std::string& purpose, std::uint8_t filler) {
    StoredSecret secret;
    secret.binding = {1, device, purpose, 7};
    secret.sealed = {1, 4, Bytes(40, filler), Bytes(32, filler), Bytes(24, filler), Bytes(48, filler)};
    return secret;
}

inline AccessCredential sample_credential(std::uint64_t number, std::int64_t generation) {
    AccessCredential credential;
    credential.user = "user" + std::to_string(number) + "x" + std::to_string(generation);
    credential.device = mac(number);
    credential.generation = generation;
    for (const auto algorithm : {DigestAlgorithm::md5, DigestAlgorithm::sha256}) {
        credential.digests.push_back(sample_secret(mac(number), digest_purpose(generation, algorithm), 8));
        credential.digests.back().binding.generation = generation;
    }
    return credential;
}

inline Event sample_event(const std::string& kind, std::int64_t seconds) {
    Event event;
    event.at = at(seconds);
    event.kind = kind;
    return event;
}

inline Event visit(MacAddress device, std::int64_t seconds) {
    Event event = sample_event("visit", seconds);
    event.device = device;
    event.proved = true;
    event.source = "192.0.2." + std::to_string(seconds % 250);
    event.rule = std::string(to_text(Rule::resync));
    return event;
}

// The records have no == of their own: only tests compare whole ones.
inline bool same(const Device& a, const Device& b) {
    return a.mac == b.mac && a.tenant == b.tenant && a.site == b.site && a.vendor == b.vendor &&
           a.model == b.model && a.secret_mode == b.secret_mode && a.settings == b.settings &&
           a.state == b.state && a.generation == b.generation && a.armed_until == b.armed_until &&
           a.delivering_since == b.delivering_since && a.delivery_attempts == b.delivery_attempts &&
           a.grace_until == b.grace_until && a.pinned_key == b.pinned_key && a.held_key == b.held_key &&
           a.firmware == b.firmware && a.last_seen == b.last_seen && a.last_source == b.last_source &&
           a.version == b.version && a.access == b.access && a.access_user == b.access_user &&
           a.token == b.token;
}

inline bool same(const StoredSecret& a, const StoredSecret& b) {
    return a.binding == b.binding && a.sealed.suite == b.sealed.suite && a.sealed.epoch == b.sealed.epoch &&
           a.sealed.wrapped_key == b.sealed.wrapped_key && a.sealed.commitment == b.sealed.commitment &&
           a.sealed.nonce == b.sealed.nonce && a.sealed.ciphertext == b.sealed.ciphertext;
}

}  // namespace provost::contract
