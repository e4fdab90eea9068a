// The options of `key-value`, by the shapes of the files that phones read.
#include "syntax_testing.h"

#include <gmock/gmock.h>

namespace provost::testing {
namespace {

using ::testing::HasSubstr;

const SettingKey password{3, 1};

std::string written(const SyntaxOptions& options, const Parameters& parameters,
                    std::vector<std::string> names = {}) {
    return written(*syntax_of("key-value", options), parameters, FakeSecrets({{password, "s3 cret"}}),
                   std::move(names));
}

std::string parse_error(const SyntaxOptions& options, std::string_view bytes) {
    const auto parsed = syntax_of("key-value", options)->parse(bytes);
    return parsed ? "" : parsed.error().code + " " + parsed.error().text();
}

std::string option_error(const SyntaxOptions& options) {
    const auto made = make_syntax("key-value", options);
    return made ? "" : made.error().code + " " + made.error().text();
}

TEST(KeyValueOptions, StatementsWithQuotedValues) {
    const SyntaxOptions options{{"prefix", "SET "}, {"separator", " "}, {"quote", "double"}};
    EXPECT_EQ(written(options, {parameter("SIPDOMAIN", "example.net"), parameter("EMPTY", ""),
                                parameter("PHONEKEY", " Key=4;Label='a' "),
                                secret_parameter("FORCE_SIP_PASSWORD", password)}),
              "SET SIPDOMAIN \"example.net\"\nSET EMPTY \"\"\nSET PHONEKEY \" Key=4;Label='a' \"\n"
              "SET FORCE_SIP_PASSWORD \"s3 cret\"\n");
    EXPECT_THAT(written(options, {parameter("A", "a\"b")}), HasSubstr("parameter 'A'"));
    EXPECT_THAT(written(options, {parameter("A", "\"")}), HasSubstr("can't take"));
    EXPECT_THAT(written(options, {parameter("A", "a\"\nSET B \"c")}), HasSubstr("parameter 'A'"));
    EXPECT_THAT(parse_error(options, "SET A b\n"), HasSubstr("line 1, column 6: expected ' \"'"));
    EXPECT_THAT(parse_error(options, "SET A \"b\"c\n"), HasSubstr("line 1, column 9"));
    EXPECT_THAT(parse_error(options, "SET A \"b\n"), HasSubstr("control character"));
    EXPECT_THAT(parse_error(options, "A \"b\"\n"), HasSubstr("expected 'SET '"));
}

TEST(KeyValueOptions, LinesWithReturnsAndAnEmptyLastLine) {
    const SyntaxOptions options{{"header", "# Standard Format File #"},
                                {"separator", "="},
                                {"quote", "double"},
                                {"line_end", "crlf"},
                                {"footer", ""}};
    EXPECT_EQ(written(options, {parameter("LINE_ENABLE_1", "Enabled"), parameter("A", "")}),
              "# Standard Format File #\r\nLINE_ENABLE_1=\"Enabled\"\r\nA=\"\"\r\n\r\n");
    EXPECT_EQ(written(options, {}), "# Standard Format File #\r\n\r\n");
    EXPECT_THAT(parse_error(options, "# Standard Format File #\r\nA=\"\"\r\n"), HasSubstr("expected a name"));
    EXPECT_THAT(parse_error(options, "# Standard Format File #\r\n\r\nA=\"\"\r\n"), HasSubstr("line 2"));
    EXPECT_THAT(parse_error(options, "# Standard Format File #\n\n"), HasSubstr("expected"));
}

TEST(KeyValueOptions, NamesWithBlanksSlashesAndBrackets) {
    EXPECT_EQ(written({{"separator", ": "}, {"name_characters", " ^!"}, {"refuse", "#"}},
                      {parameter("sip line1 user name", "100"), parameter("!time server1", "a: b")}),
              "sip line1 user name: 100\n!time server1: a: b\n");
    EXPECT_EQ(written({{"separator", " = "}, {"name_characters", " "}},
                      {parameter("a b", "= c"), parameter("a", "b = c")}),
              "a b = = c\na = b = c\n");
    EXPECT_EQ(written({{"separator", "="}, {"name_characters", "/"}}, {parameter("voip/line/0/id", "1")}),
              "voip/line/0/id=1\n");
    EXPECT_EQ(written({{"separator", "="}, {"name_characters", "[]"}}, {parameter("account[1].user", "1")}),
              "account[1].user=1\n");
    EXPECT_EQ(written({{"separator", " "}}, {parameter("sip_listen", "0.0.0.0:5060"), parameter("a", "")}),
              "sip_listen 0.0.0.0:5060\na \n");
    for (const std::string name : {" a", "a ", "a=b", "a:b", "a/b", "a\nb", "\xc3\xa4"}) {
        EXPECT_THAT(written({{"separator", ": "}, {"name_characters", " "}}, {parameter(name, "1")}),
                    HasSubstr("its name"))
            << name;
    }
}

TEST(KeyValueOptions, SectionsInOrderOfFirstAppearance) {
    const Parameters parameters = {parameter("Account1/server", "a"), parameter("Settings/accountId", "1"),
                                   parameter("top", "1"), parameter("Account1/label", "[x]"),
                                   secret_parameter("Account1/password", password)};
    const std::vector<std::string> names = {"top", "Account1/server", "Account1/label", "Account1/password",
                                            "Settings/accountId"};
    EXPECT_EQ(written({{"separator", "="}, {"sections", "ini"}}, parameters, names),
              "top=1\n[Account1]\nserver=a\nlabel=[x]\npassword=s3 cret\n[Settings]\naccountId=1\n");
    EXPECT_EQ(written({{"separator", " :"},
                       {"sections", "angle"},
                       {"name_characters", " "},
                       {"header", "<<CONFIG FILE>>Version:2.0000000000"},
                       {"footer", "<<END OF FILE>>"},
                       {"line_end", "crlf"}},
                      {parameter("SIP CONFIG MODULE/SIP1 Enable Reg", "1")}),
              "<<CONFIG FILE>>Version:2.0000000000\r\n<SIP CONFIG MODULE>\r\nSIP1 Enable Reg :1\r\n"
              "<<END OF FILE>>\r\n");
}

TEST(KeyValueOptions, R_C3_SectionsAreNotToBeForged) {
    const SyntaxOptions options{{"separator", "="}, {"sections", "ini"}};
    for (const std::string name : {"/a", "a/", "a/b/c", "a]/b", "[a/b", "a\n/b", " a/b"}) {
        EXPECT_THAT(written(options, {parameter(name, "1")}), HasSubstr("its name")) << name;
    }
    EXPECT_THAT(written(options, {parameter("a/b", "1\n[c]")}), HasSubstr("control character"));
    EXPECT_THAT(parse_error(options, "[a]\n"), HasSubstr("line 2, column 1: expected a name"));
    EXPECT_THAT(parse_error(options, "[a]\n[b]\nc=1\n"), HasSubstr("line 2, column 1"));
    EXPECT_THAT(parse_error(options, "[a]\nb=1\n[c]\nb=1\n[a]\nc=1\n"), HasSubstr("twice"));
    EXPECT_THAT(parse_error(options, "[]\nb=1\n"), HasSubstr("expected a name"));
    EXPECT_THAT(parse_error(options, "[a] \nb=1\n"), HasSubstr("expected ']"));
}

TEST(KeyValueOptions, AParameterMayLookLikeTheFooter) {
    EXPECT_EQ(written({{"footer", "a = 1"}}, {parameter("a", "1"), parameter("a", "1")}),
              "a = 1\na = 1\na = 1\n");
}

TEST(KeyValueOptions, RefusesWhatCouldNotBeReadBack) {
    const std::vector<SyntaxOptions> useless = {
        {{"name_characters", "="}},
        {{"name_characters", ":"}},
        {{"name_characters", "\t"}},
        {{"name_characters", "\xc3\xa4"}},
        {{"separator", " "}, {"name_characters", " "}},
        {{"separator", ""}},
        {{"separator", "\t"}},
        {{"quote", "single"}},
        {{"line_end", "cr"}},
        {{"footer", "a\nb"}},
        {{"prefix", "a\nb"}},
        {{"sections", "xml"}},
        {{"sections", "ini"}, {"name_characters", "/"}},
        {{"sections", "ini"}, {"name_characters", "]"}},
        {{"sections", "angle"}, {"name_characters", "<"}},
        {{"sections", "ini"}, {"prefix", "[x"}},
    };
    for (const SyntaxOptions& options : useless) {
        EXPECT_THAT(option_error(options), HasSubstr("P-2304")) << options.begin()->first;
    }
    EXPECT_EQ(option_error({{"sections", "angle"}, {"name_characters", "[]"}}), "");
}

}  // namespace
}  // namespace provost::testing
