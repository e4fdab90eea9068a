#include "vendor/template.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using Kind = TemplatePart::Kind;

std::string number(const TemplatePart& part) {
    std::string out;
    if (part.offset != 0) out += (part.offset > 0 ? "+" : "") + std::to_string(part.offset);
    if (part.width != 0) out += ":" + std::to_string(part.width);
    return out;
}

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
                out += number(part);
                break;
            case Kind::by_index:
                out += "by_index";
                break;
            case Kind::value:
                out += "value";
                break;
            case Kind::item:
                out += "item";
                break;
            case Kind::position:
                out += "position" + number(part);
                break;
            case Kind::mac_lower:
                out += "mac";
                break;
            case Kind::mac_upper:
                out += "MAC";
                break;
            case Kind::setting:
                out += std::string(setting(part.setting).name);
                if (part.url_part != UrlPart::whole) out += "/" + std::to_string(int(part.url_part));
                break;
        }
    }
    return out;
}

TEST(Template, IsCutIntoParts) {
    EXPECT_EQ(kinds(""), "");
    EXPECT_EQ(kinds("plain"), "'plain'");
    EXPECT_EQ(kinds("account.{line}.user"), "'account.' line '.user'");
    EXPECT_EQ(kinds("{line0}{key}{key0}"), "line-1 key key-1");
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

TEST(Template, CountsAndPads) {
    EXPECT_EQ(kinds("{line+1}{key-16}{line0+2}{position-1}"), "line+1 key-16 line+1 position-1");
    EXPECT_EQ(kinds("{line:02}{key-16:03}{key0:04}"), "line:2 key-16:3 key-1:4");
    EXPECT_EQ(kinds("{by_index}"), "by_index");
    for (const auto* text :
         {"{line+}", "{line-}", "{line+-1}", "{line+1234}", "{line:2}", "{line:01}", "{line:05}",
          "{line:02+1}", "{line+1+1}", "{value+1}", "{by_index:02}", "{line.user+1}", "{line+ 1}"})
        EXPECT_EQ(kinds(text), "P-2101") << text;
    EXPECT_NE(Template::parse("{line:2}").error().fix.find("{line:02}"), std::string::npos);
}

TEST(Template, TakesAnUrlApart) {
    EXPECT_EQ(kinds("{provisioning.url.host}:{provisioning.ca_url.port}"),
              "provisioning.url/2 ':' provisioning.ca_url/3");
    EXPECT_EQ(kinds("{time.zone.host}"), "P-2101") << "not an URL";
    EXPECT_EQ(Template::parse("{provisioning.url.hots}").error().fix,
              "Did you mean '{provisioning.url.host}'?");
}

TEST(UrlPart, IsCutWhereTheUrlSays) {
    struct Case {
        std::string_view url, address, host, port, path;
    };
    for (const auto& [url, address, host, port, path] : {
             Case{"https://a.example/", "a.example", "a.example", "443", ""},
             Case{"https://a.example", "a.example", "a.example", "443", ""},
             Case{"https://a.example:8443/p/q/", "a.example:8443/p/q", "a.example", "8443", "p/q"},
             Case{"https://a.example/p//q?x=1", "a.example/p//q?x=1", "a.example", "443", "p//q?x=1"},
             Case{"https://[2001:db8::1]/p", "[2001:db8::1]/p", "[2001:db8::1]", "443", "p"},
             Case{"https://[2001:db8::1]:8443/p", "[2001:db8::1]:8443/p", "[2001:db8::1]", "8443", "p"},
             Case{"", "", "", "", ""},
             Case{"http://a.example/", "", "", "", ""},
         }) {
        EXPECT_EQ(url_part(url, UrlPart::whole), url);
        EXPECT_EQ(url_part(url, UrlPart::address), address) << url;
        EXPECT_EQ(url_part(url, UrlPart::host), host) << url;
        EXPECT_EQ(url_part(url, UrlPart::port), port) << url;
        EXPECT_EQ(url_part(url, UrlPart::path), path) << url;
    }
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
