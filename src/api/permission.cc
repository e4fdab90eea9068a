#include "api/permission.h"

#include "api/arm_jobs.h"
#include "api/import_jobs.h"
#include "api/json.h"
#include "domain/text.h"
#include "service/devices.h"
#include "service/resync_keeper.h"

#include <algorithm>

namespace provost {

namespace {

// What a request is about. `absent` is what is said of an object that is not there.
struct Located {
    std::vector<TenantId> path;
    Error absent;
};

// Which of the {...} parts has this name.
std::size_t part_named(std::string_view path, std::string_view name) {
    std::size_t part = 0;
    for (auto open = path.find('{'); open != path.npos; open = path.find('{', open + 1), ++part)
        if (path.substr(open + 1).starts_with(name) && path[open + 1 + name.size()] == '}') break;
    return part;
}

Result<Located> locate_device(const ApiContext& context, const ApiCall& call, std::size_t part) {
    const auto mac = call.mac(part);
    if (!mac) return Located{{}, mac.error()};
    PROVOST_TRY(const auto device, context.house.store.device(*mac));
    return Located{device ? context.sight.path_to(device->tenant) : std::vector<TenantId>(), no_device(*mac)};
}

Located locate_tenant(const Sight& sight, const std::string& slug) {
    const auto seen = sight.tenant(slug);
    return {sight.path_to(slug), seen ? Error() : seen.error()};
}

Located locate_resync(const ApiContext& context, const std::string& text) {
    const Error absent{"P-8310", "there is no such resync", "id", printable(text, 32)};
    const auto id = whole_number(text);
    if (!id || !context.house.resync) return {{}, absent};
    const auto job = context.house.resync->job(*id);
    return {job ? context.sight.path_to(job->tenant) : std::vector<TenantId>(), absent};
}

Located locate_exception(const ApiContext& context, const std::string& text) {
    Located located{
        {}, {"P-6005", "there is no such exception", "id", "", "'provost exception list' shows them."}};
    const auto id = whole_number(text);
    const auto policies = context.house.policies.current();
    for (const auto& one : policies->exceptions())
        if (id && one.id == *id) located.path = context.sight.path_to(one.tenant);
    return located;
}

Located locate_import(const ApiContext& context, const std::string& id) {
    const auto job = context.imports.find(id);
    const auto owner = job ? (*job)->owner : std::nullopt;
    return {owner ? context.sight.path_to(*owner) : std::vector<TenantId>(), no_import(id)};
}

Located locate_arm(const ApiContext& context, const std::string& id) {
    const auto job = context.arms.find(id);
    const auto owner = job != nullptr ? job->owner : std::nullopt;
    return {owner ? context.sight.path_to(*owner) : std::vector<TenantId>(), no_job(id)};
}

Located locate_job(const ApiContext& context, const std::string& id) {
    if (const auto undone = number_of_undo(id))
        return {locate_import(context, import_id(*undone)).path, no_job(id)};
    if (id.starts_with('a')) return locate_arm(context, id);
    if (!id.starts_with('r')) return {locate_import(context, id).path, no_job(id)};
    return {locate_resync(context, id.substr(1)).path, no_job(id)};
}

Result<Located> locate_approval(const ApiContext& context, const std::string& text) {
    Located located{{}, no_approval(text)};
    PROVOST_TRY(const auto calls, context.approvals.pending());
    const auto id = whole_number(text);
    for (const auto& one : calls)
        if (id && one.id == *id) located.path = context.sight.path_to(one.tenant);
    return located;
}

Result<Located> locate(const ApiContext& context, const Route& route, const ApiCall& call) {
    const auto part = [&](std::string_view name) { return call.path.at(part_named(route.path, name)); };
    switch (route.scope) {
        case Scope::tenant:
            return locate_tenant(context.sight, part("tenant"));
        case Scope::device:
            return locate_device(context, call, part_named(route.path, "mac"));
        case Scope::resync:
            return locate_resync(context, part("id"));
        case Scope::exception:
            return locate_exception(context, part("id"));
        case Scope::approval:
            return locate_approval(context, part("id"));
        case Scope::import:
            return locate_import(context, part("import"));
        case Scope::job:
            return locate_job(context, part("job"));
        case Scope::everybody:
        case Scope::server:
        case Scope::listed:
        case Scope::named:
            break;
    }
    return Located{};
}

Target::Kind kind_of(Scope scope) {
    switch (scope) {
        case Scope::everybody:
            return Target::Kind::anybody;
        case Scope::server:
            return Target::Kind::server;
        case Scope::listed:
        case Scope::named:
            return Target::Kind::several;
        default:
            return Target::Kind::tenant;
    }
}

Error forbidden(const Actor& actor, const ActionTraits& traits) {
    Error error{std::string(forbidden_code), "you may not do this", std::string(traits.name), "",
                "Ask someone whose role has it: docs/reference/roles.md."};
    error.why = actor.read_only && traits.changes
                    ? "the token only reads"
                    : "role " + std::string(to_text(actor.role)) + (actor.tenant ? " of a tenant" : "") +
                          " has no right to it there";
    return error;
}

bool is_out_of_sight(const Sight& sight, const json::value* slug) {
    return slug != nullptr && slug->is_string() && !slug->get_string().empty() &&
           !sight.tenant(std::string(slug->get_string()));
}

// An actor's own tenant stands below others, whose names are not its business: those of the layers above.
void blank_layers(const Sight& sight, json::value& value) {
    if (auto* const array = value.if_array())
        for (auto& item : *array) blank_layers(sight, item);
    auto* const object = value.if_object();
    if (object == nullptr) return;
    const auto* const layer = object->if_contains("layer");
    if (layer != nullptr && *layer == json::value("tenant") &&
        is_out_of_sight(sight, object->if_contains("layer_name")))
        (*object)["layer_name"] = "";
    for (auto& member : *object) blank_layers(sight, member.value());
}

void strip(const Sight& sight, const std::vector<std::string_view>& names, json::value& value) {
    auto* const object = value.if_object();
    if (object == nullptr) return;
    for (const auto name : names) object->erase(name);
    if (is_out_of_sight(sight, object->if_contains("parent"))) object->erase("parent");
}

}  // namespace

Error needs_step_up(std::string_view what) {
    return {std::string(step_up_code), "prove yourself again first", std::string(what),
            "this needs a proof that is no older than five minutes", "Confirm with your passkey or code."};
}

Result<Permission> Permission::ask(const ApiContext& context, const Route& route, const ApiCall& call) {
    Permission permission(traits_of(route.action));
    const auto& actor = context.sight.actor();
    PROVOST_TRY(auto located, locate(context, route, call));
    permission.path_ = std::move(located.path);
    const auto note = [&](std::string_view why) {
        const auto what = std::string(route.method) + " " + std::string(route.path) + ": " + std::string(why);
        context.refusals.note(context.house.store, actor, what, context.house.clock.now());
    };
    switch (authorize(actor, route.action, {kind_of(route.scope), permission.path_})) {
        case Ruling::allowed:
        case Ruling::second_person:  // Api asks for one
            break;
        case Ruling::hidden:
            if (!permission.path_.empty()) note("of another tenant");
            return fail(std::move(located.absent));
        case Ruling::forbidden:
            note("beyond its role");
            return fail(forbidden(actor, permission.traits_));
        case Ruling::step_up:
            return fail(needs_step_up(permission.action()));
    }
    return permission;
}

Status Permission::ask_also(const ApiContext& context, Action action) {
    const auto& traits = traits_of(action);
    switch (authorize(context.sight.actor(), action, {Target::Kind::several, {}})) {
        case Ruling::allowed:
        case Ruling::second_person:
            return {};
        case Ruling::step_up:
            return fail(needs_step_up(traits.name));
        case Ruling::hidden:
        case Ruling::forbidden:
            break;
    }
    return fail(forbidden(context.sight.actor(), traits));
}

// A field that the table does not have is refused too.
Status Permission::check_fields(const Sight& sight, const ApiCall& call) const {
    const auto& traits = traits_;
    const auto of_entity = [&](const FieldTraits& field) { return field.entity == traits.entity; };
    if (call.request.body.empty() || std::ranges::none_of(fields(), of_entity)) return {};
    boost::system::error_code bad;
    const auto body = json::parse(call.request.body, bad);
    if (bad || !body.is_object()) return {};  // the handler says so
    for (const auto& member : body.get_object()) {
        const std::string_view name = member.key();
        const auto* const field = find_field(traits.entity, name);
        if (field == nullptr)
            return fail({"P-8002", "the request's body was refused", "body",
                         "unknown member '" + printable(name, 32) + "'"});
        if (may_use(sight.actor(), *field, FieldUse::write, path_)) continue;
        return fail({std::string(field_code), "you may not set this", std::string(name),
                     "role " + std::string(to_text(sight.actor().role)) + " may not set a " +
                         std::string(traits.entity) + "'s " + std::string(name) + " there",
                     "Leave it out, or ask someone whose role has it: docs/reference/roles.md."});
    }
    return {};
}

void Permission::conceal(const Sight& sight, ApiReply& reply) const {
    if (traits_.entity.empty() || reply.content_type != "application/json") return;
    std::vector<std::string_view> hidden;
    for (const auto& field : fields())
        if (field.entity == traits_.entity && !may_use(sight.actor(), field, FieldUse::read, path_))
            hidden.push_back(field.name);
    const bool layered = reply.body.find("\"layer_name\"") != std::string::npos;
    const bool nested = traits_.entity == "tenant" || layered;
    if (hidden.empty() && (sight.is_whole() || !nested)) return;
    auto body = json::parse(reply.body);
    if (auto* const object = body.if_object()) {
        strip(sight, hidden, body);
        if (auto* const items = object->if_contains("items"); items != nullptr && items->is_array())
            for (auto& item : items->get_array()) strip(sight, hidden, item);
        if (auto* const device = object->if_contains("device")) strip(sight, hidden, *device);
    }
    if (!sight.is_whole() && layered) blank_layers(sight, body);
    reply.body = json::serialize(body) + "\n";
}

}  // namespace provost
