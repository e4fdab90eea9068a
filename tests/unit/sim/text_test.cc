// Templates of phone files, and rows of texts on disk.
#include "sim/names.h"
#include "sim/tab_file.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace provost::sim {

namespace {

TEST(Names, R_G4_TemplatesAreExpanded) {
    const Names names{.mac = MacAddress(0x0015651122aa), .model = "M1", .firmware = "2.3", .line = 4};
    EXPECT_EQ(expand("{mac}/{MAC} {mac_colons} {model} {firmware} {line}", names),
              "0015651122aa/0015651122AA 00:15:65:11:22:aa M1 2.3 4");
}

TEST(Names, R_G4_AnUnknownPlaceholderIsNamed) {
    EXPECT_TRUE(check_template("{serial}"));
    const Status unknown = check_template("{mac} {mack}");
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "P-9001");
    EXPECT_NE(unknown.error().what.find("{mack}"), std::string::npos);
}

RC_GTEST_PROP(TabFile, R_G4_GivesBackWhatWasAppended, (const std::vector<Row>& rows)) {
    std::string text;
    std::vector<Row> kept;
    for (const Row& row : rows) {
        if (row.empty()) continue;
        append_row(text, row);
        kept.push_back(row);
    }
    const auto back = read_rows(text);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == kept);
}

TEST(TabFile, R_G4_ABadEscapeIsAnError) {
    for (const char* const text : {"a%zz\n", "a%0\n", "%\n"})
        EXPECT_EQ(read_rows(text).error().code, "P-9007") << text;
}

}  // namespace

}  // namespace provost::sim
