#include "api/role_page.h"

#include "api/route.h"

#include <algorithm>

namespace provost {

namespace {

constexpr const char* head =
    R"(# Roles

`provost role table` prints this page. The table is in the code (`src/domain/role_table.cc`); the REST interface asks it
before each handler, and a test walks every route with every role at its own tenant, one below, one above and a
foreign one.

A person or API token has one role and may be bound to one tenant. It then sees that tenant and all below it, and of
all else nothing: what is out of sight is answered exactly like what is not there, in paths, in bodies and in lists. Who
is bound to no tenant sees all. Whoever may open the Unix socket has role `platform`, bound to no tenant.

| Role | For |
|---|---|
| `platform` | those who run the server |
| `reseller` | those who make and keep tenants below their own |
| `tenant-admin` | those who keep a tenant's devices |
| `support` | those who help people with their phones: reads, resyncs, opens the diagnostic window |
| `auditor` | those who look: the audit trail too; changes nothing |

## What each role may do

**yes**: in its own tenant and those below. **below**: only in those below. **all**: only where it is bound to no tenant,
as what it is about belongs to none. *Again*: it must have proved itself again, five minutes ago at most. *Two*: a
second person approves it, where the configuration asks for that. A token that only reads may do what changes nothing.
A change of a tenant's policy that loosens it asks for that proof too, as a new tenant with a looser one does.
What is not in the table is refused.

)";

void put_grants(std::string& page, const Grants& grants, bool of_server) {
    for (const auto grant : grants)
        page += grant == Grant::none    ? " |"
                : grant == Grant::below ? " below |"
                : of_server             ? " all |"
                                        : " yes |";
}

void put_roles(std::string& page) {
    for (std::size_t i = 0; i < role_count; ++i)
        page += " " + std::string(to_text(static_cast<Role>(i))) + " |";
}

std::string routes_of(Action action) {
    std::string text;
    for (const auto& route : routes()) {
        if (route.action != action) continue;
        text +=
            (text.empty() ? "`" : ", `") + std::string(route.method) + " " + std::string(route.path) + "`";
    }
    return text;
}

// All that it is for belongs to no tenant.
bool is_of_server(Action action) {
    const auto has = [action](const Route& route) { return route.action == action; };
    const auto elsewhere = [&](const Route& route) { return has(route) && route.scope != Scope::server; };
    return std::ranges::any_of(routes(), has) && std::ranges::none_of(routes(), elsewhere);
}

void put_actions(std::string& page) {
    page += "| Action | What |";
    put_roles(page);
    page += " Changes | Again | Two |\n|---|---|---|---|---|---|---|---|---|---|\n";
    for (const auto& traits : actions()) {
        page += "| `" + std::string(traits.name) + "` | " + std::string(traits.says) + " |";
        put_grants(page, traits.grants, is_of_server(traits.action));
        for (const bool flag : {traits.changes, traits.step_up, traits.two_persons})
            page += flag ? " x |" : " |";
        page += "\n";
    }
}

void put_fields(std::string& page) {
    page +=
        "\n## Fields\n\nWhat of an object a role may set, where it may set some of it. What a role may not "
        "read is "
        "not in its answers.\n\n| Field | Use |";
    put_roles(page);
    page += "\n|---|---|---|---|---|---|---|\n";
    for (const auto& field : fields())
        for (const bool writes : {false, true}) {
            const auto& grants = writes ? field.writes : field.reads;
            page += "| `" + std::string(field.entity) + "." + std::string(field.name) + "` |" +
                    (writes ? " set |" : " read |");
            put_grants(page, grants, false);
            page += "\n";
        }
}

void put_routes(std::string& page) {
    page += "\n## Routes\n\n| Action | Routes |\n|---|---|\n";
    for (const auto& traits : actions()) {
        const auto text = routes_of(traits.action);
        if (!text.empty()) page += "| `" + std::string(traits.name) + "` | " + text + " |\n";
    }
}

}  // namespace

std::string role_page() {
    std::string page = head;
    put_actions(page);
    put_fields(page);
    put_routes(page);
    return page;
}

}  // namespace provost
