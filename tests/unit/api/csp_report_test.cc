#include "api/csp_report.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

TEST(CspReportTest, ReadsBothForms) {
    const auto old = read_csp_report(
        R"({"csp-report":{"document-uri":"https://a.example/login?token=canary#canary","blocked-uri":"https://evil.example/x?canary","violated-directive":"script-src","effective-directive":"script-src-elem"}})");
    ASSERT_TRUE(old);
    EXPECT_EQ(old->directive, "script-src-elem");
    EXPECT_EQ(old->blocked, "https://evil.example");
    EXPECT_EQ(old->page, "/login");
    const auto fresh = read_csp_report(
        R"([{"type":"csp-violation","body":{"documentURL":"https://a.example/devices","blockedURL":"inline","effectiveDirective":"style-src-attr"}}])");
    ASSERT_TRUE(fresh);
    EXPECT_EQ(fresh->directive, "style-src-attr");
    EXPECT_EQ(fresh->blocked, "inline");
    EXPECT_EQ(fresh->page, "/devices");
}

TEST(CspReportTest, NothingOfAnAddressButItsHostIsTold) {
    const auto report = read_csp_report(
        R"({"csp-report":{"blocked-uri":"data:text/html,canary","effective-directive":"img-src\nforged"}})");
    ASSERT_TRUE(report);
    EXPECT_EQ(report->blocked, "data");
    EXPECT_EQ(report->directive, "img-src\\x0aforged");
}

TEST(CspReportTest, RefusesAllElse) {
    for (const auto* text : {"", "{}", "[]", "1", "[1]", "[{}]", R"([{"body":1}])", R"({"csp-report":1})",
                             R"({"csp-report":{}})", R"({"csp-report":{"effective-directive":1}})",
                             R"([[[[[[[[[[[[1]]]]]]]]]]]])", "{\"csp-report\":"})
        EXPECT_FALSE(read_csp_report(text)) << text;
}

}  // namespace
}  // namespace provost
