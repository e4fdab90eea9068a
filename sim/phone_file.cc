#include "sim/phone_file.h"

#include "sim/phone_file_reader.h"

#include <algorithm>

namespace provost::sim {

namespace {

constexpr std::string_view nothing = "none";

bool is_none(const Yaml& value) {
    return value.is_text() && value.text() == nothing;
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

std::optional<CertificateLayout> read_certificate(const Yaml& value) {
    if (is_none(value)) return std::nullopt;
    YamlMap map(value);
    return CertificateLayout{read_name(map.required("root")), read_name(map.required("issuing")),
                             read_name(map.required("subject")), read_name(map.required("generic"))};
}

void read_agents(const Yaml& value, PhoneSpec& spec) {
    if (is_none(value)) return;
    for (const auto& [name, agent] : value.entries())
        spec.agents.emplace_back(name.text(), read_template(agent));
}

PhoneSpec read_spec(const Yaml& root) {
    YamlMap map(root);
    PhoneSpec spec;
    spec.vendor = map.required("vendor").words();
    spec.mac_prefix = map.optional("mac_prefix").text();
    spec.model = map.required("model").words();
    spec.firmware = map.required("firmware").words();
    spec.keep_alive = map.optional("keep_alive").toggle(false);
    spec.follows_redirects = map.optional("follows_redirects").toggle(false);
    read_agents(map.required("agents"), spec);
    if (const Yaml headers = map.optional("headers")) {
        for (const auto& [name, value] : headers.entries())
            spec.headers.push_back({name.text(), value.text()});
    }
    spec.certificate = read_certificate(map.required("certificate"));
    spec.boot = read_boot(map.required("boot"));
    spec.memory = read_memory(map.required("memory"));
    const Yaml account = map.required("account");
    if (!is_none(account)) read_accounts(account, spec);
    spec.login = read_login(map.optional("login"));
    return spec;
}

}  // namespace

std::string_view PhoneSpec::agent(std::string_view name) const {
    if (agents.empty()) return {};
    const auto found =
        std::find_if(agents.begin(), agents.end(), [&](const auto& a) { return a.first == name; });
    return found == agents.end() ? agents.front().second : found->second;
}

std::string_view PhoneSpec::access() const {
    if (certificate) return "certificate";
    const bool told_where = !login.url.empty() || login.parts.any();
    if (login.password.empty() || login.schemes.empty() || !told_where) return "token";
    const bool digest = std::any_of(login.schemes.begin(), login.schemes.end(),
                                    [](LoginScheme scheme) { return scheme != LoginScheme::basic; });
    return digest ? "digest" : "basic";
}

const AccountNames* PhoneSpec::account(int line) const {
    const std::size_t index = accounts_by_line ? static_cast<std::size_t>(line - 1) : 0;
    return line >= 1 && index < accounts.size() ? &accounts[index] : nullptr;
}

Result<PhoneSpec> read_phone_file(std::string_view text, const std::string& origin) {
    Mistakes mistakes(origin);
    const YamlNode tree = parse_yaml(text, mistakes);
    PhoneSpec spec = read_spec(Yaml(&tree, mistakes));
    if (mistakes.empty()) return spec;
    return fail(mistakes.take().front());
}

}  // namespace provost::sim
