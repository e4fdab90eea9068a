#include "domain/role_table.h"

namespace provost {

namespace {

constexpr auto no = Grant::none, below = Grant::below, yes = Grant::within;

// What goes with an action, besides who may.
enum Needs : unsigned { looks = 0, changes = 1, step_up = 2, two = 4, gives = 8 };

constexpr ActionTraits row(Action action, std::string_view name, std::string_view entity, Grants grants,
                           unsigned needs, std::string_view says) {
    return {action,
            name,
            entity,
            grants,
            (needs & changes) != 0,
            (needs & step_up) != 0,
            (needs & two) != 0,
            (needs & gives) != 0,
            says};
}

// clang-format off
//                                                    platform reseller tenant-admin support auditor
constexpr std::array action_table = {
    row(Action::catalogue_read,   "catalogue.read",   "",        {yes, yes,   yes, yes, yes}, looks, "See vendors, the hardening profile and this interface"),
    row(Action::tenant_read,      "tenant.read",      "tenant",  {yes, yes,   yes, yes, yes}, looks, "See tenants and their settings"),
    row(Action::tenant_create,    "tenant.create",    "tenant",  {yes, yes,   no,  no,  no},  changes, "Add a tenant below one"),
    row(Action::tenant_change,    "tenant.change",    "tenant",  {yes, yes,   yes, no,  no},  changes | two, "Change a tenant"),
    row(Action::tenant_settings,  "tenant.settings",  "",        {yes, yes,   yes, no,  no},  changes | two, "Set the settings of a site or a model"),
    row(Action::tenant_remove,    "tenant.remove",    "",        {yes, below, no,  no,  no},  changes, "Remove an empty tenant"),
    row(Action::tenant_rotate,    "tenant.rotate",    "",        {yes, yes,   yes, no,  no},  changes | step_up | two, "Change the credentials of many devices: of a tenant, or those chosen"),
    row(Action::tenant_resync,    "tenant.resync",    "",        {yes, yes,   yes, no,  no},  changes | two, "Tell many phones to call home"),
    row(Action::device_read,      "device.read",      "device",  {yes, yes,   yes, yes, yes}, looks, "See devices, their configuration without secrets, ratings and resyncs"),
    row(Action::device_change,    "device.change",    "device",  {yes, yes,   yes, no,  no},  changes, "Add and change devices"),
    row(Action::device_remove,    "device.remove",    "",        {yes, yes,   yes, no,  no},  changes, "Retire and remove devices"),
    row(Action::device_arm,       "device.arm",       "",        {yes, yes,   yes, no,  no},  changes | step_up | gives, "Arm a device, give it a one-time address, settle a held key"),
    row(Action::device_rotate,    "device.rotate",    "",        {yes, yes,   yes, no,  no},  changes, "Change a device's credentials"),
    row(Action::device_resync,    "device.resync",    "",        {yes, yes,   yes, yes, no},  changes, "Tell one phone to call home"),
    row(Action::device_note,      "device.note",      "",        {yes, yes,   yes, yes, no},  changes, "Leave a note on a device, mute its warnings"),
    row(Action::device_diagnose,  "device.diagnose",  "",        {yes, yes,   yes, yes, no},  changes | step_up | gives, "Open a phone's web pages for a while"),
    row(Action::trunk_create,     "trunk.create",     "",        {yes, yes,   yes, no,  no},  changes, "Add a SIP trunk"),
    row(Action::trunk_reveal,     "trunk.reveal",     "",        {yes, yes,   yes, no,  no},  changes | step_up | gives, "See a trunk's password, once"),
    row(Action::profile_read,     "profile.read",     "profile", {yes, yes,   yes, no,  yes}, looks, "See what a change would do"),
    row(Action::import_run,       "import.run",       "",        {yes, yes,   yes, no,  no},  changes, "Import device lists"),
    row(Action::exception_read,   "exception.read",   "",        {yes, yes,   yes, yes, yes}, looks, "See exceptions from the hardening profile"),
    row(Action::exception_change, "exception.change", "",        {yes, yes,   yes, no,  no},  changes | step_up | two, "Lift a hardening rule"),
    row(Action::event_read,       "event.read",       "",        {yes, yes,   yes, yes, yes}, looks, "See events"),
    row(Action::audit_read,       "audit.read",       "",        {yes, yes,   yes, no,  yes}, looks, "See the audit trail"),
    row(Action::audit_head,       "audit.head",       "",        {yes, no,    no,  no,  yes}, looks, "See the trail's newest entry, signed"),
    row(Action::report_read,      "report.read",      "",        {yes, yes,   yes, yes, yes}, looks, "See figures and reports"),
    row(Action::job_read,         "job.read",         "",        {yes, yes,   yes, yes, yes}, looks, "See long work and how far it is"),
    row(Action::job_cancel,       "job.cancel",       "",        {yes, yes,   yes, no,  no},  changes, "Cancel long work"),
    row(Action::people_read,      "people.read",      "person",  {yes, yes,   yes, no,  yes}, looks, "See people"),
    row(Action::people_manage,    "people.manage",    "person",  {yes, yes,   yes, no,  no},  changes | step_up | gives, "Add, change and remove people"),
    row(Action::token_read,       "token.read",       "",        {yes, yes,   yes, no,  yes}, looks, "See API tokens"),
    row(Action::token_manage,     "token.manage",     "",        {yes, yes,   yes, no,  no},  changes | step_up | gives, "Make and revoke API tokens"),
    row(Action::approval_read,    "approval.read",    "",        {yes, yes,   yes, no,  yes}, looks, "See what waits for a second person"),
    row(Action::approval_decide,  "approval.decide",  "",        {yes, yes,   yes, no,  no},  changes | step_up, "Approve or reject what another asked for"),
    row(Action::trust_read,       "trust.read",       "",        {yes, no,    no,  yes, yes}, looks, "See trusted CAs, revocation lists and refusals"),
    row(Action::trust_change,     "trust.change",     "",        {yes, no,    no,  no,  no},  changes | step_up | two, "Trust a vendor CA, or take a row of the list away"),
    row(Action::trust_refuse,     "trust.refuse",     "",        {yes, no,    no,  no,  no},  changes | step_up, "Refuse a certificate or key; import a revocation list"),
    row(Action::ban_read,         "ban.read",         "",        {yes, no,    no,  yes, yes}, looks, "See banned networks"),
    row(Action::ban_change,       "ban.change",       "",        {yes, no,    no,  no,  no},  changes, "Ban a network, lift a ban"),
    row(Action::review_read,      "review.read",      "",        {yes, no,    no,  yes, yes}, looks, "See what was suspicious"),
    row(Action::review_mark,      "review.mark",      "",        {yes, no,    no,  no,  no},  changes, "Mark it as reviewed"),
    row(Action::alert_read,       "alert.read",       "",        {yes, no,    no,  yes, yes}, looks, "See whom the server alerts"),
    row(Action::alert_test,       "alert.test",       "",        {yes, no,    no,  no,  no},  changes, "Send a test alert"),
    row(Action::webhook_read,     "webhook.read",     "",        {yes, no,    no,  yes, yes}, looks, "See which programs are told of events"),
    row(Action::webhook_test,     "webhook.test",     "",        {yes, no,    no,  no,  no},  changes, "Send a test event"),
    row(Action::outbox_read,      "outbox.read",      "",        {yes, no,    no,  no,  no},  step_up, "See digests that wait for a registrar"),
    row(Action::registrar_read,   "registrar.read",   "",        {yes, no,    no,  yes, yes}, looks, "See registrars and whether they answer"),
    row(Action::registrar_change, "registrar.change", "",        {yes, no,    no,  no,  no},  changes, "Tell a registrar again, compare it, note a registration"),
    row(Action::server_read,      "server.read",      "",        {yes, no,    no,  yes, yes}, looks, "See the server's state"),
    row(Action::server_operate,   "server.operate",   "",        {yes, no,    no,  no,  no},  changes, "Reload certificates and trust"),
    row(Action::server_keys,      "server.keys",      "",        {yes, no,    no,  no,  no},  changes | step_up, "Close the key epoch, release a braked expiry"),
    row(Action::backup_create,    "backup.create",    "",        {yes, no,    no,  no,  no},  changes | step_up, "Write a backup"),
};

// Fields that a person writes, and those that not everybody who sees the object may read. What only the server
// writes, and everybody reads, is not here.
//                           reads: platform reseller tenant-admin support auditor   writes: the same
constexpr std::array field_table = {
    FieldTraits{"tenant",  "slug",        {yes, yes, yes, yes, yes}, {yes, yes,   no,  no, no}},
    FieldTraits{"tenant",  "parent",      {yes, yes, yes, yes, yes}, {yes, yes,   no,  no, no}},
    FieldTraits{"tenant",  "name",        {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"tenant",  "settings",    {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"tenant",  "policy",      {yes, yes, yes, no,  yes}, {yes, below, no,  no, no}},
    FieldTraits{"device",  "mac",         {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"device",  "tenant",      {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"device",  "vendor",      {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"device",  "model",       {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"device",  "site",        {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"device",  "secret_mode", {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"device",  "access",      {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"device",  "settings",    {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"device",  "token_networks", {yes, yes, yes, no, yes}, {no, no,   no,  no, no}},
    FieldTraits{"profile", "tenant",      {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, yes}},
    FieldTraits{"profile", "site",        {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, yes}},
    FieldTraits{"profile", "vendor",      {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, yes}},
    FieldTraits{"profile", "model",       {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, yes}},
    FieldTraits{"profile", "settings",    {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, yes}},
    FieldTraits{"profile", "hardening",   {yes, yes, yes, yes, yes}, {yes, no,    no,  no, no}},
    FieldTraits{"profile", "vendors",     {yes, yes, yes, yes, yes}, {yes, no,    no,  no, no}},
    FieldTraits{"person",  "login",      {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"person",  "name",       {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"person",  "role",       {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"person",  "tenant",     {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
    FieldTraits{"person",  "state",      {yes, yes, yes, yes, yes}, {yes, yes,   yes, no, no}},
};
// clang-format on

static_assert(
    [] {
        for (std::size_t i = 0; i < action_table.size(); ++i)
            if (static_cast<std::size_t>(action_table[i].action) != i) return false;
        return action_table.back().action == Action::backup_create;
    }(),
    "the table has a row for each action, in their order");

constexpr std::array<std::string_view, role_count> role_names = {"platform", "reseller", "tenant-admin",
                                                                 "support", "auditor"};

Grant grant_of(const Grants& grants, Role role) {
    const auto index = static_cast<std::size_t>(role);
    return index < grants.size() ? grants[index] : Grant::none;
}

bool covers(Grant grant, const Actor& actor, std::span<const TenantId> path) {
    if (grant != Grant::below || !actor.tenant) return grant != Grant::none;
    return path.empty() || path.back() != *actor.tenant;
}

}  // namespace

std::span<const ActionTraits> actions() {
    return action_table;
}

const ActionTraits& traits_of(Action action) {
    return action_table.at(static_cast<std::size_t>(action));
}

std::span<const FieldTraits> fields() {
    return field_table;
}

std::string_view to_text(Role role) {
    const auto index = static_cast<std::size_t>(role);
    return index < role_names.size() ? role_names[index] : std::string_view("nobody");
}

std::optional<Role> parse_role(std::string_view text) {
    for (std::size_t i = 0; i < role_names.size(); ++i)
        if (role_names[i] == text) return static_cast<Role>(i);
    return std::nullopt;
}

bool sees(const Actor& actor, std::span<const TenantId> path) {
    if (!actor.tenant) return true;
    for (const auto tenant : path)
        if (tenant == *actor.tenant) return *actor.tenant != 0;
    return false;
}

// The role is asked before the object is looked for: who may not do it at all is told so, whatever is there.
Ruling authorize(const Actor& actor, Action action, const Target& target) {
    const auto& traits = traits_of(action);
    const auto grant = grant_of(traits.grants, actor.role);
    if (grant == Grant::none || actor.tenant == TenantId{0}) return Ruling::forbidden;
    if (actor.read_only && traits.changes) return Ruling::forbidden;
    if (target.kind == Target::Kind::server && actor.tenant) return Ruling::forbidden;
    if (target.kind == Target::Kind::tenant) {
        if (!sees(actor, target.path)) return Ruling::hidden;
        if (!covers(grant, actor, target.path)) return Ruling::forbidden;
    }
    if (traits.step_up && !actor.stepped_up) return Ruling::step_up;
    return traits.two_persons ? Ruling::second_person : Ruling::allowed;
}

const FieldTraits* find_field(std::string_view entity, std::string_view name) {
    for (const auto& field : field_table)
        if (field.entity == entity && field.name == name) return &field;
    return nullptr;
}

bool may_use(const Actor& actor, const FieldTraits& field, FieldUse use, std::span<const TenantId> path) {
    return covers(grant_of(use == FieldUse::read ? field.reads : field.writes, actor.role), actor, path);
}

}  // namespace provost
