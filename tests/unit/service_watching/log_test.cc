#include "service/log.h"

#include "service/event_catalogue.h"

#include <set>

#include <gtest/gtest.h>

namespace provost {
namespace {

constexpr auto time_text = "2026-11-26T02:00:00.000Z";

TEST(Log, R_C7_ALineOfJsonHasItsFieldsInOrder) {
    EXPECT_EQ(log_line(LogForm::json, time_text, LogLevel::error, "server.reload-refused", "no",
                       {{"code", "P-7001"}, {"where", "a/b"}}),
              R"({"time":"2026-11-26T02:00:00.000Z","level":"error","event":"server.reload-refused",)"
              R"("message":"no","code":"P-7001","where":"a/b"})");
}

TEST(Log, R_C7_NothingThatIsLoggedEndsALineOrAText) {
    const std::string hostile("a\"b\\c\n\r\t\x01\x7f\x1b[31m", 15);
    const auto json = log_line(LogForm::json, time_text, LogLevel::info, "x.y", hostile, {});
    EXPECT_NE(json.find(R"(a\"b\\c\u000a\u000d\u0009\u0001\u007f\u001b[31m)"), std::string::npos) << json;
    for (const auto form : {LogForm::json, LogForm::text}) {
        const auto line = log_line(form, time_text, LogLevel::info, "x.y", hostile, {{"why", hostile}});
        for (const char c : line) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << line;
    }
}

TEST(Log, R_C7_BytesThatAreNoUtf8AreEscapedAndUtf8IsNot) {
    const auto broken = log_line(LogForm::json, time_text, LogLevel::info, "x.y", "a\xff", {});
    EXPECT_NE(broken.find(R"("a\\xff")"), std::string::npos) << broken;
    const auto whole = log_line(LogForm::json, time_text, LogLevel::info, "x.y", "Bür\xc3\xb6", {});
    EXPECT_NE(whole.find("Bür\xc3\xb6"), std::string::npos) << whole;
}

TEST(Log, R_C7_ALineForPeople) {
    EXPECT_EQ(log_line(LogForm::text, time_text, LogLevel::warning, "process.not-hardened",
                       "core dumps stay on", {{"why", "denied"}}),
              "2026-11-26T02:00:00.000Z warning process.not-hardened: core dumps stay on, why denied");
}

TEST(EventCatalogue, R_C7_NamesAreUnique) {
    std::set<std::string_view> names;
    for (const auto& one : event_catalogue()) EXPECT_TRUE(names.insert(one.name).second) << one.name;
}

}  // namespace
}  // namespace provost
