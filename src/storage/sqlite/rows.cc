#include "storage/sqlite/rows.h"

#include "domain/decide.h"

#include <algorithm>

namespace provost::sqlite {

namespace {

bool tells_refusal(const std::string& rule) {
    const auto parsed = rule.empty() ? std::nullopt : parse_rule(rule);
    return parsed && is_refusal(*parsed);
}

Status read_access(AccessMethods& out, const std::string& text) {
    PROVOST_TRY(out, parse_fallback(text));
    return {};
}

Status read_networks(Networks& out, const std::string& text) {
    PROVOST_TRY(out, parse_networks(text, "database"));
    return {};
}

struct TokenColumns {
    TokenColumns() = default;
    explicit TokenColumns(const std::optional<AccessToken>& token) {
        if (!token) return;
        hash = token->hash, until = token->until, spent = token->spent;
        networks = to_text(token->networks);
    }
    [[nodiscard]] Result<std::optional<AccessToken>> whole() const {
        if (!hash) return std::nullopt;
        AccessToken token{*hash, until.value_or(Timestamp{}), {}, spent};
        PROVOST_CHECK(read_networks(token.networks, networks.value_or("none")));
        return token;
    }

    std::optional<Sha256> hash;
    std::optional<Timestamp> until, spent;
    std::optional<std::string> networks;
};

struct RotationColumns {
    RotationColumns() = default;
    explicit RotationColumns(const std::optional<RotationRequest>& request) {
        if (!request) return;
        asked = request->asked, cause = to_text(request->cause), at_once = request->at_once ? 1 : 0;
    }
    [[nodiscard]] Result<std::optional<RotationRequest>> whole() const {
        if (!asked) return std::nullopt;
        RotationRequest request{*asked, RotationCause::asked, at_once != 0};
        PROVOST_CHECK(take(request.cause, parse_rotation_cause(cause), "a rotation's cause"));
        return request;
    }

