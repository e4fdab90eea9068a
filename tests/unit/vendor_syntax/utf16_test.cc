#include "syntax_testing.h"

#include <gmock/gmock.h>

namespace provost::testing {
namespace {

using ::testing::HasSubstr;

const SyntaxOptions in_utf16 = {{"separator", "="}, {"encoding", "utf-16le"}};

std::string parse_error(std::string_view bytes) {
    const auto parsed = syntax_of("key-value", in_utf16)->parse(bytes);
    return parsed ? "" : parsed.error().code + " " + parsed.error().where + ": " + parsed.error().what;
}

std::string_view bytes_of(std::string_view literal, std::size_t size) {
    return {literal.data(), size};
}

TEST(Utf16, WritesAMarkAndTheLowByteFirst) {
    const auto syntax = syntax_of("key-value", in_utf16);
    const Parameters given = {parameter("a", "\xc3\xa4\xe2\x82\xac\xf0\x9f\x93\x9e")};
    const auto file = render(*syntax, given);
    ASSERT_TRUE(file.has_value());
    const char expected[] =
        "\xff\xfe"
        "a\0"
        "=\0"
        "\xe4\0"
        "\xac\x20"
        "\x3d\xd8\xde\xdc"
        "\n\0";
    EXPECT_EQ(*file, std::string(expected, sizeof expected - 1));
    EXPECT_EQ(*syntax->parse(*file), as_parsed(given));
    EXPECT_EQ(syntax->shown(*file), "a=\xc3\xa4\xe2\x82\xac\xf0\x9f\x93\x9e\n");
}

TEST(Utf16, R_C3_RefusesWhatTheSyntaxRefuses) {
    const auto file = render(*syntax_of("key-value", in_utf16), {parameter("a", "x\ny")});
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().code, "P-2301");
}

TEST(Utf16, ReadsWhatItWritesOnly) {
    EXPECT_THAT(parse_error("a=1\n"), HasSubstr("P-2302 line 1, column 1: expected the byte order mark"));
    EXPECT_THAT(parse_error(bytes_of("\xfe\xff\0a\0=\0\n", 8)), HasSubstr("byte order mark"));
    EXPECT_THAT(parse_error(bytes_of("\xff\xfe"
                                     "a\0=\0\n",
                                     7)),
                HasSubstr("not UTF-16"));
    EXPECT_THAT(parse_error(bytes_of("\xff\xfe"
                                     "a\0=\0\xde\xdc\n\0",
                                     10)),
                HasSubstr("not UTF-16"));
    EXPECT_THAT(parse_error(bytes_of("\xff\xfe"
                                     "a\0=\0\x3d\xd8\n\0",
                                     10)),
                HasSubstr("not UTF-16"));
    EXPECT_THAT(parse_error(bytes_of("\xff\xfe"
                                     "a\0=\0\x3d\xd8",
                                     8)),
                HasSubstr("not UTF-16"));
    EXPECT_THAT(parse_error(bytes_of("\xff\xfe"
                                     "a\0\n\0",
                                     6)),
                HasSubstr("line 1, column 2"));
    EXPECT_THAT(parse_error(bytes_of("\xff\xfe\xff\xfe"
                                     "a\0=\0\n\0",
                                     10)),
                HasSubstr("expected a name"));
}

TEST(Utf16, StaysBelowWhatIsRead) {
    const auto file = render(*syntax_of("key-value", in_utf16),
                             {parameter("a", "1"), parameter("b", std::string(600'000, 'x'))});
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().where, "parameter 'b'");
}

TEST(Utf16, IsAnOptionOfTextAlone) {
    const auto error = [](std::string_view syntax, const SyntaxOptions& options) {
        const auto made = make_syntax(syntax, options);
        return made ? "" : made.error().code + " " + made.error().where + ": " + made.error().why;
    };
    EXPECT_EQ(error("name-addr", {{"encoding", "utf-16le"}}), "");
    EXPECT_EQ(error("key-value", {{"encoding", "utf-8"}}), "");
    EXPECT_THAT(error("key-value", {{"encoding", "latin-1"}}), HasSubstr("P-2304 output.options.encoding"));
    EXPECT_THAT(error("flat-profile", {{"encoding", "utf-16le"}}), HasSubstr("says itself"));
    EXPECT_THAT(error("json", {{"encoding", "utf-16le"}}), HasSubstr("P-2303"));
    EXPECT_EQ(syntax_of("key-value", {{"encoding", "utf-8"}})->shown("a = 1\n"), "a = 1\n");
}

}  // namespace
}  // namespace provost::testing
