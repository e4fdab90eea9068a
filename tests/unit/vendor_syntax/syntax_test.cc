// Each syntax by example: the bytes it writes, what it refuses, what its parser says.
#include "syntax_testing.h"

#include <gmock/gmock.h>

namespace provost::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const SettingKey password{3, 1};

std::string refusal_of(std::string_view syntax, Parameter parameter, const SyntaxOptions& options = {}) {
    const auto file = render(*syntax_of(syntax, options), {std::move(parameter)});
    return file ? "" : file.error().code + " " + file.error().text();
}

std::string parse_error(std::string_view syntax, std::string_view bytes, const SyntaxOptions& options = {}) {
    const auto parsed = syntax_of(syntax, options)->parse(bytes);
    return parsed ? "" : parsed.error().code + " " + parsed.error().text();
}

std::string option_error(std::string_view syntax, const SyntaxOptions& options) {
    const auto made = make_syntax(syntax, options);
    return made ? "" : made.error().code + " " + made.error().text();
}

TEST(KeyValue, WritesHeaderAndOneLineEach) {
    const auto syntax = syntax_of("key-value", {{"header", "#!version:1.0.0.1"}});
    const auto file =
        render(*syntax,
               {parameter("account.1.label", "Anna's \"desk\" #1"), parameter("account.1.enable", "1"),
                parameter("account.2.label", ""), secret_parameter("account.1.password", password)},
               FakeSecrets({{password, "s3cret"}}));
    EXPECT_EQ(
        text_or_error(file),
        "#!version:1.0.0.1\naccount.1.label = Anna's \"desk\" #1\naccount.1.enable = 1\naccount.2.label = \n"
        "account.1.password = s3cret\n");
}

// Some phones take "admin:password" as one value.
TEST(SecretPrefix, IsWrittenInFrontOfTheSecret) {
    Parameter login = secret_parameter("login", password);
    login.value = "a&b:";
    const FakeSecrets secrets({{password, "s3cret"}});
    EXPECT_EQ(text_or_error(render(*syntax_of("key-value"), {login}, secrets)), "login = a&b:s3cret\n");
    EXPECT_THAT(text_or_error(render(*syntax_of("xml-elements"), {login}, secrets)),
                HasSubstr("<login>a&amp;b:s3cret</login>"));
    EXPECT_THAT(text_or_error(render(*syntax_of("xml-attributes"), {login}, secrets)),
                HasSubstr("login=\"a&amp;b:s3cret\""));
    EXPECT_THAT(text_or_error(render(*syntax_of("flat-profile"), {login}, secrets)),
                HasSubstr(">a&amp;b:s3cret</login>"));
}

TEST(SecretPrefix, IsRefusedWhereTheWholeCantBeCarried) {
    const auto refusal = [](std::string_view syntax, std::string prefix, std::string secret) {
        Parameter login = secret_parameter("login", password);
        login.value = std::move(prefix);
        return text_or_error(
            render(*syntax_of(syntax), {login}, FakeSecrets({{password, std::move(secret)}})));
    };
    EXPECT_THAT(refusal("key-value", "a\n", "s"), HasSubstr("control"));
    EXPECT_THAT(refusal("key-value", "\"a", "s\""), HasSubstr("quotes"));
    EXPECT_THAT(refusal("key-value", " a", "s"), HasSubstr("blank"));
    EXPECT_EQ(refusal("key-value", "a ", "s"), "login = a s\n");
    EXPECT_THAT(refusal("flat-profile", " a", "s"), HasSubstr("blank"));
    EXPECT_THAT(refusal("xml-attributes", "a\xc3", "\xa4"), HasSubstr("UTF-8"));
}

TEST(KeyValue, R_C3_RefusesWhatALineCantCarry) {
    EXPECT_THAT(refusal_of("key-value", parameter("label", "a\nb = c")),
                HasSubstr("P-2301 parameter 'label': the phone's file can't carry this parameter exactly: it "
                          "holds a control"));
    EXPECT_THAT(refusal_of("key-value", parameter("label", " a")), HasSubstr("blank"));
    EXPECT_THAT(refusal_of("key-value", parameter("label", "a ")), HasSubstr("blank"));
    EXPECT_THAT(refusal_of("key-value", parameter("label", "\"a\"")), HasSubstr("quotes"));
    EXPECT_THAT(refusal_of("key-value", parameter("label", "\xff")), HasSubstr("UTF-8"));
    EXPECT_THAT(refusal_of("key-value", parameter("a b", "1")), HasSubstr("its name"));
    EXPECT_THAT(refusal_of("key-value", parameter("", "1")), HasSubstr("its name"));
    EXPECT_THAT(refusal_of("key-value", parameter("a", "1", {{"idx", "1"}})), HasSubstr("no attributes"));
    EXPECT_EQ(refusal_of("key-value", parameter("code", "#21#")), "");
    EXPECT_THAT(refusal_of("key-value", parameter("code", "#21#"), {{"refuse", "#;"}}),
                HasSubstr("can't take"));
}

