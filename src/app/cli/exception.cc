#include "app/cli/command.h"

#include <boost/json.hpp>

namespace provost::cli {

namespace {

struct ExceptionOptions {
    std::string rule, tenant, site, vendor, model, device, owner, reason, until, id;
};

json::object draft(const ExceptionOptions& options) {
    const std::pair<const char*, const std::string*> members[] = {
        {"rule", &options.rule},     {"tenant", &options.tenant}, {"site", &options.site},
        {"vendor", &options.vendor}, {"model", &options.model},   {"device", &options.device},
        {"owner", &options.owner},   {"reason", &options.reason}, {"until", &options.until}};
    json::object body;
    for (const auto& [name, text] : members)
        if (!text->empty()) body[name] = *text;
    return body;
}

void add_adding(Command noun, Shell& shell, const std::shared_ptr<ExceptionOptions>& options) {
    auto add = noun.add("add", "lift a rule for a tenant, site, model or device");
    add.option("rule", options->rule, "the rule, such as web-ui-off").required();
    auto tenant = add.option("--tenant", options->tenant, "for a tenant and all below it");
    add.option("--site", options->site, "... at this site only").needs(tenant);
    auto vendor = add.option("--vendor", options->vendor, "... for phones of this vendor only");
    add.option("--model", options->model, "... of this model only").needs(vendor);
    add.option("--device", options->device, "for one phone, by its MAC").excludes(tenant);
    add.option("--owner", options->owner, "who answers for it").required();
    add.option("--reason", options->reason, "why").required();
    add.option("--until", options->until, "how long, such as 90d, or until when (RFC 3339)");
    add.action([&shell, options] {
        if (const auto answer = shell.call("POST", "/v1/exceptions", {}, json::serialize(draft(*options))))
            print_object(shell, answer->as_object());
    });
}

}  // namespace

void add_exception(Command root, Shell& shell) {
    auto noun = root.add_group("exception", "exceptions from the hardening profile");
    const auto options = std::make_shared<ExceptionOptions>();

    noun.add("rules", "list the rules of the profile").action([&shell] {
        if (const auto answer = shell.call("GET", "/v1/hardening"))
            print_items(shell, answer->at("items").as_array(),
                        {{"RULE", "rule"},
                         {"ROW", "requirement"},
                         {"SEVERITY", "severity"},
                         {"SETTING", "setting"},
                         {"SAYS", "says"}});
    });
    auto list = noun.add("list", "list exceptions, also those that have ended");
    list.option("--tenant", options->tenant, "of this tenant only");
    list.action([&shell, options] {
        std::map<std::string, std::string> query;
        if (!options->tenant.empty()) query["tenant"] = options->tenant;
        if (const auto answer = shell.call("GET", "/v1/exceptions", query))
            print_items(shell, answer->at("items").as_array(),
                        {{"ID", "id"},
                         {"RULE", "rule"},
                         {"TENANT", "tenant"},
                         {"SITE", "site"},
                         {"VENDOR", "vendor"},
                         {"MODEL", "model"},
                         {"DEVICE", "device"},
                         {"OWNER", "owner"},
                         {"UNTIL", "until"},
                         {"HOLDS", "holds"},
                         {"REASON", "reason"}});
    });
    add_adding(noun, shell, options);
    auto remove = noun.add("remove", "let the rule hold again");
    remove.option("id", options->id, "number of the exception").required();
    remove.action([&shell, options] {
        if (const auto answer = shell.call("DELETE", "/v1/exceptions/" + options->id))
            print_object(shell, answer->as_object());
    });
}

}  // namespace provost::cli
