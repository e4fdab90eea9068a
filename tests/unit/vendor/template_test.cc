#include "vendor/template.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using Kind = TemplatePart::Kind;

std::string kinds(std::string_view text) {
    const auto made = Template::parse(text);
    if (!made) return made.error().code;
    std::string out;
    for (const auto& part : made->parts()) {
        if (!out.empty()) out += ' ';
        switch (part.kind) {
            case Kind::text:
                out += "'" + part.text + "'";
                break;
            case Kind::index:
                out += part.scope == SettingScope::line ? "line" : "key";
                break;
            case Kind::index0:
                out += part.scope == SettingScope::line ? "line0" : "key0";
                break;
            case Kind::value:
                out += "value";
                break;
            case Kind::item:
                out += "item";
                break;
            case Kind::position:
                out += "position";
                break;
            case Kind::mac_lower:
                out += "mac";
                break;
            case Kind::mac_upper:
                out += "MAC";
                break;
            case Kind::setting:
                out += std::string(setting(part.setting).name);
                break;
        }
    }
    return out;
}

TEST(Template, IsCutIntoParts) {
    EXPECT_EQ(kinds(""), "");
    EXPECT_EQ(kinds("plain"), "'plain'");
    EXPECT_EQ(kinds("account.{line}.user"), "'account.' line '.user'");
    EXPECT_EQ(kinds("{line0}{key}{key0}"), "line0 key key0");
    EXPECT_EQ(kinds("{value}{item}{position}{mac}{MAC}"), "value item position mac MAC");
    EXPECT_EQ(kinds("{key.value}@{line.registrar_host}"), "key.value '@' line.registrar_host");
    EXPECT_EQ(kinds("{time.zone}"), "time.zone");
}

TEST(Template, DoubledBracesAreBraces) {
    EXPECT_EQ(kinds("{{line}}"), "'{line}'");
    EXPECT_EQ(kinds("a{{{line}}}b"), "'a{' line '}b'");
    EXPECT_EQ(kinds("}}{{"), "'}{'");
}

TEST(Template, MistakesAreNamed) {
    for (const auto* text :
         {"{", "}", "a}b", "{line", "{}", "{ line}", "{Line}", "{line.1.user}", "{{{", "{lin{e}}"})
        EXPECT_EQ(kinds(text), "P-2101") << text;
    EXPECT_EQ(Template::parse("{valu}").error().fix, "Did you mean '{value}'?");
    EXPECT_EQ(Template::parse("{line.usr}").error().fix, "Did you mean '{line.user}'?");
}

TEST(Template, NoSecretIsPartOfALongerText) {
    for (const auto* text : {"{line.password}", "x{security.admin_password}"})
        EXPECT_EQ(kinds(text), "P-2101") << text;
}

TEST(Template, KnowsWhatItMentions) {
    const auto made = Template::parse("{line}.{value}");
    EXPECT_TRUE(made->mentions(Kind::value));
    EXPECT_FALSE(made->mentions(Kind::item));
    EXPECT_EQ(made->source(), "{line}.{value}");
}

}  // namespace
}  // namespace provost
