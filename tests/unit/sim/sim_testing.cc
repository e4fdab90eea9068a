#include "sim_testing.h"

#include <cstdlib>

namespace provost::sim::testing {

namespace {

// "fkey[idx=1][context=2]" -> the name and its attributes.
Parameter as_parameter(const std::string& name, const std::string& value) {
    Parameter parameter;
    std::string_view rest = name;
    parameter.name = rest.substr(0, rest.find('['));
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

Values account_values(const PhoneMaker& maker, const std::string& password) {
    const AccountNames& names = maker.spec.account;
    const auto first = [](const std::string& name) { return expand(name, {.line = 1}); };
    Values values = {{first(names.user.front()), "2001"},
                     {first(names.auth_user.front()), "auth2001"},
                     {first(names.registrar.front()), "sip.example"}};
    if (!names.enabled.empty()) values[first(names.enabled)] = names.enabled_value;
    if (!password.empty()) values[first(names.password.front())] = password;
    return values;
}

std::vector<ParsedParameter> as_parsed(const Values& values) {
    std::vector<ParsedParameter> parsed;
    for (const auto& [name, value] : values) {
        Parameter parameter = as_parameter(name, value);
        parsed.push_back({parameter.name, parameter.value, parameter.attributes});
    }
    return parsed;
}

std::string as_file(const PhoneMaker& maker, const Values& values) {
    Parameters parameters;
    for (const auto& [name, value] : values) parameters.push_back(as_parameter(name, value));
    OutputBuffer out;
    if (const Status rendered = maker.syntax->render(parameters, NoSecrets(), out); !rendered)
        throw std::runtime_error(rendered.error().text());
    return std::string(out.view());
}

}  // namespace provost::sim::testing
