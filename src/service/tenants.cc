#include "service/tenants.h"

#include "domain/text.h"
#include "service/layer_change.h"

#include <charconv>

namespace provost {

namespace {

Result<int> parse_small(const std::string& name, const std::string& text, int least, int most) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && number >= least && number <= most)
        return number;
    return fail({"P-2012", "policy value refused", name,
                 "'" + printable(text, 32) + "' is not a whole number from " + std::to_string(least) +
                     " to " + std::to_string(most)});
}

Result<Duration> parse_span(const std::string& name, const std::string& text) {
    if (const auto span = parse_duration(text)) return *span;
    return fail({"P-2012", "policy value refused", name, "'" + printable(text, 32) + "' is not a time",
                 "Write a number and s, m, h or d, such as 14d."});
}

// So often that phones can follow; "never" is 0.
Result<Duration> parse_rotation(const std::string& name, const std::string& text) {
    if (text == "never") return Duration();
    PROVOST_TRY(const auto span, parse_span(name, text));
    if (span >= std::chrono::minutes(1)) return span;
    return fail({"P-2012", "policy value refused", name, "'" + printable(text, 32) + "' is too often",
                 "Write such as 90d, or never."});
}

Status check_name(const std::string& name, std::string_view field) {
    if (!name.empty() && name.size() <= 128 && is_clean_text(name)) return {};
    return fail({"P-2013", "name refused", std::string(field),
                 "it is empty, longer than 128 bytes or holds control characters"});
}

// Where it stands decides what it inherits and who sees it, and its name is in addresses: neither changes.
Status check_place(const PolicySnapshot& policies, const Tenant& tenant, const Tenants::Draft& draft) {
    const auto* const above = tenant.parent ? policies.tenant(*tenant.parent) : nullptr;
    const auto parent = above == nullptr ? std::string() : above->tenant.slug;
    const auto refused = [&](const char* field) {
        return fail({"P-2017", "tenant '" + tenant.slug + "' can be neither renamed nor moved", field, "",
                     "Make another one and bring its devices there; 'name' is what people read."});
    };
    if (!draft.slug.empty() && draft.slug != tenant.slug) return refused("slug");
    if (!draft.parent.empty() && draft.parent != parent) return refused("parent");
    return {};
}

}  // namespace

Status apply_settings(const RawSettings& raw, Settings& settings) {
    for (const auto& [name, text] : raw) {
        if (is_raw_name(name)) continue;
        PROVOST_TRY(const auto key, parse_setting_key(name));
        if (text.empty()) {
            erase(settings, key);
            continue;
        }
        PROVOST_TRY(auto value, parse_setting_value(key, text));
        put(settings, key, std::move(value));
    }
    return {};
}

Status apply_policy(const RawSettings& raw, PolicyOverrides& policy) {
    static constexpr std::string_view names[] = {"minimum_rating",    "window",       "grace",
                                                 "repeat_window",     "repeat_limit", "fallback",
                                                 "fallback_networks", "rotate_every"};
    for (const auto& [name, text] : raw) {
        if (name == names[0]) {
            PROVOST_TRY(policy.minimum_rating, parse_small(name, text, 1, 5));
        } else if (name == names[1]) {
            PROVOST_TRY(policy.window, parse_span(name, text));
        } else if (name == names[2]) {
            PROVOST_TRY(policy.grace, parse_span(name, text));
        } else if (name == names[3]) {
            PROVOST_TRY(policy.repeat_window, parse_span(name, text));
        } else if (name == names[4]) {
            PROVOST_TRY(policy.repeat_limit, parse_small(name, text, 0, 20));
        } else if (name == names[5]) {
            PROVOST_TRY(policy.access, parse_fallback(text));
        } else if (name == names[6]) {
            PROVOST_TRY(policy.fallback_networks, parse_networks(text, name));
        } else if (name == names[7]) {
            PROVOST_TRY(policy.rotate_every, parse_rotation(name, text));
        } else {
            Error error{"P-2012", "there is no policy '" + printable(name, 32) + "'", "policy"};
            if (const auto near = nearest(name, names)) error.offer(*near);
            return fail(std::move(error));
        }
    }
    return {};
}

Error no_tenant(const std::string& slug, const std::vector<std::string_view>& slugs) {
    Error error{"P-2010", "there is no tenant '" + printable(slug, 64) + "'", "tenant"};
    if (trim(slug).size() != slug.size()) {
        error.why = "there is a blank at its begin or end";
    } else if (const auto near = nearest(slug, slugs)) {
        error.offer(*near);
    } else {
        error.fix = "Make it with 'provost tenant add'.";
    }
    return error;
}

Result<const TenantView*> find_tenant(const PolicySnapshot& policies, const std::string& slug) {
    if (const auto* const view = policies.tenant(slug)) return view;
    std::vector<std::string_view> slugs;
    for (const auto& tenant : policies.tenants()) slugs.push_back(tenant.slug);
    return fail(no_tenant(slug, slugs));
}

