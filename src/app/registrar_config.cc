#include "app/registrar_config.h"

#include "app/door_config.h"
#include "domain/text.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

using Kind = RegistrarSettings::Kind;

constexpr std::size_t most_registrars = 16;
constexpr std::array<std::string_view, 5> kind_names = {"webhook", "kamailio", "opensips", "asterisk",
                                                        "freeswitch"};

std::string read_name(const Yaml& value) {
    auto name = value.words();
    if (!name.empty() && !is_slug(name))
        value.mistake({"P-2107", "a registrar's name is refused", "", "",
                       "Write 1 to 32 of a-z, 0-9 and -, without - at an end."});
    return name;
}

std::vector<std::string> read_list(const Yaml& value) {
    std::vector<std::string> list;
    if (!value) return list;
    for (const auto& one : value.one_or_more()) list.push_back(one.words());
    return list;
}

void read_webhook(const std::filesystem::path& file, YamlMap& map, RegistrarSettings& settings) {
    const auto url = map.required("url");
    settings.url = url.words();
    if (auto place = parse_outbound_url(settings.url, {"https", "http"}))
        settings.place = std::move(*place);
    else if (!settings.url.empty())
        url.mistake(place.error());
    if (settings.place.scheme == "http" && !settings.place.loopback)
        url.mistake({"P-2107", "this would leave the machine without TLS", "", "",
                     "Write https; http is for this machine itself."});
    settings.key = beside(file, map.required("key"));
}

void read_pjsip(YamlMap& map, PjsipSettings& pjsip) {
    pjsip.md5_alone = map.optional("digests").choice<bool>({{"both", false}, {"md5", true}}, false);
    const auto endpoint = map.optional("endpoint");
    if (!endpoint) return;
    YamlMap made(endpoint);
    if (const auto context = made.optional("context")) pjsip.context = context.words();
    if (const auto transport = made.optional("transport")) pjsip.transport = transport.words();
    if (const auto allow = made.optional("allow")) pjsip.allow = allow.words();
    pjsip.max_contacts = made.optional("max_contacts").number(1, 100, pjsip.max_contacts);
    pjsip.expiration = made.optional("expiration").number(60, 86'400, pjsip.expiration);
}

// What the connectors' own addresses look like is for them to check, at the start.
void read_database(const std::filesystem::path& file, YamlMap& map, RegistrarSettings& settings) {
    settings.database = map.required("database").words();
    if (const auto password = map.optional("password_file")) settings.password_file = beside(file, password);
    settings.adopt = map.optional("adopt").toggle(false);
    if (const auto zone = map.optional("time_zone")) settings.time_zone = zone.words();
    if (settings.kind == Kind::kamailio)
        settings.sha256 = map.optional("algorithm").choice<bool>({{"md5", false}, {"sha256", true}}, false);
    if (settings.kind == Kind::asterisk) read_pjsip(map, settings.pjsip);
}

RegistrarSettings read_registrar(const std::filesystem::path& file, const Yaml& value) {
    RegistrarSettings settings;
    YamlMap map(value);
    settings.scope.name = read_name(map.required("name"));
    settings.kind = map.required("kind").choice<Kind>({{kind_names[0], Kind::webhook},
                                                       {kind_names[1], Kind::kamailio},
                                                       {kind_names[2], Kind::opensips},
                                                       {kind_names[3], Kind::asterisk},
                                                       {kind_names[4], Kind::freeswitch}},
                                                      Kind::webhook);
    settings.scope.tenants = read_list(map.optional("tenants"));
    settings.scope.realms = read_list(map.optional("realms"));
    const bool asks_us = settings.kind == Kind::freeswitch;
    if (const auto ca = asks_us ? map.required("authorities") : map.optional("authorities"))
        settings.authorities = beside(file, ca);
    if (asks_us)
        settings.door = read_registrar_door(file, map);
    else if (settings.kind == Kind::webhook)
        read_webhook(file, map, settings);
    else
        read_database(file, map, settings);
    return settings;
}

}  // namespace

std::string_view to_text(RegistrarSettings::Kind kind) {
    return kind_names.at(static_cast<std::size_t>(kind));
}

std::vector<RegistrarSettings> read_registrars(const std::filesystem::path& file, const Yaml& value) {
    std::vector<RegistrarSettings> registrars;
    if (!value) return registrars;
    for (const auto& item : value.items()) {
        auto one = read_registrar(file, item);
        const bool twice = std::any_of(registrars.begin(), registrars.end(),
                                       [&](const auto& other) { return other.scope.name == one.scope.name; });
        if (twice && !one.scope.name.empty())
            item.mistake({"P-2110", "there are two registrars '" + one.scope.name + "'", "", "",
                          "Give each a name of its own."});
        registrars.push_back(std::move(one));
    }
    if (registrars.size() > most_registrars)
        value.mistake({"P-2107", "too many registrars", "", "16 at most", ""});
    return registrars;
}

}  // namespace provost
