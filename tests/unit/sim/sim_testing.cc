#include "sim_testing.h"

#include "sim/files.h"
#include "vendor/vendor_file.h"

#include <cstdlib>

namespace provost::sim::testing {

namespace {

// "fkey[idx=1][context=2]" -> the name and its attributes, where the maker tells elements apart by these.
Parameter as_parameter(const PhoneMaker& maker, const std::string& name, const std::string& value) {
    Parameter parameter;
    std::string_view rest = name;
    const bool by_attributes = !maker.spec.memory.identified_by.empty();
    parameter.name = rest.substr(0, by_attributes ? rest.find('[') : rest.npos);
    parameter.value = value;
    rest.remove_prefix(parameter.name.size());
    while (!rest.empty()) {
        const auto equals = rest.find('='), end = rest.find(']');
        parameter.attributes.emplace_back(rest.substr(1, equals - 1),
                                          rest.substr(equals + 1, end - equals - 1));
        rest.remove_prefix(end + 1);
    }
    return parameter;
}

class NoSecrets final : public SecretSource {
    [[nodiscard]] std::string_view secret(SettingKey) const override { return {}; }
};

// By the file's text: asked at the start of every test program's run, where reading it properly takes long.
bool says(const std::string& vendor, const std::string& line) {
    return must(read_file(makers_folders().phones / (vendor + ".yaml"))).find("\n" + line) !=
           std::string::npos;
}

}  // namespace

const PhoneMaker& maker(const std::string& vendor) {
    static std::map<std::string, PhoneMaker> known;
    const auto found = known.find(vendor);
    if (found != known.end()) return found->second;
    return known.emplace(vendor, must(load_maker(makers_folders(), vendor))).first->second;
}

std::vector<PhoneMaker> makers(const std::vector<std::string>& vendors) {
    std::vector<PhoneMaker> all;
    for (const std::string& vendor : vendors) all.push_back(maker(vendor));
    return all;
}

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "provost-sim-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> all_vendors() {
    return list_makers(makers_folders());
}

std::vector<std::string> account_vendors() {
    std::vector<std::string> ids = all_vendors();
    std::erase_if(ids, [](const std::string& id) { return says(id, "account: none"); });
    return ids;
}

std::vector<std::string> certified_vendors() {
    std::vector<std::string> ids = all_vendors();
    std::erase_if(ids, [](const std::string& id) { return says(id, "certificate: none"); });
    return ids;
}

VendorSpec vendor_spec(const std::string& vendor) {
    const auto path = makers_folders().vendors / (vendor + ".yaml");
    return *read_vendor_file(must(read_file(path)), path.string()).spec;
}

Values account_values(const PhoneMaker& maker, const std::string& password) {
    const AccountNames& names = *maker.spec.account(1);
    const auto first = [](const std::string& name) { return expand(name, {.line = 1}); };
    Values values = {{first(names.user.front()), "2001"}, {first(names.registrar.front()), "sip.example"}};
    if (!names.auth_user.empty()) values[first(names.auth_user.front())] = "auth2001";
    if (!names.enabled.empty()) values[first(names.enabled)] = names.enabled_value;
    if (!password.empty()) values[first(names.password.front())] = password;
    return values;
}

std::vector<ParsedParameter> as_parsed(const PhoneMaker& maker, const Values& values) {
    std::vector<ParsedParameter> parsed;
    for (const auto& [name, value] : values) {
        Parameter parameter = as_parameter(maker, name, value);
        parsed.push_back({parameter.name, parameter.value, parameter.attributes});
    }
    return parsed;
}

std::string as_file(const PhoneMaker& maker, const Values& values) {
    Parameters parameters;
    for (const auto& [name, value] : values) parameters.push_back(as_parameter(maker, name, value));
    OutputBuffer out;
    if (const Status rendered = maker.syntax->render(parameters, NoSecrets(), out); !rendered)
        throw std::runtime_error(rendered.error().text());
    return std::string(out.view());
}

bool boot(PhoneMemory& memory, const PhoneMaker& maker, const Values& values, bool overwrite) {
    BootFiles files;
    files.files.push_back(take_parameters(as_parsed(maker, values), maker));
    files.overwrite = overwrite;
    files.answered = true;
    return memory.apply(files);
}

}  // namespace provost::sim::testing