Event change_event(std::string kind, const std::string& actor, Timestamp now) {
    Event event;
    event.at = now;
    event.kind = std::move(kind);
    event.actor = actor;
    return event;
}

Result<Tenant> TenantService::find(const std::string& slug) const {
    PROVOST_TRY(const auto* const view, find_tenant(*house_.policies.current(), slug));
    return view->tenant;
}

// A change that the phones' way must see: stored, then the picture is made anew.
Status TenantService::store(const Change& change) {
    PROVOST_CHECK(house_.store.apply(change));
    return house_.policies.refresh(house_.store, house_.hardening);
}

Result<Tenant> TenantService::create(const Draft& draft, const std::string& actor) {
    if (!is_slug(draft.slug))
        return fail({"P-2011", "tenant name refused", "slug",
                     "'" + printable(draft.slug, 64) + "' is not 1 to 32 of a-z, 0-9 and -",
                     "Use a short name such as 'acme'."});
    Tenant tenant;
    tenant.slug = draft.slug;
    tenant.name = draft.name.empty() ? draft.slug : draft.name;
    tenant.version = 1;
    PROVOST_CHECK(check_name(tenant.name, "name"));
    if (!draft.parent.empty()) {
        PROVOST_TRY(const auto parent, find(draft.parent));
        tenant.parent = parent.id;
    }
    PROVOST_CHECK(change_layer(house_, {tenant.parent.value_or(0), tenant.slug, {}, {}, {}}, draft.settings,
                               tenant.settings, tenant.raw));
    PROVOST_CHECK(apply_policy(draft.policy, tenant.policy));
    PROVOST_CHECK(store([&](Transaction& transaction) -> Status {
        PROVOST_TRY(tenant.id, transaction.insert_tenant(tenant));
        auto event = change_event("tenant.created", actor, house_.clock.now());
        event.tenant = tenant.id;
        event.detail = tenant.slug;
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    return find(draft.slug);
}

Result<Tenant> TenantService::change(const std::string& slug, const Draft& draft,
                                     std::optional<std::int64_t> version, const std::string& actor) {
    PROVOST_TRY(auto tenant, find(slug));
    if (version && *version != tenant.version)
        return fail({"P-2015", "tenant '" + slug + "' was changed by someone else meanwhile", "If-Match", "",
                     "Read it again and repeat the change."});
    PROVOST_CHECK(check_place(*house_.policies.current(), tenant, draft));
    if (!draft.name.empty()) tenant.name = draft.name;
    PROVOST_CHECK(check_name(tenant.name, "name"));
    PROVOST_CHECK(
        change_layer(house_, {tenant.id, slug, {}, {}, {}}, draft.settings, tenant.settings, tenant.raw));
    PROVOST_CHECK(apply_policy(draft.policy, tenant.policy));
    ++tenant.version;
    PROVOST_CHECK(store([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.update_tenant(tenant));
        auto event = change_event("tenant.changed", actor, house_.clock.now());
        event.tenant = tenant.id;
        event.detail = tenant.slug;
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    return find(slug);
}

Status TenantService::remove(const std::string& slug, const std::string& actor) {
    PROVOST_TRY(const auto tenant, find(slug));
    return store([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.delete_tenant(tenant.id));
        auto event = change_event("tenant.removed", actor, house_.clock.now());
        event.detail = tenant.slug;
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

Status TenantService::put_site(const std::string& tenant, const std::string& site,
                               const RawSettings& settings, const std::string& actor) {
    PROVOST_TRY(const auto owner, find(tenant));
    PROVOST_CHECK(check_name(site, "site"));
    const auto policies = house_.policies.current();
    const auto* const before = policies->site(owner.id, site);
    Site next = before == nullptr ? Site{owner.id, site, {}} : *before;
    PROVOST_CHECK(change_layer(house_, {owner.id, tenant, site, {}, {}}, settings, next.settings, next.raw));
    return store([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.put_site(next));
        auto event = change_event("site.changed", actor, house_.clock.now());
        event.tenant = owner.id;
        event.detail = site;
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

Status TenantService::put_model(const std::string& tenant, const std::string& vendor,
                                const std::string& model, const RawSettings& settings,
                                const std::string& actor) {
    PROVOST_TRY(const auto owner, find(tenant));
    ModelSettings next{owner.id, vendor, model, {}};
    for (const auto& one : house_.policies.current()->models())
        if (one.tenant == owner.id && one.vendor == vendor && one.model == model) next = one;
    PROVOST_CHECK(
        change_layer(house_, {owner.id, tenant, {}, vendor, model}, settings, next.settings, next.raw));
    return store([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.put_model_settings(next));
        auto event = change_event("model.changed", actor, house_.clock.now());
        event.tenant = owner.id;
        event.detail = vendor + " " + model;
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

}  // namespace provost
