#include "app/cli/profile.h"

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct TenantOptions {
    std::string slug, name, parent, site, vendor, model;
    std::vector<std::string> settings, policy;
    bool dry_run = false;
};

json::object draft(const TenantOptions& options) {
    json::object body;
    if (!options.name.empty()) body["name"] = options.name;
    if (!options.settings.empty()) body["settings"] = assignments(options.settings);
    if (!options.policy.empty()) body["policy"] = assignments(options.policy);
    return body;
}

void add_draft_options(Command command, TenantOptions& options) {
    command.option("--name", options.name, "name for people");
    command.option("--set", options.settings, "a setting, NAME=VALUE; an empty value removes it");
    command.option(
        "--policy", options.policy,
        "minimum_rating, window, grace, repeat_window, repeat_limit, fallback or fallback_networks, "
        "NAME=VALUE");
}

void run(Shell& shell, const std::string& method, const std::string& path, const json::object& body) {
    if (const auto answer = shell.call(method, path, {}, json::serialize(body)))
        print_object(shell, answer->as_object());
}

// Settings go where the options say: the tenant, one of its sites, or a model within it.
void set(Shell& shell, const TenantOptions& options) {
    if (options.dry_run)
        return show_profile_diff(shell, {{"tenant", options.slug},
                                         {"site", options.site},
                                         {"vendor", options.vendor},
                                         {"model", options.model},
                                         {"settings", assignments(options.settings)}});
    const auto tenant = "/v1/tenants/" + options.slug;
    if (options.site.empty() && options.model.empty()) return run(shell, "PATCH", tenant, draft(options));
    const auto place =
        options.site.empty() ? "/models/" + options.vendor + "/" + options.model : "/sites/" + options.site;
    run(shell, "PUT", tenant + place, {{"settings", assignments(options.settings)}});
}

// Exit code 3: some can't be asked.
void rotate_all(Shell& shell, const std::string& slug) {
    const auto answer = shell.call("POST", "/v1/tenants/" + slug + "/rotate");
    if (!answer) return;
    const auto& tally = answer->as_object();
    if (tally.contains("failed") && member_text(tally, "failed") != "0") shell.exit = partly;
    print_object(shell, tally);
}

}  // namespace

void add_tenant(Command root, Shell& shell) {
    auto noun = root.add_group("tenant", "customers and resellers");
    add_tenant_resync(noun, shell);
    const auto options = std::make_shared<TenantOptions>();

    noun.add("list", "list tenants").action([&shell] {
        if (const auto answer = shell.call("GET", "/v1/tenants"))
            print_items(shell, answer->at("items").as_array(),
                        {{"TENANT", "slug"}, {"NAME", "name"}, {"PARENT", "parent"}});
    });
    auto add = noun.add("add", "add a tenant");
    add.option("tenant", options->slug, "short name, a-z 0-9 -").required();
    add.option("--parent", options->parent, "tenant above it");
    add_draft_options(add, *options);
    add.action([&shell, options] {
        auto body = draft(*options);
        body["slug"] = options->slug;
        if (!options->parent.empty()) body["parent"] = options->parent;
        run(shell, "POST", "/v1/tenants", body);
    });
    auto show = noun.add("show", "show a tenant with its policy and settings");
    show.option("tenant", options->slug, "tenant").required();
    show.action([&shell, options] {
        if (const auto answer = shell.call("GET", "/v1/tenants/" + options->slug))
            print_object(shell, answer->as_object());
    });
    auto change = noun.add("set", "change name, policy or settings");
    change.option("tenant", options->slug, "tenant").required();
    add_draft_options(change, *options);
    auto site = change.option("--site", options->site, "set them on this site of the tenant");
    auto vendor = change.option("--vendor", options->vendor, "with --model: its vendor");
    change.option("--model", options->model, "set them on this model within the tenant")
        .needs(vendor)
        .excludes(site);
    change.flag("--dry-run", options->dry_run, "show what it would do to the phones, and change nothing");
    change.action([&shell, options] { set(shell, *options); });
    auto rotate = noun.add("rotate", "ask all its devices that have credentials to change them");
    rotate.option("tenant", options->slug, "tenant").required();
    rotate.action([&shell, options] { rotate_all(shell, options->slug); });
    auto remove = noun.add("remove", "remove a tenant without devices");
    remove.option("tenant", options->slug, "tenant").required();
    remove.action([&shell, options] { run(shell, "DELETE", "/v1/tenants/" + options->slug, {}); });
}

}  // namespace provost::cli
