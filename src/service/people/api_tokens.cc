#include "service/people/api_tokens.h"

#include "crypto/base_text.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "domain/text.h"
#include "service/people/desk.h"
#include "service/people/reach.h"

#include <array>

namespace provost {

namespace {

constexpr std::string_view begins = "prv_";
constexpr std::size_t handle_bytes = 10, secret_bytes = 32, checksum_bytes = 5;
constexpr std::size_t handle_size = 16, secret_size = 52, checksum_size = 8;  // as base32
constexpr Duration default_life = std::chrono::hours(24 * 30);
constexpr auto note_use_every = std::chrono::minutes(10);

struct Parts {
    std::string handle, secret;
};

// A slip of the pen, or something that only looks like a token, is told without asking the store.
std::string checksum(std::string_view body) {
    const auto hash = sha256(body);
    return to_base32(ByteView(hash).first(checksum_bytes));
}

std::optional<Parts> split(std::string_view text) {
    if (text.size() != begins.size() + handle_size + secret_size + checksum_size) return std::nullopt;
    if (!text.starts_with(begins)) return std::nullopt;
    const auto body = text.substr(0, text.size() - checksum_size);
    if (!same_bytes(checksum(body), text.substr(body.size()))) return std::nullopt;
    return Parts{std::string(body.substr(begins.size(), handle_size)),
                 std::string(body.substr(begins.size() + handle_size))};
}

template <std::size_t size>
std::string draw() {
    std::array<std::uint8_t, size> drawn{};
    random_bytes(drawn);
    return to_base32(drawn);
}

Error refused(std::string_view field, std::string why) {
    return {"P-8615", "the token was not made", std::string(field), std::move(why)};
}

Reach reach_of(const ApiToken& token) {
    return {token.role, token.tenant};
}

bool is_own(const Actor& actor, const ApiToken& token) {
    return token.owner != 0 && token.owner == actor.person;
}

Result<ApiToken> read_draft(const ApiTokens::Draft& draft, const Sight& sight) {
    const auto& actor = sight.actor();
    ApiToken token;
    token.name = draft.name;
    if (token.name.empty() || token.name.size() > 64 || !is_clean_text(token.name))
        return fail(refused("name", "it is empty, longer than 64 bytes or holds control characters"));
    const auto role = draft.role.empty() ? std::optional(actor.role) : parse_role(draft.role);
    if (!role) return fail(refused("role", "it is not platform, reseller, tenant-admin, support or auditor"));
    token.role = *role;
    PROVOST_TRY(token.tenant, read_reach(sight, draft.tenant, actor.tenant));
    token.read_only = !draft.write;
    token.sensitive = draft.write && draft.sensitive;
    return token;
}

// An actor gives at most what it has, whether it may manage people or not.
Status check_given(const PolicySnapshot& policies, const Actor& actor, const ApiToken& token) {
    if (token.role == actor.role && token.tenant == actor.tenant) return {};
    return check_grant(policies, actor, reach_of(token));
}

}  // namespace

Result<ApiTokens::Created> ApiTokens::create(const Draft& draft, const Actor& actor) {
    const auto policies = house_.policies.current();
    Created created;
    PROVOST_TRY(created.token, read_draft(draft, Sight(actor, policies)));
    auto& token = created.token;
    PROVOST_CHECK(check_given(*policies, actor, token));
    const auto life = draft.lasts.empty() ? std::optional(default_life) : parse_duration(draft.lasts);
    if (!life || *life <= Duration() || *life > longest)
        return fail(refused("lasts", "it is no time of at most 90 days, such as 30d"));
    token.created = house_.clock.now();
    token.until = token.created + *life;
    token.owner = actor.person;
    token.creator = actor.name;
    token.handle = draw<handle_bytes>();
    auto secret = draw<secret_bytes>();
    token.hash = sha256(secret);
    const auto body = std::string(begins) + token.handle + secret;
    created.text = body + checksum(body);
    wipe(secret.data(), secret.size());
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(token.id, transaction.people().insert_token(token));
        auto event = person_event("token.created", actor.name, actor.source, token.created);
        event.tenant = token.tenant.value_or(0);
        event.detail = token.name + ", " + std::string(to_text(token.role)) +
                       (token.read_only   ? ", reads"
                        : token.sensitive ? ", all writes"
                                          : ", writes") +
                       ", until " + to_rfc3339(token.until);
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    return created;
}

Result<std::vector<ApiToken>> ApiTokens::list(const Actor& actor) {
    PROVOST_TRY(auto tokens, house_.store.people().tokens());
    const auto policies = house_.policies.current();
    std::erase_if(tokens, [&](const ApiToken& one) {
        return !is_own(actor, one) && !within_sight(*policies, actor, reach_of(one));
    });
    return tokens;
}

Status ApiTokens::remove(std::int64_t id, const Actor& actor) {
    PROVOST_TRY(const auto tokens, list(actor));
    const auto policies = house_.policies.current();
    for (const auto& token : tokens) {
        if (token.id != id) continue;
        if (!is_own(actor, token) && !within_reach(*policies, actor, reach_of(token))) break;
        return house_.store.apply([&](Transaction& transaction) -> Status {
            PROVOST_CHECK(transaction.people().delete_token(id));
            auto event = person_event("token.removed", actor.name, actor.source, house_.clock.now());
            event.tenant = token.tenant.value_or(0);
            event.detail = token.name;
            return transaction.insert_event(event).map([](std::int64_t) {});
        });
    }
    return fail({"P-8617", "there is no such token", "id", "", "List them: 'provost token list'."});
}

// In time, and its owner may still.
Result<bool> ApiTokens::good(const ApiToken& token) const {
    if (house_.clock.now() >= token.until) return false;
    if (token.owner == 0) return true;
    PROVOST_TRY(const auto owner, house_.store.people().person(token.owner));
    return owner && owner->state == PersonState::active;
}

bool ApiTokens::lives(const std::string& handle) {
    const auto token = house_.store.people().token(handle);
    return token && *token && good(**token).value_or(false);
}

Result<std::optional<ApiTokens::Found>> ApiTokens::find(std::string_view text, const std::string& source) {
    const auto parts = split(text);
    if (!parts) return std::nullopt;
    PROVOST_TRY(const auto token, house_.store.people().token(parts->handle));
    const auto hash = sha256(parts->secret);
    if (!token || !same_bytes(as_text(token->hash), as_text(hash))) return std::nullopt;
    PROVOST_TRY(const bool is_good, good(*token));
    if (!is_good) return std::nullopt;
    const auto now = house_.clock.now();
    if (!token->used || now - *token->used >= note_use_every)
        house_.store.submit_later([id = token->id, now](Transaction& transaction) {
            return transaction.people().note_token_use(id, now);
        });
    Found found;
    found.handle = token->handle;
    auto& actor = found.actor;
    actor.name = "token:" + token->name;
    actor.role = token->role;
    actor.tenant = token->tenant;
    actor.read_only = token->read_only;
    actor.stepped_up = token->sensitive;
    actor.person = token->owner;
    actor.source = source;
    return found;
}

}  // namespace provost
