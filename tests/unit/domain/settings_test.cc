#include "domain/settings.h"

#include "domain/text.h"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace provost {
namespace {

SettingKey key(std::string_view text) {
    return parse_setting_key(text).value();
}

TEST(SettingKeys, ReadBackWhatTheyWrite) {
    for (const auto* text : {"line.1.user", "line.64.registrar_port", "key.256.label", "time.zone",
                             "line.transport", "language"})
        EXPECT_EQ(to_text(key(text)), text);
}

TEST(SettingKeys, RefuseWhatIsNoneAndSayTheNearest) {
    for (const auto* text : {"", "line", "line.0.user", "line.65.user", "line.01.user", "line.1.usr",
                             "time.1.zone", "line.-1.user", "line.1.user.x", "key.257.label"})
        EXPECT_FALSE(parse_setting_key(text)) << text;
    EXPECT_EQ(parse_setting_key("line.1.regsitrar_host").error().fix, "Did you mean 'line.registrar_host'?");
}

struct ValueCase {
    const char* setting;
    std::string text;
    const char* canonical;  // null: refused
};

TEST(SettingValues, AreTypedAtTheEdge) {
    const ValueCase table[] = {
        {"line.1.enabled", "yes", "on"},
        {"line.1.enabled", "0", "off"},
        {"line.1.enabled", "maybe", nullptr},
        {"line.1.registrar_port", "5061", "5061"},
        {"line.1.registrar_port", "65536", nullptr},
        {"line.1.registrar_port", "5061x", nullptr},
        {"line.1.transport", "tls", "tls"},
        {"line.1.transport", "TLS", nullptr},
        {"line.1.codecs", "g722, pcma", "g722,pcma"},
        {"line.1.codecs", "g722,g722", nullptr},
        {"line.1.codecs", "mp3", nullptr},
        {"line.1.codecs", "", nullptr},
        {"line.1.registrar_host", "sip.example.com", "sip.example.com"},
        {"line.1.registrar_host", "[2001:db8::1]", "[2001:db8::1]"},
        {"line.1.registrar_host", "sip..example", nullptr},
        {"line.1.registrar_host", "a b", nullptr},
        {"line.1.registrar_host", "1.2.3.4.5", nullptr},
        {"provisioning.url", "https://p.example/x/", "https://p.example/x/"},
        {"provisioning.url", "http://p.example/", nullptr},
        {"provisioning.url", "https://u:p@p.example/", nullptr},
        {"provisioning.url", "https://p.example/#x", nullptr},
        {"line.1.user", "u-47.11", "u-47.11"},
        {"line.1.user", "a@b", nullptr},
        {"line.1.user", std::string(65, 'a'), nullptr},
        {"line.1.display_name", "Zoë \"Z\" O'Brien", "Zoë \"Z\" O'Brien"},
        {"line.1.display_name", "a\nb", nullptr},
        {"line.1.display_name", "\xff", nullptr},
        {"line.1.display_name", "a\u202eb", nullptr},
        {"line.1.display_name", std::string("a\0b", 3), nullptr},
        {"line.1.password", "hunter2", nullptr},
    };
    for (const auto& one : table) {
        const auto value = parse_setting_value(key(one.setting), one.text);
        EXPECT_EQ(value.has_value(), one.canonical != nullptr) << one.setting << "=" << one.text;
        if (value && one.canonical != nullptr) EXPECT_EQ(*value, one.canonical);
        if (!value) EXPECT_EQ(value.error().where, one.setting) << "the field is named";
    }
}

TEST(SettingValues, R_B4_NobodyTypesAPassword) {
    EXPECT_EQ(parse_setting_value(key("line.1.password"), "x").error().code, "P-2004");
    EXPECT_EQ(parse_setting_value(key("security.admin_password"), "x").error().code, "P-2004");
}

TEST(Settings, StoredFormReadsBack) {
    EXPECT_TRUE(rc::check([] {
        Settings settings;
        const auto count = *rc::gen::inRange(0, 20);
        for (int i = 0; i < count; ++i) {
            const auto id =
                static_cast<SettingId>(*rc::gen::inRange<int>(0, static_cast<int>(all_settings().size())));
            const auto scope = setting(id).scope;
            const SettingKey one{
                id, static_cast<std::uint16_t>(scope == SettingScope::global ? 0 : *rc::gen::inRange(0, 64))};
            if (const auto value = parse_setting_value(
                    one, *rc::gen::element<std::string>("on", "5060", "tls", "g722", "a.example",
                                                        "https://a.example/", "x=y", "u1")))
                put(settings, one, *value);
        }
        RC_ASSERT(parse_settings(format_settings(settings)).value() == settings);
    }));
}

TEST(Layers, R_G3_TheHigherLayerWinsAndSaysSo) {
    Settings low, high;
    put(low, key("time.zone"), "Europe/London");
    put(low, key("language"), "en");
    put(high, key("time.zone"), "Europe/Berlin");
    const Layer layers[] = {{LayerKind::vendor, "acme", &low}, {LayerKind::device, "device", &high}};
    const auto merged = merge(layers);
    ASSERT_EQ(merged.size(), 2U);
    EXPECT_EQ(find(merged, key("time.zone"))->value, "Europe/Berlin");
    EXPECT_EQ(find(merged, key("time.zone"))->layer, 1);
    EXPECT_EQ(find(merged, key("language"))->layer, 0);
    EXPECT_EQ(find(merged, key("time.ntp_server")), nullptr);
}

TEST(SettingTable, NamesAreUniqueAndSaid) {
    std::set<std::string_view> names;
    for (const auto& spec : all_settings()) {
        EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
        EXPECT_FALSE(spec.meaning.empty()) << spec.name;
    }
}

TEST(Text, PrintableNeverLetsControlCharactersThrough) {
    EXPECT_TRUE(rc::check([](const std::string& text) {
        for (const char c : printable(text, 1000)) RC_ASSERT(c >= 0x20 && c < 0x7f);
    }));
}

TEST(Text, Utf8RefusesOverlongSurrogatesAndBeyond) {
    for (const auto* bad : {"\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                            "\xf8\x88\x80\x80\x80", "\x80", "\xe2\x82"})
        EXPECT_FALSE(is_valid_utf8(bad));
    for (const auto* good : {"", "a", "\xc2\x80", "\xe2\x82\xac", "\xf0\x9f\x93\x9e"})
        EXPECT_TRUE(is_valid_utf8(good));
}

}  // namespace
}  // namespace provost
