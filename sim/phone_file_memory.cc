// How a phone takes files, what it remembers, and its login, of a phone file.
#include "sim/names.h"
#include "sim/phone_file_reader.h"

namespace provost::sim {

namespace {

void check(const Yaml& value, Status status) {
    if (!status) value.mistake(std::move(status).error());
}

std::vector<Pattern> read_patterns(const Yaml& value) {
    std::vector<Pattern> all;
    if (!value) return all;
    for (const Yaml& item : value.one_or_more()) all.push_back(read_pattern(item));
    return all;
}

std::optional<NamedValue> read_pair(const Yaml& value, std::string_view name) {
    if (!value) return std::nullopt;
    YamlMap map(value);
    return NamedValue{map.required(name).words(), map.required("value").text()};
}

std::vector<Companion> read_companions(const Yaml& value) {
    std::vector<Companion> all;
    if (!value) return all;
    for (const Yaml& item : value.items()) {
        YamlMap map(item);
        Companion& made = all.emplace_back();
        made.parameters = read_pattern(map.required("parameters"));
        made.suffix = map.required("suffix").words();
        made.value = map.required("value").text();
    }
    return all;
}

std::vector<Accepted> read_accepted(const Yaml& value) {
    std::vector<Accepted> all;
    if (!value) return all;
    for (const Yaml& item : value.items()) {
        YamlMap map(item);
        Accepted& made = all.emplace_back();
        made.parameters = read_pattern(map.required("parameters"));
        made.values = read_pattern(map.required("values"));
        if (const Yaml otherwise = map.optional("otherwise")) made.otherwise = otherwise.text();
    }
    return all;
}

void read_version(const Yaml& value, MemoryRules& rules) {
    if (!value) return;
    YamlMap map(value);
    rules.version = map.required("parameter").words();
    rules.any_change = read_pair(map.optional("any_change"), "parameter");
}

AddressParts read_parts(const Yaml& value) {
    AddressParts parts;
    if (!value) return parts;
    YamlMap map(value);
    parts.when = read_pair(map.optional("when"), "parameter");
    parts.https = read_pair(map.optional("https"), "parameter");
    parts.address = map.optional("address").text();
    parts.host = map.optional("host").text();
    parts.port = map.optional("port").text();
    parts.path = map.optional("path").text();
    if (parts.address.empty() == parts.host.empty())
        value.mistake({.code = "P-9001",
                       .what = "an address in parts begins with its host",
                       .fix = "Name either address (host, port and path in one) or host"});
    return parts;
}

}  // namespace

std::string read_template(const Yaml& value) {
    std::string text = value.text();
    check(value, check_template(text));
    return text;
}

std::vector<std::string> read_templates(const Yaml& value) {
    std::vector<std::string> all;
    if (!value) return all;
    for (const Yaml& item : value.one_or_more()) all.push_back(read_template(item));
    return all;
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

MemoryRules read_memory(const Yaml& value) {
    YamlMap map(value);
    MemoryRules rules;
    rules.identified_by = read_templates(map.optional("identified_by"));
    rules.secrets = read_patterns(map.optional("secrets"));
    rules.first_line = map.optional("first_line").text();
    rules.skips_unchanged = map.optional("skips_unchanged").toggle(false);
    read_version(map.optional("version"), rules);
    rules.keeps = read_pattern(map.optional("overwrite_off"));
    rules.survives = read_templates(map.optional("survives"));
    rules.wipes = read_templates(map.optional("wipes"));
    rules.reset_value = map.optional("reset_value").text();
    rules.reset_mark = read_pair(map.optional("reset_mark"), "attribute");
    rules.empty_text = map.optional("empty_text").text();
    rules.first_counts = map.optional("first_counts").toggle(false);
    rules.known = read_patterns(map.optional("known"));
    rules.companions = read_companions(map.optional("companions"));
    rules.accepts = read_accepted(map.optional("accepts"));
    rules.hand_wins = map.optional("hand_wins").toggle(false);
    rules.server_marks = map.optional("server_marks").text();
    return rules;
}

LoginNames read_login(const Yaml& value) {
    LoginNames names;
    if (!value) return names;
    YamlMap map(value);
    names.user = read_templates(map.optional("user"));
    names.password = read_templates(map.optional("password"));
    names.url = read_templates(map.optional("url"));
    names.user_form = read_pattern(map.optional("user_form"));
    names.folder = read_pattern(map.optional("folder"));
    names.parts = read_parts(map.optional("url_parts"));
    names.mac_mark = map.optional("mac_mark").text();
    if (const Yaml schemes = map.optional("schemes")) {
        for (const Yaml& scheme : schemes.one_or_more())
            names.schemes.push_back(
                scheme.choice<LoginScheme>({{"digest-sha-256", LoginScheme::digest_sha256},
                                            {"digest-md5", LoginScheme::digest_md5},
                                            {"basic", LoginScheme::basic}},
                                           LoginScheme::basic));
    }
    return names;
}

}  // namespace provost::sim