TEST(KeyValue, ParserSaysLineAndColumn) {
    EXPECT_THAT(parse_error("key-value", "a = 1\nb=2\n"),
                HasSubstr("P-2302 line 2, column 2: expected ' = '"));
    EXPECT_THAT(parse_error("key-value", "a = 1"), HasSubstr("line 1, column 6"));
    EXPECT_THAT(parse_error("key-value", "a = 1\n\n"), HasSubstr("line 2, column 1"));
    EXPECT_THAT(parse_error("key-value", "# note\n"), HasSubstr("line 1, column 1"));
    EXPECT_THAT(parse_error("key-value", "a = 1\n", {{"header", "#!v"}}), HasSubstr("expected '#!v"));
}

TEST(XmlElements, WritesSectionAndGroups) {
    const auto syntax =
        syntax_of("xml-elements", {{"section_attributes", "e=\"2\""}, {"groups", "functionKeys, other"}});
    const auto file =
        render(*syntax, {parameter("functionKeys/fkey", "blf 101", {{"idx", "0"}, {"label", "<\"&'>"}}),
                         parameter("user_name", "a<b>&\"'", {{"idx", "1"}, {"perm", "R"}})});
    EXPECT_EQ(text_or_error(file), R"(<?xml version="1.0" encoding="UTF-8"?>
<settings>
  <phone-settings e="2">
    <user_name idx="1" perm="R">a&lt;b&gt;&amp;"'</user_name>
  </phone-settings>
  <functionKeys e="2">
    <fkey idx="0" label="&lt;&quot;&amp;'&gt;">blf 101</fkey>
  </functionKeys>
</settings>
)");
    EXPECT_TRUE(syntax->parse(*file).has_value());
}

TEST(XmlElements, R_C3_RefusesWhatXmlCantCarry) {
    EXPECT_THAT(refusal_of("xml-elements", parameter("label", "a\x01")), HasSubstr("control character"));
    EXPECT_THAT(refusal_of("xml-elements", parameter("label", "a\xef\xbb\xbf")),
                HasSubstr("byte order mark"));
    EXPECT_THAT(refusal_of("xml-elements", parameter("a b", "1")), HasSubstr("XML name"));
    EXPECT_THAT(refusal_of("xml-elements", parameter("keys/fkey", "1")), HasSubstr("groups"));
    EXPECT_THAT(refusal_of("xml-elements", parameter("keys/a/b", "1"), {{"groups", "keys"}}),
                HasSubstr("XML name"));
    EXPECT_THAT(refusal_of("xml-elements", parameter("a", "1", {{"idx", "1"}, {"idx", "2"}})),
                HasSubstr("twice"));
    EXPECT_THAT(refusal_of("xml-elements", parameter("a", "1", {{"x\" y", "1"}})), HasSubstr("XML name"));
    EXPECT_THAT(refusal_of("xml-elements", parameter("a", "1", {{"x", "a\nb"}})), HasSubstr("attribute"));
}

