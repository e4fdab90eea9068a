// Who may do what (R-F2): one table of action x role, one of field x role. api/ asks it before each handler;
// the matrix test and docs/reference/roles.md are made from it. What is not in it is refused.
#pragma once

#include "domain/actor.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace provost {

// In the order of actions().
enum class Action : std::uint8_t {
    catalogue_read,
    tenant_read,
    tenant_create,
    tenant_change,
    tenant_settings,
    tenant_remove,
    tenant_rotate,
    tenant_resync,
    device_read,
    device_change,
    device_remove,
    device_arm,
    device_rotate,
    device_resync,
    device_note,
    device_diagnose,
    trunk_create,
    trunk_reveal,
    profile_read,
    import_run,
    exception_read,
    exception_change,
    event_read,
    audit_read,
    audit_head,
    report_read,
    job_read,
    job_cancel,
    people_read,
    people_manage,
    token_read,
    token_manage,
    approval_read,
    approval_decide,
    trust_read,
    trust_change,
    trust_refuse,
    ban_read,
    ban_change,
    review_read,
    review_mark,
    alert_read,
    alert_test,
    webhook_read,
    webhook_test,
    outbox_read,
    registrar_read,
    registrar_change,
    server_read,
    server_operate,
    server_keys,
    backup_create,
};

// Where a role may do something, seen from the tenant that the actor is bound to. An actor who is bound to
// none stands above all of them.
enum class Grant : std::uint8_t {
    none,
    below,   // in the tenants below its own
    within,  // in its own too
};

inline constexpr std::size_t role_count = 5;
using Grants = std::array<Grant, role_count>;  // in the order of Role

struct ActionTraits {
    Action action;
    std::string_view name;    // "device.arm"
    std::string_view entity;  // whose fields it reads or writes, as fields() calls it; empty: no rules
    Grants grants;
    bool changes;      // false: a read-only token may do it too
    bool step_up;      // the actor must have proved itself again just now
    bool two_persons;  // where the configuration asks for a second person, docs/decisions/0017-two-persons.md
    bool tells_secret;  // its answer is told once and kept nowhere
    std::string_view says;
};

struct FieldTraits {
    std::string_view entity;  // "tenant"
    std::string_view name;    // as in JSON
    Grants reads, writes;
};

std::span<const ActionTraits> actions();
const ActionTraits& traits_of(Action action);
std::span<const FieldTraits> fields();

std::string_view to_text(Role role);  // "tenant-admin"
std::optional<Role> parse_role(std::string_view text);

// What an action is about.
struct Target {
    enum class Kind : std::uint8_t {
        anybody,  // what is the same for all: vendors, the hardening profile
        server,   // the whole server: who is bound to a tenant has nothing to say
        several,  // a list, or what the request's body names: the handler shows and takes only what is in
                  // sight
        tenant,   // an object of the tenant at the end of `path`
    };
    Kind kind = Kind::server;
    std::span<const TenantId> path;  // from the root down to the tenant; empty: there is none of that name
};

enum class Ruling : std::uint8_t {
    allowed,
    hidden,         // 404, as if it were not there
    forbidden,      // 403
    step_up,        // 403: once it has proved itself again, it may
    second_person,  // 202: it may once another has approved it, where that is asked for
};
Ruling authorize(const Actor& actor, Action action, const Target& target);

// Is the tenant at the end of the path, which leads there from the root, in the actor's sight?
bool sees(const Actor& actor, std::span<const TenantId> path);

enum class FieldUse : std::uint8_t { read, write };
// False also for a field that the table does not have. `path` as in Target; empty: in a list, where the
// actor's own tenant may be among the others.
bool may_use(const Actor& actor, const FieldTraits& field, FieldUse use, std::span<const TenantId> path);
const FieldTraits* find_field(std::string_view entity, std::string_view name);

}  // namespace provost