    std::optional<Timestamp> asked;
    std::string cause;
    int at_once = 0;
};

// A transfer that was begun is looked at again so much later (Store::due).
constexpr Duration transfer_time = std::chrono::minutes(10);

}  // namespace

std::optional<Timestamp> due_time(const Device& device) {
    switch (device.state) {
        case DeviceState::armed:
            return device.armed_until;
        case DeviceState::delivering:
            return device.delivering_since.value_or(Timestamp{}) + transfer_time;
        case DeviceState::grace:
            return device.grace_until;
        case DeviceState::registered:
        case DeviceState::provisioned:
        case DeviceState::expired:
        case DeviceState::retired:
            return std::nullopt;
    }
    return std::nullopt;
}

Error meaningless(std::string what) {
    return {"P-6014", "the database is damaged", std::move(what), "the stored value means nothing here",
            "Restore the newest backup"};
}

Status read_layer(Settings& out, RawOverrides& raw, std::string_view text) {
    auto split = is_raw_name(text) ? 0 : text.find("\nraw.");
    if (split == text.npos) {
        PROVOST_TRY(out, parse_settings(text));
        return {};
    }
    if (split != 0) ++split;
    PROVOST_TRY(out, parse_settings(text.substr(0, split)));
    PROVOST_TRY(raw, parse_raw_overrides(text.substr(split)));
    return {};
}

std::string format_layer(const Settings& settings, const RawOverrides& raw) {
    return format_settings(settings) + format_raw_overrides(raw);
}

Result<Device> read_device(Query& row) {
    Device d;
    std::string mode, settings, state, access;
    TokenColumns token;
    RotationColumns rotation;
    PROVOST_CHECK(row.read(d.mac, d.tenant, d.site, d.vendor, d.model, mode, settings, state, d.generation,
                           d.armed_until, d.delivering_since, d.delivery_attempts, d.grace_until,
                           d.pinned_key, d.held_key, d.firmware, d.last_seen, d.last_source, d.version,
                           access, token.hash, token.until, token.networks, token.spent, d.access_user,
                           rotation.asked, rotation.cause, rotation.at_once, d.credentials_since));
    PROVOST_CHECK(take(d.access, parse_access(access), "a device's access"));
    PROVOST_TRY(d.token, token.whole());
    PROVOST_TRY(d.rotation, rotation.whole());
    PROVOST_CHECK(take(d.secret_mode, parse_secret_mode(mode), "a device's secret mode"));
    PROVOST_CHECK(take(d.state, parse_device_state(state), "a device's state"));
    PROVOST_CHECK(read_layer(d.settings, d.raw, settings));
    return d;
}

void bind_device(Query& query, const Device& d) {
    query.bind(d.mac, d.tenant, d.site, d.vendor, d.model, to_text(d.secret_mode),
               format_layer(d.settings, d.raw), to_text(d.state), d.generation, d.armed_until,
               d.delivering_since, d.delivery_attempts, d.grace_until, d.pinned_key, d.held_key, d.firmware,
               d.last_seen, d.last_source, d.version, to_text(d.access));
    const TokenColumns token(d.token);
    query.bind(token.hash, token.until, token.networks, token.spent, d.access_user);
    const RotationColumns rotation(d.rotation);
    query.bind(rotation.asked, rotation.cause, rotation.at_once, d.credentials_since);
}

Result<RatedGroup> read_rated_group(Query& row) {
    RatedGroup group;
    std::string mode, access;
    PROVOST_CHECK(row.read(group.tenant, group.site, group.vendor, mode, access, group.stars, group.reason,
                           group.raise, group.devices));
    PROVOST_CHECK(take(group.secret_mode, parse_secret_mode(mode), "a device's secret mode"));
    PROVOST_CHECK(take(group.access, parse_access(access), "a device's access"));
    return group;
}

Result<Tenant> read_tenant(Query& row) {
    Tenant t;
    auto& p = t.policy;
    std::string settings;
    std::optional<std::string> fallback, networks;
    PROVOST_CHECK(row.read(t.id, t.parent, t.slug, t.name, p.minimum_rating, p.window, p.grace,
                           p.repeat_window, p.repeat_limit, settings, t.version, fallback, networks,
                           p.rotate_every));
    PROVOST_CHECK(read_layer(t.settings, t.raw, settings));
    if (fallback) PROVOST_CHECK(read_access(p.access.emplace(), *fallback));
    if (networks) PROVOST_CHECK(read_networks(p.fallback_networks.emplace(), *networks));
    return t;
}

void bind_tenant(Query& query, const Tenant& t) {
    const auto& p = t.policy;
    std::optional<std::string> fallback, networks;
    if (p.access) fallback = fallback_to_text(*p.access);
    if (p.fallback_networks) networks = to_text(*p.fallback_networks);
    query.bind(t.parent, t.slug, t.name, p.minimum_rating, p.window, p.grace, p.repeat_window, p.repeat_limit,
               format_layer(t.settings, t.raw), t.version, fallback, networks, p.rotate_every);
}

Result<StoredSecret> read_secret(Query& row) {
    StoredSecret secret;
    auto& [binding, sealed] = secret;
    PROVOST_CHECK(row.read(binding.device, binding.purpose, binding.tenant, binding.generation, sealed.suite,
                           sealed.epoch, sealed.wrapped_key, sealed.commitment, sealed.nonce,
                           sealed.ciphertext));
    return secret;
}

void bind_secret(Query& query, const StoredSecret& secret) {
    const auto& [binding, sealed] = secret;
    query.bind(binding.device, binding.purpose, binding.tenant, binding.generation, sealed.suite,
               sealed.epoch, sealed.wrapped_key, sealed.commitment, sealed.nonce, sealed.ciphertext);
}

Result<AccessCredential> read_credential(Query& row) {
    AccessCredential credential;
    PROVOST_CHECK(row.read(credential.user, credential.device, credential.generation, credential.basic));
    return credential;
}

Status take_outbox_state(OutboxEntry& entry, const std::string& state) {
    return take(entry.state, parse_outbox_state(state), "an outbox entry's state");
}

Result<OutboxEntry> read_outbox_entry(Query& row) {
    return read_outbox_row(row);
}

Result<DeliveryRecord> read_delivery(Query& row) {
    DeliveryRecord d;
    std::string rule, proof;
    int transfer = 0;
    PROVOST_CHECK(
        row.read(d.id, d.at, d.device, d.generation, rule, d.key, d.source, transfer, d.ended, proof));
    PROVOST_CHECK(take(d.proof, parse_access(proof), "a delivery's proof"));
    PROVOST_CHECK(take(d.rule, parse_rule(rule), "a delivery's rule"));
    if (transfer < 0 || transfer > static_cast<int>(Transfer::broken))
        return fail(meaningless("a delivery's end"));
    d.transfer = static_cast<Transfer>(transfer);
    return d;
}

Result<Event> read_event(Query& row) {
    Event e;
    PROVOST_CHECK(row.read(e.id, e.at, e.kind, e.device, e.proved, e.tenant, e.vendor, e.source, e.rule,
                           e.detail, e.method, e.path, e.user_agent, e.model, e.firmware, e.tls, e.status,
                           e.bytes, e.micros, e.actor, e.proof));
    return e;
}

Result<std::int64_t> insert_event(Database& database, const Event& e) {
    PROVOST_CHECK(database.run(
        "INSERT INTO events (at, kind, device, proved, tenant, vendor, source, rule, refused, detail, "
        "method, path,"
        " user_agent, model, firmware, tls, status, bytes, micros, actor, proof)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
        " ?21)",
        e.at, e.kind, e.device, e.proved, e.tenant, e.vendor, e.source, e.rule, tells_refusal(e.rule),
        e.detail, e.method, e.path, e.user_agent, e.model, e.firmware, e.tls, e.status, e.bytes, e.micros,
        e.actor, e.proof));
    return database.last_id();
}

Result<TrustRecord> read_trust(Query& row) {
    TrustRecord t;
    PROVOST_CHECK(
        row.read(t.id, t.kind, t.vendor, t.anchor, t.profile, t.fingerprint, t.pem, t.reason, t.at, t.actor));
    return t;
}

Result<HardeningException> read_exception(Query& row) {
    HardeningException e;
    PROVOST_CHECK(row.read(e.id, e.tenant, e.site, e.vendor, e.model, e.device, e.rule, e.owner, e.reason,
                           e.made, e.until, e.actor));
    return e;
}

Result<Site> read_site(Query& row) {
    Site site;
    std::string settings;
    PROVOST_CHECK(row.read(site.tenant, site.name, settings));
    PROVOST_CHECK(read_layer(site.settings, site.raw, settings));
    return site;
}

Result<ModelSettings> read_model_settings(Query& row) {
    ModelSettings model;
    std::string settings;
    PROVOST_CHECK(row.read(model.tenant, model.vendor, model.model, settings));
    PROVOST_CHECK(read_layer(model.settings, model.raw, settings));
    return model;
}

}  // namespace provost::sqlite
