#include "vendor/mapping.h"

#include "acme_file.h"
#include "vendor/vendor_file.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace provost {
namespace {

const MacAddress mac(0x001565aabbccULL);

Settings settings_of(std::initializer_list<std::pair<std::string_view, std::string_view>> texts) {
    Settings out;
    for (const auto& [name, value] : texts) put(out, *parse_setting_key(name), std::string(value));
    return out;
}

// The sample vendor with `rules` in place of its own under `settings` and nothing fixed.
VendorSpec with_rules(std::string_view rules) {
    std::string text(acme_file);
    const auto fixed = text.find("fixed:");
    text.replace(fixed, text.find("unsupported:") - fixed, "settings:\n" + std::string(rules));
    auto outcome = read_vendor_file(text, "acme.yaml");
    for (const auto& error : outcome.errors) ADD_FAILURE() << error.text();
    return std::move(outcome.spec).value_or(VendorSpec{});
}

struct Given {
    std::string_view model;
    std::string_view firmware;
    std::vector<SettingKey> secrets;
};

// "name=value name=value", secrets as "name=<line.1.password>", attributes in brackets; or the error's code
// and place.
std::string map(const VendorSpec& vendor, const Settings& settings, const Given& given = {}) {
    const Layer layer{LayerKind::device, "device", &settings};
    const auto made =
        map_settings(vendor, merge({&layer, 1}), {mac, given.model, given.firmware, &given.secrets});
    if (!made) return made.error().code + " " + made.error().where;
    std::string out;
    for (const auto& parameter : *made) {
        out += (out.empty() ? "" : " ") + parameter.name;
        for (const auto& [name, value] : parameter.attributes) out += "[" + name + ":" + value + "]";
        out += "=" + parameter.value;
        if (parameter.is_secret) out += "<" + to_text(parameter.secret) + ">";
    }
    return out;
}

constexpr std::string_view cited = ", source: guide, confidence: high}\n";

std::string rule(std::string_view setting, std::string_view body) {
    return "  " + std::string(setting) + ":\n    - {" + std::string(body) + std::string(cited);
}

TEST(Mapping, NamesCarryTheIndex) {
    const auto vendor = with_rules(rule("line.user", "parameter: \"a.{line}.{line0}.{mac}.{MAC}\""));
    EXPECT_EQ(map(vendor, settings_of({{"line.1.user", "x"}, {"line.3.user", "y"}})),
              "a.1.0.001565aabbcc.001565AABBCC=x a.3.2.001565aabbcc.001565AABBCC=y");
}

TEST(Mapping, IndexesAreCountedPaddedAndRanged) {
    const auto vendor = with_rules(
        rule("key.value", "parameter: \"a{key:02}\", index: {to: 2}") +
        "    - {parameter: \"b{key-2:02}.{key0}\", index: {from: 3}" + std::string(cited) +
        rule("line.user", "parameter: \"P{by_index}\", by_index: [35, 735], value: \"{by_index}:{value}\"") +
        rule("line.label", "parameter: \"L{by_index}\", by_index: [7, 9], index: {from: 2, to: 3}"));
    EXPECT_EQ(
        map(vendor,
            settings_of(
                {{"key.1.value", "v"}, {"key.2.value", "w"}, {"key.3.value", "x"}, {"key.13.value", "y"}})),
        "a01=v a02=w b01.2=x b11.12=y");
    EXPECT_EQ(map(vendor, settings_of({{"line.1.user", "v"}, {"line.2.user", "w"}})), "P35=35:v P735=735:w");
    EXPECT_EQ(map(vendor, settings_of({{"line.3.user", "v"}})), "P-2202 line.3.user") << "beyond the list";
    EXPECT_EQ(map(vendor, settings_of({{"line.1.label", "v"}, {"line.3.label", "w"}, {"line.4.label", "x"}})),
              "L9=w")
        << "outside the range it does not apply";
}

TEST(Mapping, ANameMayRepeatOnceForEachKey) {
    const auto vendor = with_rules(
        rule("key.type", "parameter: KEY, repeat: yes, value: \"{key+3}:{value}\"") +
        "    - {parameter: KEY, repeat: yes, models: X20, value: \"{key+3}=wide\"" + std::string(cited));
    const auto settings = settings_of({{"key.1.type", "blf"}, {"key.2.type", "line"}});
    EXPECT_EQ(map(vendor, settings), "KEY=4:blf KEY=5:line");
    EXPECT_EQ(map(vendor, settings, {"X20", "", {}}), "KEY=4=wide KEY=5=wide")
        << "the later rule's, once a key";
}

TEST(Mapping, AnUrlIsTakenApart) {
    const auto vendor = with_rules(
        rule("provisioning.url", "parameter: a, value: \"{provisioning.url.address}\", forbid: \":%\"") +
        rule("language",
             "parameter: b, value: \"{provisioning.url.host}|{provisioning.url.port}|"
             "{provisioning.url.path}\""));
    EXPECT_EQ(map(vendor, settings_of({{"provisioning.url", "https://h.example/p/"}, {"language", "de"}})),
              "a=h.example/p b=h.example|443|p");
    EXPECT_EQ(map(vendor, settings_of({{"language", "de"}})), "b=||");
    EXPECT_EQ(map(vendor, settings_of({{"provisioning.url", "https://h.example:8443/p/"}})),
              "P-2201 provisioning.url")
        << "what is forbidden is looked for in the part";
    const auto by_part = with_rules(
        rule("provisioning.url", "parameter: a, when: {provisioning.url.port: [\"443\"]}, value: x") +
        rule("language", "parameter: b, when: {provisioning.url.path: present}") +
        rule("time.zone", "parameter: c, when: {provisioning.url.path: absent}"));
    const auto with = [&](std::string_view url) {
        return map(by_part,
                   settings_of({{"provisioning.url", url}, {"language", "de"}, {"time.zone", "UTC"}}));
    };
    EXPECT_EQ(with("https://h.example/p/"), "a=x b=de");
    EXPECT_EQ(with("https://h.example:8443/"), "c=UTC");
    EXPECT_EQ(map(by_part, settings_of({{"language", "de"}, {"time.zone", "UTC"}})), "c=UTC");
}

TEST(Mapping, RulesRunInTheFilesOrderAndIndexByIndex) {
    const auto vendor = with_rules(rule("line.user", "parameter: \"u{line}\"") +
                                   rule("line.label", "parameter: \"l{line}\""));
    EXPECT_EQ(map(vendor, settings_of({{"line.1.label", "A"}, {"line.1.user", "a"}, {"line.2.user", "b"}})),
              "u1=a u2=b l1=A");
}

TEST(Mapping, TemplatesSeeGlobalSettingsAndTheirOwnLine) {
    const auto vendor = with_rules(
        rule("line.user", "parameter: \"u{line}\", value: \"{value}@{line.registrar_host}/{language}\""));
    EXPECT_EQ(map(vendor, settings_of({{"line.1.user", "a"},
                                       {"line.2.user", "b"},
                                       {"line.2.registrar_host", "h"},
                                       {"language", "de"}})),
              "u1=a@/de u2=b@h/de");
}

TEST(Mapping, AKeySeesItsOwnLine) {
    const auto vendor = with_rules(
        rule("key.type", "parameter: \"k{key}\", value: \"{line}:{key.value}@{line.registrar_host}\""));
    EXPECT_EQ(map(vendor, settings_of({{"key.1.type", "blf"},
                                       {"key.1.value", "20"},
                                       {"key.2.type", "blf"},
                                       {"key.2.line", "2"},
                                       {"line.1.registrar_host", "one"},
                                       {"line.2.registrar_host", "two"}})),
              "k1=1:20@one k2=2:@two");
}

TEST(Mapping, ValuesAreTranslated) {
    const auto vendor =
        with_rules(rule("line.transport", "parameter: \"t{line}\", values: {udp: 0, tls: 2}") +
                   rule("line.srtp", "parameter: \"s{line}\", values: {required: 2, \"*\": 0}"));
    EXPECT_EQ(map(vendor, settings_of({{"line.1.transport", "tls"}, {"line.1.srtp", "preferred"}})),
              "t1=2 s1=0");
    EXPECT_EQ(map(vendor, settings_of({{"line.1.transport", "tcp"}})), "P-2203 line.1.transport");
}

TEST(Mapping, NumbersAreDividedAndRoundedUp) {
    const auto vendor = with_rules(rule("provisioning.interval", "parameter: minutes, divide: 60"));
    EXPECT_EQ(map(vendor, settings_of({{"provisioning.interval", "86400"}})), "minutes=1440");
    EXPECT_EQ(map(vendor, settings_of({{"provisioning.interval", "3601"}})), "minutes=61");
}

TEST(Mapping, RulesShareAMap) {
    std::string text(acme_file);
    const auto from = text.find("value_maps:");
    text.replace(from, text.find("unsupported:") - from,
                 "value_maps:\n  bit: {on: 1, \"*\": 0}\nsettings:\n" +
                     rule("security.web_ui", "parameter: web, values: bit") +
                     rule("line.enabled", "parameter: \"on{line}\", values: bit"));
    const auto outcome = read_vendor_file(text, "acme.yaml");
    ASSERT_TRUE(outcome.spec) << outcome.errors.front().text();
    EXPECT_EQ(map(*outcome.spec, settings_of({{"security.web_ui", "off"}, {"line.2.enabled", "on"}}),
                  {"X20", "", {}}),
              "overwrite=0 web=0 on2=1");
}

TEST(Mapping, NumbersStayWithinWhatThePhoneTakes) {
    const auto vendor =
        with_rules(rule("provisioning.interval", "parameter: minutes, divide: 60, least: 60, most: 1440") +
                   rule("line.expires", "parameter: \"e{line}\", most: 3600"));
    const auto with = [&](std::string_view interval, std::string_view expires) {
        return map(vendor, settings_of({{"provisioning.interval", interval}, {"line.1.expires", expires}}));
    };
    EXPECT_EQ(with("300", "60"), "minutes=60 e1=60");
    EXPECT_EQ(with("7201", "3600"), "minutes=121 e1=3600");
    EXPECT_EQ(with("2592000", "86400"), "minutes=1440 e1=3600");
}

TEST(Mapping, ConditionsMustAllHold) {
    const auto make = [](std::string_view when) {
        return with_rules(rule("line.user", "parameter: \"u{line}\", when: {" + std::string(when) + "}"));
    };
    const auto settings = settings_of(
        {{"line.1.user", "a"}, {"line.1.transport", "tls"}, {"line.2.user", "b"}, {"language", "de"}});
    EXPECT_EQ(map(make("line.transport: present"), settings), "u1=a");
    EXPECT_EQ(map(make("line.transport: absent"), settings), "u2=b");
    EXPECT_EQ(map(make("line.transport: [udp, tls]"), settings), "u1=a");
    EXPECT_EQ(map(make("line.transport: {not: [udp, tls]}"), settings), "u2=b");
    EXPECT_EQ(map(make("line.transport: {not: [udp]}"), settings), "u1=a u2=b");
    EXPECT_EQ(map(make("language: [de], line.transport: absent"), settings), "u2=b");
    EXPECT_EQ(map(make("language: [en]"), settings), "");
    EXPECT_EQ(
        map(make("line.password: present"), settings, {"", "", {*parse_setting_key("line.2.password")}}),
        "u2=b");
}

TEST(Mapping, ModelsAndFirmwareLimitARule) {
    const auto vendor =
        with_rules(rule("language", "parameter: a, models: \"X2.*\"") +
                   rule("time.zone", "parameter: b, firmware: {from: \"5.0\", below: \"6\"}") +
                   rule("time.ntp_server", "parameter: c, models: \"(?:X2.*)?\""));
    const auto settings = settings_of({{"language", "de"}, {"time.zone", "UTC"}, {"time.ntp_server", "n"}});
    EXPECT_EQ(map(vendor, settings, {"X20", "5.0", {}}), "a=de b=UTC c=n");
    EXPECT_EQ(map(vendor, settings, {"X20W", "5.9.9", {}}), "a=de b=UTC c=n")
        << "a model as the phone says it";
    EXPECT_EQ(map(vendor, settings, {"X10", "6.0", {}}), "");
    EXPECT_EQ(map(vendor, settings, {"X10", "4.9", {}}), "");
    EXPECT_EQ(map(vendor, settings, {"", "", {}}), "b=UTC c=n")
        << "unknown firmware is inside, unknown model is empty";
}

TEST(Mapping, ListsAreJoinedSpreadOrPicked) {
    const auto vendor = with_rules(
        rule("line.codecs",
             "parameter: \"j{line}\", list: join, separator: \"|\", values: {g722: G, pcma: A, opus: \"\"}") +
        "    - {parameter: \"e.{item}.{line}\", list: each, values: {g722: G, pcma: A, opus: O}, value: "
        "\"{position}/{item}\", absent: no" +
        std::string(cited) +
        "    - {parameter: \"n{line}\", list: nth, nth: 2, values: {g722: G, pcma: A, opus: O}, value: "
        "\"{item}{position}{value}\"" +
        std::string(cited));
    EXPECT_EQ(map(vendor, settings_of({{"line.1.codecs", "pcma,opus,g722"}})),
              "j1=A|G e.G.1=3/G e.O.1=2/O e.A.1=1/A n1=O2O");
    EXPECT_EQ(map(vendor, settings_of({{"line.1.codecs", "opus"}})), "e.G.1=no e.O.1=1/O e.A.1=no")
        << "nothing to join, no second item";
    EXPECT_EQ(map(vendor, settings_of({{"line.1.codecs", "pcma,ilbc"}})), "P-2203 line.1.codecs");
}

TEST(Mapping, ForbiddenCharactersAreRefusedWithTheirField) {
    const auto vendor = with_rules(
        rule("key.type", "parameter: \"k{key}\", value: \"fnc={value};nme={key.label}\", forbid: \";=\""));
    EXPECT_EQ(map(vendor, settings_of({{"key.1.type", "blf"}, {"key.1.label", "Shop"}})),
              "k1=fnc=blf;nme=Shop");
    EXPECT_EQ(map(vendor, settings_of({{"key.1.type", "blf"}, {"key.1.label", "a;ext=0900"}})),
              "P-2201 key.1.label");
}

TEST(Mapping, IndicesBeyondTheModelAreRefused) {
    const auto vendor = with_rules(rule("line.user", "parameter: \"u{line}\"") +
                                   rule("key.type", "parameter: \"k{key}\", max_index: 3"));
    EXPECT_EQ(map(vendor, settings_of({{"line.3.user", "a"}}), {"X10", "", {}}), "P-2202 line.3.user");
    EXPECT_EQ(map(vendor, settings_of({{"line.3.user", "a"}}), {"X20", "", {}}), "u3=a");
    EXPECT_EQ(map(vendor, settings_of({{"line.3.user", "a"}}), {"Y99", "", {}}), "u3=a")
        << "an unknown model has no limit";
    EXPECT_EQ(map(vendor, settings_of({{"key.5.label", "a"}}), {"X10", "", {}}), "P-2202 key.5.label");
    EXPECT_EQ(map(vendor, settings_of({{"key.4.type", "blf"}}), {"X20", "", {}}), "P-2202 key.4.type")
        << "the rule's own limit";
    EXPECT_EQ(map(vendor, {}, {"X10", "", {*parse_setting_key("line.3.password")}}),
              "P-2202 line.3.password");
}

TEST(Mapping, OneIndexOnly) {
    const auto vendor = with_rules(rule("line.voicemail", "parameter: mailbox, index: 1"));
    EXPECT_EQ(map(vendor, settings_of({{"line.1.voicemail", "*97"}, {"line.2.voicemail", "*98"}})),
              "mailbox=*97");
    EXPECT_EQ(map(vendor, settings_of({{"line.2.voicemail", "*98"}})), "");
}

TEST(Mapping, ALaterRuleReplacesAnEarlierOneInItsPlace) {
    const auto vendor =
        with_rules(rule("language", "parameter: a, value: x") + rule("time.zone", "parameter: b") +
                   rule("time.ntp_server", "parameter: a, value: y"));
    EXPECT_EQ(map(vendor, settings_of({{"language", "de"}, {"time.zone", "UTC"}, {"time.ntp_server", "n"}})),
              "a=y b=UTC");
}

TEST(Mapping, AttributesTellParametersApart) {
    const auto vendor =
        with_rules(rule("line.user", "parameter: user, attributes: {idx: \"{line}\", perm: R}"));
    EXPECT_EQ(map(vendor, settings_of({{"line.1.user", "a"}, {"line.2.user", "b"}})),
              "user[idx:1][perm:R]=a user[idx:2][perm:R]=b");
}

TEST(Mapping, SecretsAreNamedNeverHeld) {
    const auto vendor =
        with_rules(rule("line.password", "parameter: \"p{line}\"") +
                   rule("security.admin_password", "parameter: users, value: \"admin:{value}\"") +
                   "    - {parameter: users.set, value: 1" + std::string(cited) +
                   rule("security.user_password", "parameter: users, value: \"user:{value}\""));
    EXPECT_EQ(map(vendor, settings_of({{"line.1.user", "a"}})), "")
        << "no secret is due, so no parameter of one";
    const auto key = [](std::string_view name) { return *parse_setting_key(name); };
    EXPECT_EQ(map(vendor, {},
                  {"",
                   "",
                   {key("security.user_password"), key("line.2.password"), key("security.admin_password")}}),
              "p2=<line.2.password> users=admin:<security.admin_password> users.set=1 "
              "users=user:<security.user_password>");
}

TEST(Mapping, FixedParametersComeFirstAndGiveWay) {
    auto outcome = read_vendor_file(acme_file, "acme.yaml");
    ASSERT_TRUE(outcome.spec.has_value());
    const auto settings = settings_of({{"security.web_ui", "off"}});
    EXPECT_EQ(map(*outcome.spec, settings, {"X10", "5.0", {}}), "overwrite=0 legacy=1 web=0");
    EXPECT_EQ(map(*outcome.spec, settings, {"X20", "6.0", {}}), "overwrite=0 web_tls=0");
}

TEST(Mapping, R_G3_EachParameterKnowsWhatMadeIt) {
    const auto vendor = with_rules(rule("line.user", "parameter: \"u{line}\"") +
                                   rule("line.transport", "parameter: \"t{line}\""));
    const auto general = settings_of({{"line.transport", "tls"}});
    const auto own = settings_of({{"line.2.user", "a"}});
    const Layer layers[] = {{LayerKind::vendor, "acme", &general}, {LayerKind::device, "d", &own}};
    const auto made = map_settings(vendor, merge(layers), {mac, "", "", nullptr});
    ASSERT_TRUE(made.has_value());
    ASSERT_EQ(made->size(), 2U);
    EXPECT_EQ(made->at(0).layer, 1);
    EXPECT_EQ(to_text(made->at(0).setting), "line.2.user");
    EXPECT_EQ(made->at(1).layer, 0);
    EXPECT_EQ(to_text(made->at(1).setting), "line.2.transport");
}

// Layers, lowest first, each "name=value;name=value"; gives what is in force after expanding.
std::string expanded(std::initializer_list<Settings> layers, const std::vector<SettingKey>& secrets = {}) {
    std::vector<Layer> stack;
    for (const auto& layer : layers) stack.push_back({LayerKind::tenant, "t", &layer});
    std::string out;
    for (const auto& entry : expand_defaults(merge(stack), &secrets))
        out += (out.empty() ? "" : " ") + to_text(entry.key) + "=" + std::string(entry.value);
    return out;
}

TEST(ExpandDefaults, ReachesLinesInUseOnly) {
    const auto general = settings_of({{"line.transport", "tls"}});
    EXPECT_EQ(expanded({general}), "");
    EXPECT_EQ(expanded({general, settings_of({{"line.1.user", "a"}, {"line.3.user", "b"}})}),
              "line.1.user=a line.3.user=b line.1.transport=tls line.3.transport=tls");
    EXPECT_EQ(expanded({general}, {*parse_setting_key("line.2.password")}), "line.2.transport=tls");
    EXPECT_EQ(expanded({settings_of({{"key.line", "1"}}),
                        settings_of({{"key.7.type", "blf"}, {"line.1.user", "a"}})}),
              "line.1.user=a key.7.type=blf key.7.line=1");
}

TEST(ExpandDefaults, TheHigherLayerWinsThenTheLinesOwn) {
    const auto general = settings_of({{"line.transport", "tls"}});
    const auto own = settings_of({{"line.1.transport", "udp"}});
    const auto both = settings_of({{"line.transport", "tls"}, {"line.1.transport", "udp"}});
    EXPECT_EQ(expanded({general, own}), "line.1.transport=udp");
    EXPECT_EQ(expanded({own, general}), "line.1.transport=tls");
    EXPECT_EQ(expanded({both}), "line.1.transport=udp");
    EXPECT_EQ(expanded({both, settings_of({{"line.2.user", "a"}})}),
              "line.2.user=a line.1.transport=udp line.2.transport=tls");
}

TEST(ExpandDefaults, LeavesGlobalSettingsAlone) {
    EXPECT_EQ(expanded({settings_of({{"time.zone", "UTC"}, {"language", "de"}})}),
              "time.zone=UTC language=de");
}

RC_GTEST_PROP(ExpandDefaults, IsSortedWithoutIndexZeroAndTwiceTheSame,
              (const std::vector<std::pair<std::uint8_t, std::uint8_t>>& picks)) {
    const std::vector<std::string_view> names = {"line.user", "line.label", "line.transport",
                                                 "key.label", "key.value",  "language"};
    Settings low, high;
    for (const auto& [name, index] : picks) {
        const auto id = *find_setting(names[name % names.size()]);
        const bool global = setting(id).scope == SettingScope::global;
        put(index % 2 == 0 ? low : high, {id, static_cast<std::uint16_t>(global ? 0 : index / 2 % 5)}, "x");
    }
    const Layer layers[] = {{LayerKind::tenant, "t", &low}, {LayerKind::device, "d", &high}};
    const auto once = expand_defaults(merge(layers), nullptr);
    const auto twice = expand_defaults(once, nullptr);
    RC_ASSERT(once.size() == twice.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
        RC_ASSERT(once[i].key == twice[i].key);
        RC_ASSERT(once[i].key.index != 0 || setting(once[i].key.id).scope == SettingScope::global);
        if (i > 0) RC_ASSERT(once[i - 1].key < once[i].key);
    }
}

}  // namespace
}  // namespace provost
