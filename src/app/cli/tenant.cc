#include "app/cli/command.h"

namespace provost::cli {

namespace {

struct Options {
    std::string slug, name, parent, site, vendor, model;
    std::vector<std::string> settings, policy;
};

json::object draft(const Options& options) {
    json::object body;
    if (!options.name.empty()) body["name"] = options.name;
    if (!options.settings.empty()) body["settings"] = assignments(options.settings);
    if (!options.policy.empty()) body["policy"] = assignments(options.policy);
    return body;
}

void add_draft_options(CLI::App& command, Options& options) {
    command.add_option("--name", options.name, "name for people");
    command.add_option("--set", options.settings, "a setting, NAME=VALUE; an empty value removes it");
    command.add_option("--policy", options.policy,
                       "minimum_rating, window, grace, repeat_window or repeat_limit, NAME=VALUE");
}

void run(Shell& shell, const std::string& method, const std::string& path, const json::object& body) {
    if (const auto answer = shell.call(method, path, {}, json::serialize(body)))
        print_object(shell, answer->as_object());
}

// Settings go where the options say: the tenant, one of its sites, or a model within it.
void set(Shell& shell, const Options& options) {
    const auto tenant = "/v1/tenants/" + options.slug;
    if (options.site.empty() && options.model.empty()) return run(shell, "PATCH", tenant, draft(options));
    const auto place =
        options.site.empty() ? "/models/" + options.vendor + "/" + options.model : "/sites/" + options.site;
    run(shell, "PUT", tenant + place, {{"settings", assignments(options.settings)}});
}

}  // namespace

void add_tenant(CLI::App& app, Shell& shell) {
    auto* const noun = app.add_subcommand("tenant", "customers and resellers");
    noun->require_subcommand(1);
    const auto options = std::make_shared<Options>();

    noun->add_subcommand("list", "list tenants")->callback([&shell] {
        if (const auto answer = shell.call("GET", "/v1/tenants"))
            print_items(shell, answer->at("items").as_array(),
                        {{"TENANT", "slug"}, {"NAME", "name"}, {"PARENT", "parent"}});
    });
    auto* const add = noun->add_subcommand("add", "add a tenant");
    add->add_option("tenant", options->slug, "short name, a-z 0-9 -")->required();
    add->add_option("--parent", options->parent, "tenant above it");
    add_draft_options(*add, *options);
    add->callback([&shell, options] {
        auto body = draft(*options);
        body["slug"] = options->slug;
        if (!options->parent.empty()) body["parent"] = options->parent;
        run(shell, "POST", "/v1/tenants", body);
    });
    auto* const show = noun->add_subcommand("show", "show a tenant with its policy and settings");
    show->add_option("tenant", options->slug, "tenant")->required();
    show->callback([&shell, options] {
        if (const auto answer = shell.call("GET", "/v1/tenants/" + options->slug))
            print_object(shell, answer->as_object());
    });
    auto* const change = noun->add_subcommand("set", "change name, policy or settings");
    change->add_option("tenant", options->slug, "tenant")->required();
    add_draft_options(*change, *options);
    auto* const site = change->add_option("--site", options->site, "set them on this site of the tenant");
    auto* const vendor = change->add_option("--vendor", options->vendor, "with --model: its vendor");
    change->add_option("--model", options->model, "set them on this model within the tenant")
        ->needs(vendor)
        ->excludes(site);
    change->callback([&shell, options] { set(shell, *options); });
    auto* const remove = noun->add_subcommand("remove", "remove a tenant without devices");
    remove->add_option("tenant", options->slug, "tenant")->required();
    remove->callback([&shell, options] { run(shell, "DELETE", "/v1/tenants/" + options->slug, {}); });
}

}  // namespace provost::cli