TEST(XmlElements, ParserIsStrict) {
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<settings>\n  <phone-settings>\n";
    const std::string tail = "  </phone-settings>\n</settings>\n";
    EXPECT_EQ(parse_error("xml-elements", head + "    <a>1</a>\n" + tail), "");
    EXPECT_THAT(parse_error("xml-elements", head + "    <a>1</b>\n" + tail),
                HasSubstr("line 4, column 11: expected 'a'"));
    EXPECT_THAT(parse_error("xml-elements", head + "    <a>&apos;</a>\n" + tail), HasSubstr("entity"));
    EXPECT_THAT(parse_error("xml-elements", head + "    <a>&#60;</a>\n" + tail), HasSubstr("entity"));
    EXPECT_THAT(parse_error("xml-elements", head + "    <a><![CDATA[1]]></a>\n" + tail),
                HasSubstr("expected '</'"));
    EXPECT_THAT(parse_error("xml-elements", head + "    <a><b>1</b></a>\n" + tail),
                HasSubstr("expected '</'"));
    EXPECT_THAT(parse_error("xml-elements", head + "    <!-- 1 -->\n" + tail), HasSubstr("expected a name"));
    EXPECT_THAT(parse_error("xml-elements", head + "    <a x=\"1\" x=\"2\">1</a>\n" + tail),
                HasSubstr("twice"));
    EXPECT_THAT(parse_error("xml-elements", head + tail + " "), HasSubstr("end of the file"));
    EXPECT_THAT(parse_error("xml-elements", head + "    <a>1"), HasSubstr("ends inside a value"));
    const std::string keys = "  </phone-settings>\n  <keys>\n  </keys>\n</settings>\n";
    EXPECT_THAT(parse_error("xml-elements", head + keys, {{"groups", "keys"}}),
                HasSubstr("without parameters"));
}

TEST(XmlAttributes, WritesOneElement) {
    const auto syntax = syntax_of("xml-attributes", {{"line_breaks", "escape"}});
    const auto file = render(*syntax, {parameter("reg.1.address", "a<\"&'>"), parameter("cert", "one\ntwo")});
    EXPECT_EQ(text_or_error(file), R"(<?xml version="1.0" encoding="UTF-8"?>
<PHONE_CONFIG>
  <ALL
    reg.1.address="a&lt;&quot;&amp;'&gt;"
    cert="one&#10;two"/>
</PHONE_CONFIG>
)");
    EXPECT_TRUE(syntax->parse(*file).has_value());
}

TEST(XmlAttributes, R_C3_RefusesDuplicatesAndLineBreaks) {
    EXPECT_THAT(refusal_of("xml-attributes", parameter("a", "1\n2")), HasSubstr("control character"));
    EXPECT_THAT(refusal_of("xml-attributes", parameter("a", "1\r"), {{"line_breaks", "escape"}}),
                HasSubstr("control"));
    EXPECT_THAT(refusal_of("xml-attributes", parameter("a", "1", {{"x", "1"}})), HasSubstr("can't have any"));
    EXPECT_THAT(refusal_of("xml-attributes", parameter("1a", "1")), HasSubstr("XML name"));
    const auto twice =
        render(*syntax_of("xml-attributes"), {parameter("a", "1"), parameter("b", "1"), parameter("a", "2")});
    ASSERT_FALSE(twice.has_value());
    EXPECT_EQ(twice.error().where, "parameter 'a'");
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PHONE_CONFIG>\n  <ALL";
    EXPECT_THAT(parse_error("xml-attributes", head + "\n    a=\"1\"\n    a=\"2\"/>\n</PHONE_CONFIG>\n"),
                HasSubstr("line 5, column 5: the attribute occurs twice"));
}

TEST(FlatProfile, WritesOneElementEach) {
    const auto syntax = syntax_of("flat-profile");
    const auto file = render(
        *syntax, {parameter("Proxy_1_", "sip.example.net", {{"ua", "na"}}), parameter("Blank", "\"\"")});
    EXPECT_EQ(text_or_error(file), R"(<?xml version="1.0" encoding="UTF-8"?>
<flat-profile>
  <Proxy_1_ ua="na">sip.example.net</Proxy_1_>
  <Blank>""</Blank>
</flat-profile>
)");
}

TEST(FlatProfile, R_C3_RefusesBlanksThatThePhoneWouldStrip) {
    EXPECT_THAT(refusal_of("flat-profile", parameter("Name", " a")), HasSubstr("blank"));
    EXPECT_THAT(refusal_of("flat-profile", parameter("Name", "a ")), HasSubstr("blank"));
    EXPECT_THAT(refusal_of("flat-profile", parameter("group/Name", "a")), HasSubstr("XML name"));
    const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<flat-profile>\n";
    EXPECT_THAT(parse_error("flat-profile", head + "  <a> b</a>\n</flat-profile>\n"),
                HasSubstr("line 3, column 3"));
}

class EverySyntax : public ::testing::TestWithParam<const char*> {};

