#include "syntax_testing.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace provost::testing {
namespace {

using ::testing::HasSubstr;

const SettingKey password{3, 1};
const SyntaxOptions with_nested = {{"header", "# accounts"}, {"nested", "transport,lr"}};

std::string rendered(const Parameters& parameters, const std::string& secret = "s3cret",
                     const SyntaxOptions& options = {}) {
    return text_or_error(
        render(*syntax_of("name-addr", options), parameters, FakeSecrets({{password, secret}})));
}

std::string refusal_of(const Parameter& parameter_, const SyntaxOptions& options = {}) {
    const auto file = render(*syntax_of("name-addr", options), {parameter("1/hostport", "b"), parameter_});
    if (file) return {};
    EXPECT_EQ(file.error().code, "P-2301");
    EXPECT_EQ(file.error().where, "parameter '" + parameter_.name + "'");
    return file.error().why;
}

std::string parse_error(std::string_view bytes, const SyntaxOptions& options = {}) {
    const auto parsed = syntax_of("name-addr", options)->parse(bytes);
    return parsed ? "" : parsed.error().where + ": " + parsed.error().what;
}

TEST(NameAddr, WritesOneAddressARow) {
    const Parameters account = {
        parameter("1/mediaenc", "srtp"),
        parameter("1/uri/transport", "tls"),
        parameter("1/hostport", "sip.example.net:5061"),
        parameter("1/userinfo", "u7"),
        parameter("1/display-name", "Reception, Acme"),
        secret_parameter("1/auth_pass", password),
        parameter("1/outbound", "sip:sbc.example.net;transport=tls"),
        parameter("2/hostport", "[2001:db8::7]"),
    };
    const auto text =
        written(*syntax_of("name-addr", with_nested), account, FakeSecrets({{password, "s3cret"}}),
                {"1/display-name", "1/userinfo", "1/hostport", "1/uri/transport", "1/mediaenc", "1/auth_pass",
                 "1/outbound", "2/hostport"});
    EXPECT_EQ(
        text,
        "# accounts\n"
        "\"Reception, Acme\" <sip:u7@sip.example.net:5061;transport=tls>;mediaenc=srtp;auth_pass=s3cret;"
        "outbound=\"sip:sbc.example.net;transport=tls\"\n"
        "<sip:[2001:db8::7]>\n");
}

TEST(NameAddr, LeavesUnusedRowsEmpty) {
    EXPECT_EQ(written(*syntax_of("name-addr"), {parameter("3/hostport", "d"), parameter("1/hostport", "b")},
                      FakeSecrets(), {"1/hostport", "3/hostport"}),
              "<sip:b>\n\n<sip:d>\n");
    EXPECT_EQ(rendered({}), "");
}

TEST(NameAddr, QuotesWhatNeedsIt) {
    const auto value = [](const std::string& text) {
        return written(*syntax_of("name-addr"), {parameter("1/hostport", "b"), parameter("1/p", text)},
                       FakeSecrets(), {});
    };
    EXPECT_EQ(value("opus/48000/2,pcma"), "<sip:b>;p=opus/48000/2,pcma\n");
    EXPECT_EQ(value(""), "<sip:b>;p=\n");
    EXPECT_EQ(value(" two words"), "<sip:b>;p=\" two words\"\n");
    EXPECT_EQ(value("a=b"), "<sip:b>;p=\"a=b\"\n");
    EXPECT_EQ(value("\xc3\xa4"), "<sip:b>;p=\"\xc3\xa4\"\n");
}

TEST(NameAddr, AUserMayHoldWhatEndsAnAddress) {
    EXPECT_EQ(written(*syntax_of("name-addr"),
                      {parameter("1/userinfo", "u=1;2"), parameter("1/hostport", "b"),
                       parameter("1/uri/transport", "tcp")},
                      FakeSecrets(), {}),
              "<sip:u=1;2@b;transport=tcp>\n");
}

// A phone looks for ";name=" even inside quotes, and takes the first that it finds.
TEST(NameAddr, R_C3_AValueHidesNoParameter) {
    EXPECT_THAT(refusal_of(parameter("1/auth_user", "x;auth_pass=mine")), HasSubstr("';'"));
    EXPECT_THAT(refusal_of(parameter("1/auth_user", "x;auth_pass=mine"), with_nested), HasSubstr("';'"));
    EXPECT_THAT(refusal_of(parameter("1/a", "sip:x;transport=tls; auth_pass=mine"), with_nested),
                HasSubstr("';'"));
    EXPECT_THAT(refusal_of(parameter("1/a", "sip:x;transport"), with_nested), HasSubstr("';'"));
    EXPECT_THAT(refusal_of(parameter("1/Transport", "x"), with_nested), HasSubstr("its name"));
    EXPECT_EQ(refusal_of(parameter("1/a", "sip:x;transport=tls;lr=on"), with_nested), "");
    for (const char* const secret : {"x;auth_user=y", "x\"", "x\\", "x\ny"})
        EXPECT_THAT(
            rendered({parameter("1/hostport", "b"), secret_parameter("1/auth_pass", password)}, secret),
            HasSubstr("parameter '1/auth_pass': the phone's file can't"));
    EXPECT_THAT(rendered({secret_parameter("1/hostport", password)}, "b"), HasSubstr("secret"));
}

TEST(NameAddr, RefusesWhatItCannotCarry) {
    EXPECT_THAT(refusal_of(parameter("1/display-name", "the \"big\" one")), HasSubstr("can't take"));
    EXPECT_THAT(refusal_of(parameter("1/display-name", "a\\")), HasSubstr("can't take"));
    EXPECT_EQ(refusal_of(parameter("1/display-name", "<b>; a = 1")), "");
    EXPECT_THAT(refusal_of(parameter("1/p", "a\nb")), HasSubstr("control"));
    EXPECT_THAT(refusal_of(parameter("1/p", "\xff")), HasSubstr("UTF-8"));
    for (const char* const host : {"b;x=1", "b>", "b c", "\xc3\xa4", "b?x=1", "b/c", "a@b"})
        EXPECT_THAT(refusal_of(parameter("2/hostport", host)), HasSubstr("address")) << host;
    for (const char* const user : {"", "a@b", "a b", "a>", "\xc3\xa4"})
        EXPECT_THAT(refusal_of(parameter("1/userinfo", user)), HasSubstr("address")) << user;
    EXPECT_THAT(refusal_of(parameter("1/uri/transport", "a@b")), HasSubstr("address"));
    EXPECT_THAT(refusal_of(parameter("2/p", "1")), HasSubstr("no address"));
    EXPECT_THAT(refusal_of(parameter("1/hostport", "d")), HasSubstr("twice"));
    EXPECT_THAT(refusal_of(parameter("1/p", "1", {{"a", "1"}})), HasSubstr("no attributes"));
    for (const char* const name :
         {"p", "/p", "0/p", "01/p", "257/p", "1/", "1/a b", "1/a/b", "1/uri/", "-1/p"})
        EXPECT_THAT(refusal_of(parameter(name, "1")), HasSubstr("its name")) << name;
}

TEST(NameAddr, R_C3_RefusesARowThatThePhoneWouldCut) {
    const auto row = [](std::size_t bytes) {
        return rendered({parameter("1/hostport", "b"), parameter("1/p", std::string(bytes, 'x'))}, "",
                        {{"row_bytes", "30"}});
    };
    EXPECT_EQ(row(20), "<sip:b>;p=" + std::string(20, 'x') + "\n");
    EXPECT_THAT(row(21), HasSubstr("longer"));
    EXPECT_THAT(parse_error("<sip:b>;p=" + std::string(21, 'x') + "\n", {{"row_bytes", "30"}}),
                HasSubstr("too long"));
}

TEST(NameAddr, ParserTakesWhatItWritesOnly) {
    EXPECT_THAT(parse_error("<sip:a@b>"), HasSubstr("line 1, column 10"));
    EXPECT_THAT(parse_error("<sip:a@b>\n\n"), HasSubstr("line 2, column 1"));
    EXPECT_THAT(parse_error("# no\n"), HasSubstr("line 1, column 1"));
    EXPECT_THAT(parse_error("x <sip:a@b>\n"), HasSubstr("expected '<sip:'"));
    EXPECT_THAT(parse_error("<sip:b>;p=\"x\"\n"), HasSubstr("quotes"));
    EXPECT_THAT(parse_error("<sip:b>;p=x y\n"), HasSubstr("quotes"));
    EXPECT_THAT(parse_error("<sip:b>;p=1;P=2\n"), HasSubstr("twice"));
    EXPECT_THAT(parse_error("<sip:b>;userinfo=1\n"), HasSubstr("no parameter"));
    EXPECT_THAT(parse_error("<sip:b>;display-name=1\n"), HasSubstr("no parameter"));
    EXPECT_THAT(parse_error("<sip:b>;p\n"), HasSubstr("expected '='"));
    EXPECT_THAT(parse_error("<sip:a@b>;=\n"), HasSubstr("name"));
    EXPECT_THAT(parse_error("<sip:a@b>\n", with_nested), HasSubstr("expected '# accounts"));
}

TEST(NameAddr, RefusesUselessOptions) {
    const auto error = [](const SyntaxOptions& options) {
        const auto made = make_syntax("name-addr", options);
        return made ? "" : made.error().code + " " + made.error().where;
    };
    EXPECT_EQ(error({{"header", "a\nb"}}), "P-2304 output.options.header");
    EXPECT_EQ(error({{"nested", "a,,b"}}), "P-2304 output.options.nested");
    EXPECT_EQ(error({{"row_bytes", "-1"}}), "P-2304 output.options.row_bytes");
    EXPECT_EQ(error({{"rows", "1"}}), "P-2304 output.options.rows");
    EXPECT_EQ(error({{"nested", "a,b"}, {"row_bytes", "1023"}}), "");
}

rc::Gen<std::string> hostile_text() {
    static const std::vector<std::string> pieces = {"\"",
                                                    "\\",
                                                    ";",
                                                    "=",
                                                    "<",
                                                    ">",
                                                    "@",
                                                    " ",
                                                    "?",
                                                    ",",
                                                    "a",
                                                    "Z9_",
                                                    ";transport=",
                                                    "; transport=",
                                                    ";auth_pass=x",
                                                    "\">;p=",
                                                    "\" <sip:x@y>",
                                                    "sip:",
                                                    "\n",
                                                    "\r",
                                                    "#",
                                                    "\xc3\xa4",
                                                    "\xff",
                                                    "/",
                                                    "1/userinfo"};
    return rc::gen::map(
        rc::gen::scale(0.2, rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces))),
        [](const std::vector<std::string>& list) {
            std::string text;
            for (const auto& one : list) text += one;
            return text;
        });
}

