#include "sim/phone_file.h"

#include "sim/files.h"
#include "sim/names.h"
#include "vendor/catalogue.h"
#include "vendor/syntax/syntax.h"
#include "vendor/vendor_file.h"
#include "vendor/yaml_reader.h"

#include <algorithm>

namespace provost::sim {

namespace {

void check(const Yaml& value, Status status) {
    if (!status) value.mistake(std::move(status).error());
}

std::string read_template(const Yaml& value) {
    std::string text = value.text();
    check(value, check_template(text));
    return text;
}

Pattern read_pattern(const Yaml& value) {
    Pattern pattern{.text = value.text(), .compiled = nullptr};
    if (pattern.text.empty()) return pattern;
    auto compiled = std::make_shared<const RE2>(pattern.text, RE2::Quiet);
    if (!compiled->ok()) {
        value.mistake({.code = "P-9001", .what = "not a regular expression", .why = compiled->error()});
        return {};
    }
    pattern.compiled = std::move(compiled);
    return pattern;
}

std::vector<std::string> read_templates(const Yaml& value) {
    std::vector<std::string> all;
    if (!value) return all;
    for (const Yaml& item : value.one_or_more()) all.push_back(read_template(item));
    return all;
}

Name read_name(const Yaml& value) {
    Name name;
    for (const Yaml& item : value.items()) {
        YamlMap part(item);
        NamePart& made = name.emplace_back();
        made.attribute = part.required("attribute").words();
        made.value = read_template(part.required("value"));
    }
    return name;
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
    return step;
}

std::vector<Step> read_boot(const Yaml& value) {
    std::vector<Step> boot;
    const auto known = [&](const std::string& id) {
        return std::any_of(boot.begin(), boot.end(), [&](const Step& step) { return step.id == id; });
    };
    for (const Yaml& item : value.items()) {
        Step step = read_step(item);
        if (known(step.id)) item.mistake({.code = "P-9001", .what = "two steps are called " + step.id});
        if (!step.after_missing.empty() && !known(step.after_missing)) {
            item.mistake(
                {.code = "P-9001", .what = "no step before this one is called " + step.after_missing});
        }
        boot.push_back(std::move(step));
    }
    const auto required =
        std::count_if(boot.begin(), boot.end(), [](const Step& step) { return step.required; });
    if (required != 1) {
        value.mistake(
            {.code = "P-9001", .what = "a boot sequence has one required step, the phone's own file"});
    }
    return boot;
}

CertificateLayout read_certificate(const Yaml& value) {
    YamlMap map(value);
    return {read_name(map.required("root")), read_name(map.required("issuing")),
            read_name(map.required("subject")), read_name(map.required("generic"))};
}

MemoryRules read_memory(const Yaml& value) {
    YamlMap map(value);
    MemoryRules rules;
    rules.identified_by = read_templates(map.optional("identified_by"));
    rules.survives = read_templates(map.optional("survives"));
    for (const Yaml& item : map.required("secrets").one_or_more())
        rules.secrets.push_back(read_pattern(item));
    rules.reset_value = map.optional("reset_value").text();
    rules.keeps = read_pattern(map.optional("overwrite_off"));
    return rules;
}

AccountNames read_account(const Yaml& value) {
    YamlMap map(value);
    AccountNames names;
    names.user = read_templates(map.required("user"));
    names.auth_user = read_templates(map.optional("auth_user"));
    names.password = read_templates(map.required("password"));
    names.registrar = read_templates(map.required("registrar"));
    if (const Yaml enabled = map.optional("enabled")) {
        YamlMap condition(enabled);
        names.enabled = read_template(condition.required("parameter"));
        names.enabled_value = condition.required("value").text();
    }
    return names;
}

// The first anchor is the one that today's phones chain to.
void find_anchor(PhoneMaker& maker, const VendorSpec& vendor) {
    if (vendor.anchors.empty()) return;
    maker.anchor = vendor.anchors.front().id;
    for (const CertificateProfile& profile : vendor.profiles) {
        if (profile.id == vendor.anchors.front().profile) maker.takes_expired = profile.tolerate_expired_leaf;
    }
}

PhoneSpec read_spec(const Yaml& root) {
    YamlMap map(root);
    PhoneSpec spec;
    spec.vendor = map.required("vendor").words();
    spec.mac_prefix = map.optional("mac_prefix").text();
    spec.model = map.required("model").words();
    spec.firmware = map.required("firmware").words();
    spec.keep_alive = map.optional("keep_alive").toggle(false);
    for (const auto& [name, agent] : map.required("agents").entries()) {
        spec.agents.emplace_back(name.text(), read_template(agent));
    }
    spec.certificate = read_certificate(map.required("certificate"));
    spec.boot = read_boot(map.required("boot"));
    spec.memory = read_memory(map.required("memory"));
    spec.account = read_account(map.required("account"));
    return spec;
}

}  // namespace

const std::string& PhoneSpec::agent(std::string_view name) const {
    const auto found =
        std::find_if(agents.begin(), agents.end(), [&](const auto& a) { return a.first == name; });
    return found == agents.end() ? agents.front().second : found->second;
}

Result<PhoneSpec> read_phone_file(std::string_view text, const std::string& origin) {
    Mistakes mistakes(origin);
    const YamlNode tree = parse_yaml(text, mistakes);
    PhoneSpec spec = read_spec(Yaml(&tree, mistakes));
    if (mistakes.empty()) return spec;
    return fail(mistakes.take().front());
}

Result<PhoneMaker> make_maker(PhoneSpec spec, const VendorSpec& vendor) {
    PhoneMaker maker{.spec = std::move(spec), .output = vendor.output, .syntax = nullptr};
    if (!vendor.mac_prefixes.empty()) maker.mac_prefix = vendor.mac_prefixes.front();
    if (const auto named = MacAddress::parse(maker.spec.mac_prefix + ":00:00:00"))
        maker.mac_prefix = named->oui();
    if (maker.mac_prefix == 0) {
        return fail({.code = "P-9001",
                     .what = "no MAC prefix for the phones of " + maker.spec.vendor,
                     .fix = "Add mac_prefix: \"00:11:22\" to its phone file"});
    }
    find_anchor(maker, vendor);
    const auto& format = output_format(vendor, maker.spec.model);
    PROVOST_TRY(maker.syntax, make_syntax(format.syntax, format.options));
    return maker;
}

Result<PhoneMaker> load_maker(const MakerFolders& folders, const std::string& vendor) {
    const auto phone_path = folders.phones / (vendor + ".yaml");
    const auto vendor_path = folders.vendors / (vendor + ".yaml");
    PROVOST_TRY(const std::string phone_text, read_file(phone_path));
    PROVOST_TRY(const std::string vendor_text, read_file(vendor_path));
    PROVOST_TRY(PhoneSpec spec, read_phone_file(phone_text, phone_path.string()));
    VendorFileOutcome outcome = read_vendor_file(vendor_text, vendor_path.string());
    if (!outcome.spec) return fail(std::move(outcome.errors.front()));
    return make_maker(std::move(spec), *outcome.spec);
}

std::vector<std::string> list_makers(const MakerFolders& folders) {
    std::vector<std::string> ids;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folders.phones, none)) {
        if (entry.path().extension() == ".yaml") ids.push_back(entry.path().stem().string());
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

}  // namespace provost::sim
