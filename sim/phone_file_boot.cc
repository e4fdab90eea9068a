// Boot sequence and accounts of a phone file.
#include "sim/names.h"
#include "sim/phone_file_reader.h"

#include <algorithm>

namespace provost::sim {

namespace {

Error mistake(std::string what) {
    return {.code = "P-9001", .what = std::move(what)};
}

Step read_step(const Yaml& value) {
    YamlMap map(value);
    Step step;
    step.id = map.required("id").words();
    step.kind = map.required("kind").choice<StepKind>({{"probe", StepKind::probe},
                                                       {"overwrite", StepKind::overwrite},
                                                       {"settings", StepKind::settings},
                                                       {"upload", StepKind::upload}},
                                                      StepKind::probe);
    const std::string_view usual = step.kind == StepKind::upload ? "PUT" : "GET";
    step.method = map.optional("method").text(usual);
    step.path = read_template(map.required("path"));
    step.agent = map.optional("agent").text();
    step.after_missing = map.optional("after_missing").text();
    step.body = read_template(map.optional("body"));
    step.required = map.optional("required").toggle(false);
    step.absent = map.optional("absent").toggle(false);
    step.stops =
        map.optional("stops_boot")
            .choice<Stops>({{"when_served", Stops::served}, {"without_content", Stops::without_content}},
                           Stops::never);
    return step;
}

// "account.{line}.user": a name of its own for every line.
bool tells_lines_apart(const std::vector<std::string>& names) {
    return std::all_of(names.begin(), names.end(),
                       [](const std::string& name) { return name.find("{line") != name.npos; });
}

AccountNames read_account(const Yaml& value) {
    YamlMap map(value);
    AccountNames names;
    names.user = read_templates(map.required("user"));
    names.auth_user = read_templates(map.optional("auth_user"));
    const Yaml ha1 = map.optional("ha1");
    names.password_is_ha1 = static_cast<bool>(ha1);
    names.password = read_templates(ha1 ? ha1 : map.required("password"));
    names.registrar = read_templates(map.required("registrar"));
    if (const Yaml enabled = map.optional("enabled")) {
        YamlMap condition(enabled);
        names.enabled = read_template(condition.required("parameter"));
        names.enabled_value = condition.required("value").text();
    }
    return names;
}

}  // namespace

std::vector<Step> read_boot(const Yaml& value) {
    std::vector<Step> boot;
    const auto known = [&](const std::string& id) {
        return std::any_of(boot.begin(), boot.end(), [&](const Step& step) { return step.id == id; });
    };
    for (const Yaml& item : value.items()) {
        Step step = read_step(item);
        if (known(step.id)) item.mistake(mistake("two steps are called " + step.id));
        if (!step.after_missing.empty() && !known(step.after_missing))
            item.mistake(mistake("no step before this one is called " + step.after_missing));
        boot.push_back(std::move(step));
    }
    const auto required =
        std::count_if(boot.begin(), boot.end(), [](const Step& step) { return step.required; });
    if (required != 1) value.mistake(mistake("a boot sequence has one required step, the phone's own file"));
    return boot;
}

void read_accounts(const Yaml& value, PhoneSpec& spec) {
    spec.accounts_by_line = !value.is_map();
    if (spec.accounts_by_line) {
        for (const Yaml& item : value.items()) spec.accounts.push_back(read_account(item));
        return;
    }
    spec.accounts.push_back(read_account(value));
    const AccountNames& names = spec.accounts.front();
    if (tells_lines_apart(names.user) && tells_lines_apart(names.password)) return;
    Error error = mistake("an account for every line, but its names are the same for all");
    error.fix = "Use {line} or {line0}, or make a list with the names of line 1, of line 2, and so on";
    value.mistake(std::move(error));
}

}  // namespace provost::sim