// Rows in order, with their pieces in the order of the file.
Parameters any_rows() {
    Parameters list;
    const int rows = *rc::gen::inRange(1, 4);
    for (int row = 1; row <= rows; ++row) {
        const std::string number = std::to_string(row) + "/";
        if (row > 1 && *rc::gen::arbitrary<bool>()) continue;
        if (*rc::gen::arbitrary<bool>()) list.push_back(parameter(number + "display-name", "Door; <1>"));
        list.push_back(parameter(number + "userinfo", "u=" + number.substr(0, 1) + ";a"));
        list.push_back(parameter(number + "hostport", "b.example"));
        list.push_back(parameter(number + "uri/transport", "tls"));
        list.push_back(parameter(number + "p", "a b"));
        list.push_back(parameter(number + "q.2", "1"));
    }
    return list;
}

TEST(NameAddr, R_C3_HostileTextsRoundTripOrAreRefused) {
    const auto syntax = syntax_of("name-addr", with_nested);
    EXPECT_TRUE(rc::check([&] {
        Parameters list = any_rows();
        Parameter& victim = list.at(*rc::gen::inRange<std::size_t>(0, list.size()));
        (*rc::gen::inRange(0, 8) == 0 ? victim.name : victim.value) = *hostile_text();
        const auto file = render(*syntax, list);
        if (!file) {
            RC_ASSERT(file.error().code == "P-2301");
            return;
        }
        const auto parsed = syntax->parse(*file);
        RC_ASSERT(parsed.has_value());
        RC_ASSERT(*parsed == as_parsed(list));
    }));
}

TEST(NameAddr, R_C3_ParserTakesNothingLooserThanWhatIsWritten) {
    const auto syntax = syntax_of("name-addr", with_nested);
    EXPECT_TRUE(rc::check([&] {
        std::string bytes = *render(*syntax, any_rows());
        const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size() + 1);
        bytes.replace(at, *rc::gen::inRange<std::size_t>(0, 6), *hostile_text());
        const auto parsed = syntax->parse(bytes);
        if (!parsed) {
            RC_ASSERT(parsed.error().code == "P-2302");
            return;
        }
        Parameters again;
        for (const auto& one : *parsed) again.push_back(parameter(one.name, one.value, one.attributes));
        const auto file = render(*syntax, again);
        RC_ASSERT(file.has_value());
        RC_ASSERT(*file == bytes);
    }));
}

}  // namespace
}  // namespace provost::testing
