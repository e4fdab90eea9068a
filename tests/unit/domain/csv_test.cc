#include "domain/csv.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace provost {
namespace {

using Cells = std::vector<std::string>;

TEST(Csv, TakesWhatSpreadsheetsWrite) {
    const auto file = parse_csv("mac;name\r\n0015651122aa;\"Doe; \"\"J\"\"\"\r\n\r\n;;\r\n").value();
    EXPECT_EQ(file.separator, ';');
    EXPECT_EQ(file.header, (Cells{"mac", "name"}));
    ASSERT_EQ(file.rows.size(), 1U);
    EXPECT_EQ(file.rows[0].cells, (Cells{"0015651122aa", "Doe; \"J\""}));
    EXPECT_EQ(file.rows[0].line, 2U);
    EXPECT_EQ(file.empty_rows, 2U);
}

TEST(Csv, ReadsUtf16AndByteOrderMarks) {
    const auto little = parse_csv(std::string("\xff\xfe"
                                              "m\0a\0c\0\n\0"
                                              "1\0",
                                              12))
                            .value();
    EXPECT_EQ(little.encoding, "UTF-16LE");
    EXPECT_EQ(little.header, (Cells{"mac"}));
    EXPECT_EQ(parse_csv(std::string("\xfe\xff\0m\0a\0c", 8))->encoding, "UTF-16BE");
    EXPECT_EQ(parse_csv("\xef\xbb\xbfmac\n")->header, (Cells{"mac"}));
}

TEST(Csv, SaysWhereItWentWrong) {
    EXPECT_EQ(parse_csv("").error().code, "P-2504");
    EXPECT_EQ(parse_csv("mac\n\"open").error().code, "P-2502");
    EXPECT_EQ(parse_csv("mac,user\n\"0015651122aa\"x,100\n").error().where, "line 2");
    EXPECT_EQ(parse_csv("mac\n\xff\xfe\n").error().code, "P-2501");
    EXPECT_EQ(parse_csv(std::string("\xff\xfe\x00\xd8\x41\x00", 6)).error().code, "P-2501")
        << "half a surrogate pair";
    EXPECT_EQ(parse_csv("mac\n" + std::string(5000, 'a')).error().code, "P-2503");
}

TEST(Csv, LineNumbersCountQuotedLineEnds) {
    const auto file = parse_csv("a\n\"x\ny\"\nz\n").value();
    ASSERT_EQ(file.rows.size(), 2U);
    EXPECT_EQ(file.rows[1].line, 4U);
}

TEST(Csv, QuotedCellsComeBackExactly) {
    EXPECT_TRUE(rc::check([](const std::vector<std::string>& cells) {
        std::string text = "head\nx";
        Cells expected{"x"};
        for (const auto& cell : cells) {
            std::string clean;
            for (const char c : cell)
                if (c > 0 && expected.size() < 400) clean += c;
            text += ",\"";
            for (const char c : clean) text += c == '"' ? std::string("\"\"") : std::string(1, c);
            text += "\"";
            expected.push_back(clean);
        }
        const auto file = parse_csv(text + "\n").value();
        RC_ASSERT(file.rows.at(0).cells == expected);
    }));
}

}  // namespace
}  // namespace provost