TEST_P(EverySyntax, NoParametersReadBackAsNone) {
    const auto syntax = syntax_of(GetParam());
    const auto file = render(*syntax, {});
    const auto parsed = syntax->parse(text_or_error(file));
    ASSERT_TRUE(parsed.has_value());
    EXPECT_TRUE(parsed->empty());
}

TEST_P(EverySyntax, R_C3_RefusesAMissingSecretRatherThanWriteItEmpty) {
    const auto file = render(*syntax_of(GetParam()), {secret_parameter("password", password)});
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().where, "parameter 'password'");
    EXPECT_EQ(file.error().code, "P-2301");
}

TEST_P(EverySyntax, RefusedSecretIsNotInTheMessage) {
    const auto file = render(*syntax_of(GetParam()), {secret_parameter("password", password)},
                             FakeSecrets({{password, "hunter2\n"}}));
    ASSERT_FALSE(file.has_value());
    EXPECT_THAT(file.error().text(), Not(HasSubstr("hunter2")));
}

TEST_P(EverySyntax, LongFilesEndAtOneMebibyteOnBothSides) {
    const auto syntax = syntax_of(GetParam());
    const auto fits = render(*syntax, {parameter("a", std::string(1'000'000, 'x'))});
    ASSERT_TRUE(fits.has_value());
    EXPECT_TRUE(syntax->parse(*fits).has_value());
    const auto large = render(
        *syntax, {parameter("a", std::string(600'000, 'x')), parameter("b", std::string(600'000, '&'))});
    ASSERT_FALSE(large.has_value());
    EXPECT_EQ(large.error().where, "parameter 'b'");
    const auto parsed = syntax->parse(std::string((1U << 20) + 1, 'x'));
    ASSERT_FALSE(parsed.has_value());
    EXPECT_THAT(parsed.error().what, HasSubstr("1 MiB"));
}

TEST_P(EverySyntax, AppendsBehindWhatTheBufferHolds) {
    OutputBuffer out;
    out.append("before");
    ASSERT_TRUE(syntax_of(GetParam())->render({parameter("a", "1")}, FakeSecrets(), out).has_value());
    EXPECT_EQ(std::string(out.view()), "before" + *render(*syntax_of(GetParam()), {parameter("a", "1")}));
}

TEST_P(EverySyntax, RefusesAnUnknownOption) {
    EXPECT_THAT(option_error(GetParam(), {{"haeder", "x"}}), HasSubstr("P-2304 output.options.haeder"));
    EXPECT_THAT(option_error(GetParam(), {{"header", std::string(300, 'x')}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error(GetParam(), {{"header", "two\nlines"}}), HasSubstr("P-2304"));
}

INSTANTIATE_TEST_SUITE_P(All, EverySyntax,
                         ::testing::Values("key-value", "xml-elements", "xml-attributes", "flat-profile",
                                           "xml-tree"),
                         [](const auto& tested) {
                             std::string name = tested.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

// Whoever has made no hash gives none; the password itself never stands in its place.
TEST(Syntax, R_B5_AMissingHashIsNoReasonForThePassword) {
    Parameter admin = secret_parameter("admin", {3, 1});
    admin.form = SecretForm::md5_crypt;
    const auto file = render(*syntax_of("key-value"), {admin}, FakeSecrets({{{3, 1}, "s3cret"}}));
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().code, "P-2301");
    EXPECT_THAT(file.error().why, HasSubstr("not there"));
}

TEST(MakeSyntax, RefusesUnknownNamesAndUselessOptions) {
    EXPECT_THAT(option_error("json", {}), HasSubstr("P-2303"));
    EXPECT_THAT(option_error("json", {}), HasSubstr("xml-tree"));
    EXPECT_THAT(option_error("key-value", {{"separator", "  "}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error("key-value", {{"refuse", "\n"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error("xml-elements", {{"root", "a b"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error("xml-elements", {{"section_attributes", "e='2'"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error("xml-elements", {{"groups", "a,a"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error("xml-elements", {{"groups", "phone-settings"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error("xml-attributes", {{"line_breaks", "yes"}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error("xml-attributes", {{"element", ""}}), HasSubstr("P-2304"));
    EXPECT_THAT(option_error("flat-profile", {{"header", "<?xml ?><x/><?y?>"}}), HasSubstr("P-2304"));
    EXPECT_EQ(option_error("flat-profile", {{"header", ""}}), "");
}

}  // namespace
}  // namespace provost::testing
